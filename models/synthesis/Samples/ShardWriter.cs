using System.Text.Json;
using System.Text.Json.Serialization;
using AuStream.Synthesis.ActionUnits;
using AuStream.Synthesis.Assets;
using AuStream.Synthesis.Measuring;

namespace AuStream.Synthesis.Samples;

/// <summary>
/// Writes samples as shards: folders <c>train-00000</c>, <c>validation-00000</c>, <c>test-00000</c> and so on with one .npy file per
/// column and a <c>shard.json</c>. Finished shards are kept, unfinished ones are made again; the bytes do not depend on threads.
/// </summary>
public sealed class ShardWriter
{
    internal static readonly JsonSerializerOptions Json = new()
    {
        WriteIndented = true,
        Converters = { new JsonStringEnumConverter() },
    };

    private readonly SynthesisAssets _assets;
    private readonly SampleOptions _samples;
    private readonly ShardOptions _shards;
    private readonly Func<ISampleCropper>? _croppers;
    private readonly StepTimes? _times;

    /// <param name="assets">Heads, skins, hair.</param>
    /// <param name="samples">What samples to make.</param>
    /// <param name="shards">How to write them.</param>
    /// <param name="croppers">Makes a cropper per thread, or null to write no crops.</param>
    /// <param name="times">Told how long each step takes, or null.</param>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    public ShardWriter(SynthesisAssets assets, SampleOptions samples, ShardOptions shards, Func<ISampleCropper>? croppers, StepTimes? times = null)
    {
        ArgumentNullException.ThrowIfNull(samples);
        ArgumentNullException.ThrowIfNull(shards);
        samples.Validate();
        shards.Validate();
        _assets = assets;
        _samples = samples;
        _shards = shards;
        _croppers = croppers;
        _times = times;
    }

    /// <summary>Makes all shards that are not there yet.</summary>
    /// <param name="folder">Folder of the shards; made when missing.</param>
    /// <param name="progress">Told after every person, or null. Called by worker threads, one at a time.</param>
    /// <param name="cancellation">Stops between people; what is unfinished is made again next time.</param>
    /// <exception cref="IOException">The folder cannot be written.</exception>
    /// <exception cref="InvalidDataException">The folder holds a shard that was made with other options.</exception>
    public void Write(string folder, Action<ShardProgress>? progress = null, CancellationToken cancellation = default)
    {
        ShardFolder.Prepare(folder);
        List<(DataSplit Split, int Number, long[] Identities)> plan = Plan();
        var counter = new ShardCounter(plan.Count, progress);
        using var workers = new ThreadLocal<(SampleGenerator Generator, ISampleCropper? Cropper)>(
            () => (new SampleGenerator(_assets, _samples, _times), _croppers?.Invoke()), trackAllValues: true);
        try
        {
            foreach ((DataSplit split, int number, long[] identities) in plan)
            {
                string target = ShardFolder.PathOf(folder, split, number);
                if (!IsFinished(target, identities, _croppers is null ? null : workers.Value.Cropper!.LandmarkNetwork))
                {
                    WriteShard(target, split, number, identities, workers, counter, cancellation);
                }

                counter.FinishShard();
            }
        }
        finally
        {
            foreach ((_, ISampleCropper? cropper) in workers.Values)
            {
                (cropper as IDisposable)?.Dispose();
            }
        }
    }

    private List<(DataSplit Split, int Number, long[] Identities)> Plan()
    {
        var plan = new List<(DataSplit, int, long[])>();
        var everyone = new long[_shards.People];
        for (int i = 0; i < everyone.Length; i++)
        {
            everyone[i] = _shards.FirstIdentity + i;
        }

        foreach (DataSplit split in Enum.GetValues<DataSplit>())
        {
            long[] people = Array.FindAll(everyone, identity => DataSplits.Of(identity) == split);
            int number = 0;
            foreach (long[] chunk in people.Chunk(_shards.PeoplePerShard))
            {
                plan.Add((split, number++, chunk));
            }
        }

        return plan;
    }

    private void Keep(SampleTable table, int row, Sample sample, ISampleCropper? cropper)
    {
        long since = _times?.Now() ?? 0;
        table.Set(row, sample, cropper);
        _times?.Book(SynthesisStep.Crop, ref since);
    }

    private bool IsFinished(string target, long[] identities, string? landmarkNetwork)
    {
        string description = Path.Combine(target, "shard.json");
        if (!File.Exists(description))
        {
            return false;
        }

        ShardDescription found = ShardReader.ReadDescription(target);
        bool isSame = found.Identities.SequenceEqual(identities)
            && found.LandmarkNetwork == landmarkNetwork
            && JsonSerializer.Serialize(found.Options, Json) == JsonSerializer.Serialize(_samples, Json);
        return isSame ? true : throw new InvalidDataException(
            $"{description} was made with other options, another landmark network or other people; choose another folder, or delete this one to make it again");
    }

    private void WriteShard(
        string target,
        DataSplit split,
        int number,
        long[] identities,
        ThreadLocal<(SampleGenerator Generator, ISampleCropper? Cropper)> workers,
        ShardCounter counter,
        CancellationToken cancellation)
    {
        int cropSide = _croppers is null ? 0 : workers.Value.Cropper!.CropSide;
        var table = new SampleTable(identities.Length * _samples.SamplesPerPerson, _shards.KeepsImages, cropSide);
        var parallel = new ParallelOptions
        {
            CancellationToken = cancellation,
            MaxDegreeOfParallelism = _shards.Threads > 0 ? _shards.Threads : Environment.ProcessorCount,
        };
        Parallel.For(0, identities.Length, parallel, index =>
        {
            (SampleGenerator generator, ISampleCropper? cropper) = workers.Value;
            int first = index * _samples.SamplesPerPerson;
            generator.Generate(identities[index], (sampleNumber, sample) => Keep(table, first + sampleNumber, sample, cropper));
            counter.Add(_samples.SamplesPerPerson, table.IsKept.AsSpan(first, _samples.SamplesPerPerson).Count(true));
        });

        FoundFaces[] found = ShardCounter.CountFound(table);
        int rows = table.Compact();
        var description = new ShardDescription
        {
            Schema = ShardDescription.CurrentSchema,
            Split = ShardFolder.Name(split),
            Shard = number,
            Count = rows,
            Identities = identities,
            ActionUnits = ActionUnitSet.Numbers,
            CropSide = cropSide,
            LandmarkNetwork = _croppers is null ? null : workers.Value.Cropper!.LandmarkNetwork,
            Options = _samples,
            Found = found,
        };
        ShardFolder.Write(target, description, folder => table.Write(folder, rows));
    }
}
