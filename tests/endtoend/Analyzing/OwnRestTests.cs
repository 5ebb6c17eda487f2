using System.Text.Json;
using AuStream.EndToEnd.Tests.Evaluating;
using AuStream.EndToEnd.Tests.Programs;

namespace AuStream.EndToEnd.Tests.Analyzing;

/// <summary>What nobody asked for and video gets all the same: action units relative to the face's own rest.</summary>
public sealed class OwnRestTests
{
    [Fact]
    public async Task Video_is_measured_relative_to_the_calm_frames_before_and_absolutely_where_that_is_switched_off()
    {
        using TemporaryFolder folder = new();
        DemoClipLabels clip = new();
        string video = folder.PathOf("held.mp4");
        DemoClipLabels.Hold(clip.Calmest, clip.PeakOf(12), video);

        CsvTable relative = await AnalyzeAsync(video, folder.PathOf("relative"), "auto");
        CsvTable absolute = await AnalyzeAsync(video, folder.PathOf("absolute"), "off");

        relative.Rows.Count.ShouldBe(100);
        string[] states = [.. relative.Rows.Select(row => relative.Text(row, "calibration"))];
        int estimated = Array.IndexOf(states, "estimated");
        (estimated / 25.0).ShouldBeInRange(2, 2.5, "four windows of half a second");
        states.Take(estimated).ShouldAllBe(state => state == "estimating");
        states.Skip(estimated).ShouldAllBe(state => state == "estimated");
        absolute.Rows.ShouldAllBe(row => absolute.Text(row, "calibration") == "none");

        string[] rest = relative.Rows[70];
        string[] smile = relative.Rows[95];
        relative.Columns.Where(column => column.EndsWith("_r", StringComparison.Ordinal)).ShouldAllBe(column => relative.Number(rest, column) < 0.05, "beside itself a face does nothing");
        relative.Text(smile, "AU12_c").ShouldBe("1");
        for (int row = 0; row < estimated; row++)
        {
            relative.Text(relative.Rows[row], "AU12_r").ShouldBe(absolute.Text(absolute.Rows[row], "AU12_r"), "until then nothing differs");
        }
    }

    [Fact]
    public async Task An_evaluation_says_what_video_was_measured_relative_to_and_measures_anew_when_that_changes()
    {
        using TemporaryFolder folder = new();
        DemoClipLabels clip = new();
        DemoClipLabels.Hold(clip.Calmest, clip.PeakOf(12), folder.PathOf("held.mp4"));
        string labels = folder.Write("labels.csv", "file,frame,subject,AU12_r\nheld.mp4,70,ann,0\nheld.mp4,95,ann,4\n");
        string[] arguments = ["eval", "--dataset", "csv", "--root", labels, "--out", folder.PathOf("out"), "--draws", "0"];

        (double Correlation, string Text) relative = await EvaluateAsync(folder, arguments);
        (double Correlation, string Text) absolute = await EvaluateAsync(folder, [.. arguments, "--neutral-reference", "off"]);

        relative.Text.ShouldContain("own calm frames");
        absolute.Text.ShouldNotContain("own calm frames");
        absolute.Correlation.ShouldNotBe(relative.Correlation, "what the first run kept is not what the second asks for");
    }

    private static async Task<CsvTable> AnalyzeAsync(string video, string output, string reference)
    {
        ProgramResult result = await AuStreamProgram.RunAsync("analyze", video, "--out", output, "--neutral-reference", reference);
        result.ExitCode.ShouldBe(0, result.Errors);
        return new CsvTable(Path.Combine(output, "frames.csv"));
    }

    private static async Task<(double Correlation, string Text)> EvaluateAsync(TemporaryFolder folder, string[] arguments)
    {
        ProgramResult result = await AuStreamProgram.RunAsync(arguments);
        result.ExitCode.ShouldBe(0, result.Errors);
        using JsonDocument report = JsonDocument.Parse(File.ReadAllBytes(folder.PathOf("out/report.json")));
        return (report.RootElement.GetProperty("all").GetProperty("action_units").GetProperty("AU12").GetProperty("icc31").GetDouble(), result.Output);
    }
}
