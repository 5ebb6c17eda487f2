using System.Globalization;
using System.Text.Json;
using AuStream.EndToEnd.Tests.Programs;

namespace AuStream.EndToEnd.Tests.Evaluating;

/// <summary>The bundled clip of a synthetic person with its truth, as a table of labels of one's own.</summary>
internal sealed class DemoClipLabels
{
    private static readonly string s_clips = Path.Combine(Path.GetDirectoryName(AuStreamProgram.Library)!, "clips");

    private readonly int[] _units;
    private readonly float[][] _intensities;

    public DemoClipLabels()
    {
        using JsonDocument truth = JsonDocument.Parse(File.ReadAllText(Path.Combine(s_clips, "demo.truth.json")));
        _units = [.. truth.RootElement.GetProperty("action_units").EnumerateArray().Select(unit => unit.GetInt32())];
        _intensities = [.. truth.RootElement.GetProperty("people")[0].GetProperty("intensities").EnumerateArray()
            .Select(row => row.EnumerateArray().Select(value => value.GetSingle()).ToArray())];
    }

    public static string Clip => Path.Combine(s_clips, "demo.mp4");

    /// <summary>Frames of the clip that <see cref="Write"/> writes: the first six seconds, with a smile and a blink.</summary>
    public const int Frames = 150;

    /// <summary>The frame, from 0, that shows most of an action unit.</summary>
    public int PeakOf(int unit) => Enumerable.Range(0, _intensities.Length).MaxBy(frame => _intensities[frame][Array.IndexOf(_units, unit)]);

    /// <summary>The frame, from 0, with the least of everything.</summary>
    public int Calmest => Enumerable.Range(0, _intensities.Length).MinBy(frame => _intensities[frame].Sum());

    /// <summary>Writes the table, and the beginning of the clip beside it.</summary>
    public string Write(TemporaryFolder folder, params int[] units)
    {
        Run("-i", Clip, "-frames:v", Frames.ToString(CultureInfo.InvariantCulture), "-pix_fmt", "yuv420p", "-q:v", "2", folder.PathOf("demo.mp4"));
        string header = "file,frame,subject," + string.Join(',', units.Select(unit => FormattableString.Invariant($"AU{unit:00}_r")));
        IEnumerable<string> rows = _intensities.Take(Frames).Select((row, frame) =>
            string.Create(CultureInfo.InvariantCulture, $"demo.mp4,{frame + 1},ann,")
            + string.Join(',', units.Select(unit => row[Array.IndexOf(_units, unit)].ToString(CultureInfo.InvariantCulture))));
        return folder.Write("labels.csv", string.Join('\n', rows.Prepend(header)) + "\n");
    }

    /// <summary>Cuts one frame out of the clip as a picture.</summary>
    public static void Cut(int frame, string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        Run("-i", Clip, "-vf", FormattableString.Invariant($"select=eq(n\\,{frame})"), "-frames:v", "1", path);
    }

    /// <summary>Puts two frames of the clip beside each other into one picture.</summary>
    public static void CutSideBySide(int left, int right, string path) => Run(
        "-i", Clip, "-i", Clip, "-filter_complex", FormattableString.Invariant($"[0]select=eq(n\\,{left})[a];[1]select=eq(n\\,{right})[b];[a][b]hstack"), "-frames:v", "1", path);

    /// <summary>Shows the clip again and again.</summary>
    public static void Repeat(int times, string path) =>
        Run("-stream_loop", (times - 1).ToString(CultureInfo.InvariantCulture), "-i", Clip, "-c", "copy", path);

    /// <summary>Holds one frame of the clip for three seconds and another for one, or as long as said; 25 frames per second.</summary>
    public static void Hold(int first, int then, string path, int thenSeconds = 1) => Run(
        "-i", Clip, "-i", Clip, "-filter_complex",
        FormattableString.Invariant($"[0]select=eq(n\\,{first}),setpts=0,loop=74:1,fps=25,trim=end_frame=75[a];[1]select=eq(n\\,{then}),setpts=0,loop={(25 * thenSeconds) - 1}:1,fps=25,trim=end_frame={25 * thenSeconds}[b];[a][b]concat"),
        "-r", "25", "-pix_fmt", "yuv420p", "-q:v", "2", path);

    private static void Run(params string[] arguments)
    {
        System.Diagnostics.ProcessStartInfo start = new("ffmpeg") { RedirectStandardError = true };
        foreach (string argument in (string[])["-v", "error", "-y", .. arguments])
        {
            start.ArgumentList.Add(argument);
        }

        using System.Diagnostics.Process process = System.Diagnostics.Process.Start(start)!;
        string errors = process.StandardError.ReadToEnd();
        process.WaitForExit();
        process.ExitCode.ShouldBe(0, errors);
    }
}
