namespace AuStream.Synthesis.Samples;

/// <summary>How samples are written to disk.</summary>
public sealed record ShardOptions
{
    /// <summary>Number of people over all splits, at least 1.</summary>
    public int People { get; init; } = 1000;

    /// <summary>First identity; give other runs other ranges to have other people.</summary>
    public long FirstIdentity { get; init; }

    /// <summary>People per shard, at least 1.</summary>
    public int PeoplePerShard { get; init; } = 40;

    /// <summary>Threads; 0 takes all cores. The bytes written do not depend on it.</summary>
    public int Threads { get; init; }

    /// <summary>True to keep the full pictures too; crops alone need a fifth of the space.</summary>
    public bool KeepsImages { get; init; } = true;

    /// <exception cref="ArgumentException">A value out of range.</exception>
    public void Validate()
    {
        if (People < 1 || PeoplePerShard < 1 || FirstIdentity < 0 || Threads < 0)
        {
            throw new ArgumentException($"{People} people from {FirstIdentity}, {PeoplePerShard} per shard, {Threads} threads: counts begin at 1, the first identity and threads at 0.");
        }
    }
}
