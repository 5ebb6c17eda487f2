using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;

namespace AuStream.Stages.Tests.Decoding;

/// <summary>Makes clips and pictures with ffmpeg in a temporary folder, each once, and tells what ffprobe says of them.</summary>
public sealed class TestClips : IDisposable
{
    private readonly ConcurrentDictionary<string, Lazy<string>> _made = new();

    public string Folder { get; } = Directory.CreateTempSubdirectory("austream-clips-").FullName;

    /// <summary>A file made by ffmpeg: <paramref name="arguments"/> are what stands between <c>ffmpeg</c> and the name.</summary>
    public string Make(string name, string arguments) =>
        _made.GetOrAdd(name, _ => new Lazy<string>(() =>
        {
            string path = Path.Combine(Folder, name);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            Run("ffmpeg", [.. Split($"-nostdin -v error -y {arguments}"), path]);
            return path;
        })).Value;

    /// <summary>A clip of the moving test picture, H.264 unless <paramref name="encoder"/> says otherwise.</summary>
    public string MakeVideo(string name, int width = 320, int height = 180, int frames = 30, string encoder = "-c:v libx264 -preset ultrafast", string filter = "null") =>
        Make(name, string.Create(CultureInfo.InvariantCulture, $"-f lavfi -i testsrc2=s={width}x{height}:r=30 -vf {filter} -frames:v {frames} -fps_mode passthrough {encoder}"));

    /// <summary>A lossless clip of exactly the given size in yuv420p; the test picture cannot have odd sides.</summary>
    public string MakeLossless(int width, int height, int frames = 5) =>
        Make(
            string.Create(CultureInfo.InvariantCulture, $"lossless{width}x{height}.mkv"),
            string.Create(CultureInfo.InvariantCulture, $"-f lavfi -i nullsrc=s={width}x{height}:r=30,format=gbrp,geq=r='X*3+N*20':g='Y*5+N':b='X+Y+N*7',format=yuv420p -frames:v {frames} -c:v ffv1"));

    /// <summary>The first bytes of a file, as another file.</summary>
    public string Truncate(string path, double share, string name)
    {
        byte[] bytes = File.ReadAllBytes(path);
        string target = Path.Combine(Folder, name);
        File.WriteAllBytes(target, bytes[..(int)(bytes.Length * share)]);
        return target;
    }

    /// <summary>A file with the given bytes.</summary>
    public string Write(string name, byte[] bytes)
    {
        string path = Path.Combine(Folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, bytes);
        return path;
    }

    /// <summary>Exact presentation times as ffprobe sees them: µs since the first frame, from ticks and time base.</summary>
    public static IReadOnlyList<long> ProbeMicroseconds(string path)
    {
        string[] timeBase = Probe(path, "-show_entries", "stream=time_base")[0].Split('/');
        decimal unit = 1_000_000m * decimal.Parse(timeBase[0], CultureInfo.InvariantCulture) / decimal.Parse(timeBase[1], CultureInfo.InvariantCulture);
        long[] ticks = [.. Probe(path, "-show_entries", "frame=pts").Select(text => long.Parse(text.Split(',')[0], CultureInfo.InvariantCulture))];
        return [.. ticks.Select(tick => (long)Math.Round((tick - ticks[0]) * unit, MidpointRounding.AwayFromZero))];
    }

    /// <summary>The pictures as ffmpeg itself writes them to a raw file, one after the other.</summary>
    public byte[] DecodeWithFfmpeg(string path, string filter)
    {
        string raw = Path.Combine(Folder, Guid.NewGuid() + ".yuv");
        Run("ffmpeg", ["-nostdin", "-v", "error", "-y", "-i", path, "-map", "0:V:0", "-vf", filter, "-fps_mode", "passthrough", "-f", "rawvideo", raw]);
        byte[] bytes = File.ReadAllBytes(raw);
        File.Delete(raw);
        return bytes;
    }

    public static string Run(string program, IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        using Process process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? output : throw new InvalidOperationException($"{program} failed: {errors.Result}");
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);

    private static string[] Probe(string path, params string[] entries) =>
        [.. Run("ffprobe", ["-v", "error", "-select_streams", "V:0", .. entries, "-of", "csv=p=0", path])
            .Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)];

    private static string[] Split(string arguments) => arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries);
}
