namespace AuStream.Synthesis.Samples;

/// <summary>How many clips are made and how they are written to disk. Every clip has a person of its own.</summary>
public sealed record SequenceShardOptions
{
    /// <summary>Clips over all splits, at least 5.</summary>
    public int Clips { get; init; } = 800;

    /// <summary>Share of clips for training, 0–1; of the rest two sevenths validate and five sevenths test.</summary>
    public double TrainShare { get; init; } = 0.72;

    /// <summary>Lowest identity; far above those of pictures by default, so that clips show people whom a network has not seen in pictures.</summary>
    public long FirstIdentity { get; init; } = 10_000_000;

    /// <summary>Clips per shard, at least 1.</summary>
    public int ClipsPerShard { get; init; } = 20;

    /// <summary>Threads; 0 takes all cores. The bytes written do not depend on it.</summary>
    public int Threads { get; init; }

    /// <exception cref="ArgumentException">A value out of range.</exception>
    public void Validate()
    {
        if (Clips < 5 || ClipsPerShard < 1 || FirstIdentity < 0 || Threads < 0)
        {
            throw new ArgumentException($"{Clips} clips from person {FirstIdentity}, {ClipsPerShard} per shard, {Threads} threads: there are at least 5 clips, 1 per shard, and the others begin at 0.");
        }

        if (TrainShare is not (> 0 and < 1))
        {
            throw new ArgumentException($"{nameof(TrainShare)} is {TrainShare}; it lies between 0 and 1.");
        }
    }

    /// <summary>
    /// The people of each split: the lowest identities from <see cref="FirstIdentity"/> on that belong there. Fewer people in a hundred
    /// belong to validation and test than clips are wanted there, so identities are not contiguous.
    /// </summary>
    internal IReadOnlyList<(DataSplit Split, int Number, long[] Identities)> Plan()
    {
        int train = (int)Math.Round(Clips * TrainShare);
        int validation = Math.Max(1, (int)Math.Round((Clips - train) * 2 / 7.0));
        var plan = new List<(DataSplit, int, long[])>();
        foreach ((DataSplit split, int wanted) in ((DataSplit, int)[])[(DataSplit.Train, train), (DataSplit.Validation, validation), (DataSplit.Test, Clips - train - validation)])
        {
            var people = new List<long>();
            for (long identity = FirstIdentity; people.Count < wanted; identity++)
            {
                if (DataSplits.Of(identity) == split)
                {
                    people.Add(identity);
                }
            }

            plan.AddRange(people.Chunk(ClipsPerShard).Select((chunk, number) => (split, number, chunk)));
        }

        return plan;
    }
}
