using AuStream.Models.Manifests;
using AuStream.Models.Sessions;
using AuStream.Pipeline.Commands;
using AuStream.Synthesis.Samples;

namespace AuStream.Pipeline.Synthesizing;

/// <summary>Films people into shards of sequences, with crops cut as the running pipeline cuts them.</summary>
public static class SequenceSynthesis
{
    /// <summary>Runs <c>austream synth sequences</c>; progress goes to standard error.</summary>
    /// <exception cref="UsageException">An option is out of range.</exception>
    /// <exception cref="UnavailableException">Assets are missing.</exception>
    public static int Run(SequenceSynthesisOptions options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(options);
        var samples = new SequenceSampleOptions { Seed = options.Seed, FramesPerClip = options.FramesPerClip };
        var shards = new SequenceShardOptions { Clips = options.Clips, FirstIdentity = options.FirstPerson, Threads = options.Threads };
        try
        {
            samples.Validate();
            shards.Validate();
        }
        catch (ArgumentException wrong)
        {
            throw new UsageException(wrong.Message, wrong);
        }

        ModelStore store = ModelStore.Default();
        CropManifest crop = PeopleSynthesis.LoadCrop(store);
        SequenceShardWriter writer = new(
            PeopleSynthesis.LoadAssets(options.MakeHumanFolder, options.IctFile), samples, shards, () => new FaceMeshCropper(store, options.LandmarkNetwork, crop));
        long started = TimeProvider.System.GetTimestamp();
        long reported = started;
        ShardProgress last = default;
        writer.Write(
            options.OutputFolder,
            progress =>
            {
                last = progress;
                if (TimeProvider.System.GetElapsedTime(reported) >= TimeSpan.FromSeconds(10))
                {
                    reported = TimeProvider.System.GetTimestamp();
                    PeopleSynthesis.Report(progress, started);
                }
            },
            cancellationToken);
        PeopleSynthesis.Report(last, started);
        return ExitCode.Success;
    }
}
