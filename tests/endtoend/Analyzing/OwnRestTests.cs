using System.Text.Json;
using AuStream.EndToEnd.Tests.Evaluating;
using AuStream.EndToEnd.Tests.Programs;

namespace AuStream.EndToEnd.Tests.Analyzing;

/// <summary>What nobody asked for and video gets all the same: action units relative to the face's own rest.</summary>
public sealed class OwnRestTests
{
    [Fact]
    public async Task Video_is_measured_relative_to_rest_from_its_first_frame_on_though_it_begins_with_a_smile()
    {
        using TemporaryFolder folder = new();
        DemoClipLabels clip = new();
        string video = folder.PathOf("held.mp4");
        DemoClipLabels.Hold(clip.PeakOf(12), clip.Calmest, video, thenSeconds: 4);

        CsvTable relative = await AnalyzeAsync(video, folder.PathOf("relative"));
        CsvTable live = await AnalyzeAsync(video, folder.PathOf("live"), "--passes", "1");

        relative.Rows.Count.ShouldBe(175);
        relative.Rows.ShouldAllBe(row => relative.Text(row, "calibration") == "estimated");
        string[] live0 = live.Rows[10];
        live.Text(live0, "calibration").ShouldBe("estimating");
        relative.Text(relative.Rows[10], "AU12_c").ShouldBe("1");
        relative.Text(relative.Rows[10], "AU12_r").ShouldNotBe(live.Text(live0, "AU12_r"), "one is relative, the other is not");
        ShouldBeAtRest(relative, relative.Rows[150]);
        Readings(folder, "relative").ShouldBe(2);
        Readings(folder, "live").ShouldBe(1);
    }

    [Fact]
    public async Task Read_once_video_is_measured_relative_to_the_calm_frames_before_and_absolutely_where_that_is_switched_off()
    {
        using TemporaryFolder folder = new();
        DemoClipLabels clip = new();
        string video = folder.PathOf("held.mp4");
        DemoClipLabels.Hold(clip.Calmest, clip.PeakOf(12), video);

        CsvTable relative = await AnalyzeAsync(video, folder.PathOf("relative"), "--passes", "1");
        CsvTable absolute = await AnalyzeAsync(video, folder.PathOf("absolute"), "--neutral-reference", "off");

        string[] states = [.. relative.Rows.Select(row => relative.Text(row, "calibration"))];
        int estimated = Array.IndexOf(states, "estimated");
        (estimated / 25.0).ShouldBeInRange(2, 2.5, "four windows of half a second");
        states.Take(estimated).ShouldAllBe(state => state == "estimating");
        states.Skip(estimated).ShouldAllBe(state => state == "estimated");
        absolute.Rows.ShouldAllBe(row => absolute.Text(row, "calibration") == "none");

        ShouldBeAtRest(relative, relative.Rows[70]);
        relative.Text(relative.Rows[95], "AU12_c").ShouldBe("1");
        for (int row = 0; row < estimated; row++)
        {
            relative.Text(relative.Rows[row], "AU12_r").ShouldBe(absolute.Text(absolute.Rows[row], "AU12_r"), "until then nothing differs");
        }
    }

    [Fact]
    public async Task Stopped_in_the_first_reading_an_analysis_says_that_nothing_was_measured()
    {
        using TemporaryFolder folder = new();
        string video = folder.PathOf("long.mp4");
        DemoClipLabels.Repeat(20, video);
        using RunningProgram program = RunningProgram.Start("analyze", video, "--out", folder.PathOf("out"));
        await program.WaitForOutputAsync("read twice");

        program.Interrupt();

        (await program.WaitForExitAsync()).ShouldBe(130, program.Output);
        program.Output.ShouldContain("interrupted in the first of two readings");
        Directory.EnumerateFiles(folder.PathOf("out")).ShouldBeEmpty();
    }

    [Fact]
    public async Task An_evaluation_says_what_video_was_measured_relative_to_and_measures_anew_when_that_changes()
    {
        using TemporaryFolder folder = new();
        DemoClipLabels clip = new();
        DemoClipLabels.Hold(clip.PeakOf(12), clip.Calmest, folder.PathOf("held.mp4"), thenSeconds: 4);
        string labels = folder.Write("labels.csv", "file,frame,subject,AU12_r\nheld.mp4,10,ann,4\nheld.mp4,150,ann,0\n");
        string[] arguments = ["eval", "--dataset", "csv", "--root", labels, "--out", folder.PathOf("out"), "--draws", "0"];

        (double Correlation, string Text) relative = await EvaluateAsync(folder, arguments);
        (double Correlation, string Text) once = await EvaluateAsync(folder, [.. arguments, "--passes", "1"]);
        (double Correlation, string Text) absolute = await EvaluateAsync(folder, [.. arguments, "--neutral-reference", "off"]);

        relative.Text.ShouldContain("read twice, measured relative to each face's own calm frames");
        once.Text.ShouldContain("from two seconds of calm on");
        once.Correlation.ShouldNotBe(relative.Correlation, "the smile comes first");
        absolute.Text.ShouldNotContain("own calm frames");
        absolute.Correlation.ShouldNotBe(relative.Correlation, "what the first run kept is not what the second asks for");
    }

    private static async Task<CsvTable> AnalyzeAsync(string video, string output, params string[] options)
    {
        ProgramResult result = await AuStreamProgram.RunAsync(["analyze", video, "--out", output, .. options]);
        result.ExitCode.ShouldBe(0, result.Errors);
        return new CsvTable(Path.Combine(output, "frames.csv"));
    }

    private static void ShouldBeAtRest(CsvTable table, string[] row) =>
        table.Columns.Where(column => column.EndsWith("_r", StringComparison.Ordinal)).ShouldAllBe(column => table.Number(row, column) < 0.05, "beside itself a face does nothing");

    private static int Readings(TemporaryFolder folder, string output)
    {
        using JsonDocument description = JsonDocument.Parse(File.ReadAllText(folder.PathOf(output + "/events.json")));
        return description.RootElement.GetProperty("Origin").GetProperty("Readings").GetInt32();
    }

    private static async Task<(double Correlation, string Text)> EvaluateAsync(TemporaryFolder folder, string[] arguments)
    {
        ProgramResult result = await AuStreamProgram.RunAsync(arguments);
        result.ExitCode.ShouldBe(0, result.Errors);
        using JsonDocument report = JsonDocument.Parse(File.ReadAllBytes(folder.PathOf("out/report.json")));
        return (report.RootElement.GetProperty("all").GetProperty("action_units").GetProperty("AU12").GetProperty("icc31").GetDouble(), result.Output);
    }
}
