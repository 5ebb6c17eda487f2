using System.Text.Json;
using AuStream.Synthesis.ActionUnits;
using AuStream.Synthesis.Assets;

namespace AuStream.Synthesis.Samples;

/// <summary>
/// Writes clips of single people as shards: folders <c>train-00000</c>, <c>validation-00000</c>, <c>test-00000</c> and so on with one
/// .npy file per column and a <c>shard.json</c>. Finished shards are kept, unfinished ones are made again; the bytes do not depend on threads.
/// </summary>
public sealed class SequenceShardWriter
{
    private readonly SynthesisAssets _assets;
    private readonly SequenceSampleOptions _samples;
    private readonly SequenceShardOptions _shards;
    private readonly Func<ISampleCropper>? _croppers;

    /// <param name="assets">Heads, skins, hair.</param>
    /// <param name="samples">What clips to make.</param>
    /// <param name="shards">How many, and how to write them.</param>
    /// <param name="croppers">Makes a cropper per thread, or null to write no crops.</param>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    public SequenceShardWriter(SynthesisAssets assets, SequenceSampleOptions samples, SequenceShardOptions shards, Func<ISampleCropper>? croppers)
    {
        ArgumentNullException.ThrowIfNull(assets);
        ArgumentNullException.ThrowIfNull(samples);
        ArgumentNullException.ThrowIfNull(shards);
        samples.Validate();
        shards.Validate();
        (_assets, _samples, _shards, _croppers) = (assets, samples, shards, croppers);
    }

    /// <summary>Makes all shards that are not there yet.</summary>
    /// <param name="folder">Folder of the shards; made when missing.</param>
    /// <param name="progress">Told after every clip, or null. Called by worker threads, one at a time.</param>
    /// <param name="cancellation">Stops between clips; what is unfinished is made again next time.</param>
    /// <exception cref="IOException">The folder cannot be written.</exception>
    /// <exception cref="InvalidDataException">The folder holds a shard that was made with other options.</exception>
    public void Write(string folder, Action<ShardProgress>? progress = null, CancellationToken cancellation = default)
    {
        ShardFolder.Prepare(folder);
        IReadOnlyList<(DataSplit Split, int Number, long[] Identities)> plan = _shards.Plan();
        var counter = new ShardCounter(plan.Count, progress);
        using var workers = new ThreadLocal<(SequenceGenerator Generator, ISampleCropper? Cropper)>(
            () => (new SequenceGenerator(_assets, _samples), _croppers?.Invoke()), trackAllValues: true);
        try
        {
            foreach ((DataSplit split, int number, long[] identities) in plan)
            {
                string target = ShardFolder.PathOf(folder, split, number);
                SequenceClip[] clips = Lay(identities);
                if (!IsFinished(target, clips, _croppers is null ? null : workers.Value.Cropper!.LandmarkNetwork))
                {
                    WriteShard(target, split, number, clips, workers, counter, cancellation);
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

    private SequenceClip[] Lay(long[] identities)
    {
        int row = 0;
        return Array.ConvertAll(identities, identity =>
        {
            ClipScript script = SequenceGenerator.Script(identity, _samples);
            var clip = new SequenceClip(identity, row, _samples.References, script.Times.Count, script.FramesPerSecond, script.Activity);
            row += clip.References + clip.Frames;
            return clip;
        });
    }

    private bool IsFinished(string target, SequenceClip[] clips, string? landmarkNetwork)
    {
        if (!File.Exists(Path.Combine(target, "shard.json")))
        {
            return false;
        }

        SequenceShardDescription found = SequenceShardDescription.Read(target);
        bool isSame = found.Clips.SequenceEqual(clips)
            && found.LandmarkNetwork == landmarkNetwork
            && JsonSerializer.Serialize(found.Options, ShardWriter.Json) == JsonSerializer.Serialize(_samples, ShardWriter.Json);
        return isSame ? true : throw new InvalidDataException(
            $"{target} was made with other options, another landmark network or other people; choose another folder, or delete this one to make it again");
    }

    private void WriteShard(
        string target,
        DataSplit split,
        int number,
        SequenceClip[] clips,
        ThreadLocal<(SequenceGenerator Generator, ISampleCropper? Cropper)> workers,
        ShardCounter counter,
        CancellationToken cancellation)
    {
        int cropSide = _croppers is null ? 0 : workers.Value.Cropper!.CropSide;
        int rows = clips[^1].FirstRow + clips[^1].References + clips[^1].Frames;
        var table = new SequenceTable(rows, cropSide);
        var parallel = new ParallelOptions
        {
            CancellationToken = cancellation,
            MaxDegreeOfParallelism = _shards.Threads > 0 ? _shards.Threads : Environment.ProcessorCount,
        };
        Parallel.For(0, clips.Length, parallel, index =>
        {
            (SequenceGenerator generator, ISampleCropper? cropper) = workers.Value;
            SequenceClip clip = clips[index];
            generator.Generate(clip.Identity, (picture, seconds, sample) => table.Set(clip.FirstRow + picture, index, seconds, sample, cropper));
            int made = clip.References + clip.Frames;
            counter.Add(made, table.Pictures.IsKept.AsSpan(clip.FirstRow, made).Count(true));
        });
        var description = new SequenceShardDescription
        {
            Schema = SequenceShardDescription.CurrentSchema,
            Split = ShardFolder.Name(split),
            Shard = number,
            Count = rows,
            Clips = clips,
            ActionUnits = ActionUnitSet.Numbers,
            CropSide = cropSide,
            LandmarkNetwork = _croppers is null ? null : workers.Value.Cropper!.LandmarkNetwork,
            Options = _samples,
            Found = ShardCounter.CountFound(table.Pictures),
        };
        ShardFolder.Write(target, description, table.Write);
    }
}
