using System.Text.Json;
using AuStream.EndToEnd.Tests.Programs;

namespace AuStream.EndToEnd.Tests.Evaluating;

public sealed class EvaluateVideoTests
{
    [Fact]
    public async Task A_video_with_known_labels_is_measured_once_and_reported_alike_every_time()
    {
        using TemporaryFolder folder = new();
        string labels = new DemoClipLabels().Write(folder, 12, 43);
        string[] arguments = ["eval", "--dataset", "csv", "--root", labels, "--out", folder.PathOf("out"), "--draws", "20", "--robustness"];

        ProgramResult first = await AuStreamProgram.RunAsync(arguments);
        first.ExitCode.ShouldBe(0, first.Errors);
        first.Output.ShouldContain("AU43");
        string[] files = Directory.GetFiles(folder.PathOf("out"), "*", SearchOption.AllDirectories);
        Dictionary<string, byte[]> before = files.ToDictionary(path => path, File.ReadAllBytes);
        Dictionary<string, DateTime> times = files.ToDictionary(path => path, File.GetLastWriteTimeUtc);
        files.Count(path => path.Contains("measured")).ShouldBe(9, "as it is, and eight times worse");

        ProgramResult second = await AuStreamProgram.RunAsync(arguments);
        second.ExitCode.ShouldBe(0, second.Errors);
        foreach (string path in files)
        {
            File.ReadAllBytes(path).ShouldBe(before[path], path);
            if (path.Contains("measured"))
            {
                File.GetLastWriteTimeUtc(path).ShouldBe(times[path], "what was measured is not measured again");
            }
        }

        using JsonDocument report = JsonDocument.Parse(File.ReadAllBytes(folder.PathOf("out/report.json")));
        JsonElement smile = report.RootElement.GetProperty("all").GetProperty("action_units").GetProperty("AU12");
        smile.GetProperty("frames").GetInt32().ShouldBe(DemoClipLabels.Frames);
        smile.GetProperty("auc").GetDouble().ShouldBeGreaterThan(0.9);
        smile.GetProperty("f1_event").ValueKind.ShouldBe(JsonValueKind.Number);
        smile.GetProperty("icc31").ValueKind.ShouldBe(JsonValueKind.Number);
        JsonElement[] worse = [.. report.RootElement.GetProperty("tables").GetProperty("robustness").EnumerateArray()];
        worse.Length.ShouldBe(9);
        worse[0].GetProperty("mean").GetProperty("auc").GetDouble().ShouldBe(report.RootElement.GetProperty("all").GetProperty("mean").GetProperty("auc").GetDouble());
    }

    [Fact]
    public async Task Several_people_of_one_picture_are_measured_each_at_their_place()
    {
        using TemporaryFolder folder = new();
        DemoClipLabels clip = new();
        DemoClipLabels.CutSideBySide(clip.Calmest, clip.PeakOf(12), folder.PathOf("class.png"));
        string labels = folder.Write("labels.csv", "file,subject,x,y,AU12_c\nclass.png,ann,960,180,1\nclass.png,bob,320,180,0\nclass.png,cem,5,5,0\n");

        ProgramResult result = await AuStreamProgram.RunAsync("eval", "--dataset", "csv", "--root", labels, "--out", folder.PathOf("out"), "--draws", "0", "--robustness");
        result.ExitCode.ShouldBe(0, result.Errors);
        result.Output.ShouldContain("3 labelled frames, 1 of them without a face");
        using JsonDocument report = JsonDocument.Parse(File.ReadAllBytes(folder.PathOf("out/report.json")));
        report.RootElement.GetProperty("all").GetProperty("action_units").GetProperty("AU12").GetProperty("f1_frame").GetDouble().ShouldBe(1);
        JsonElement[] worse = [.. report.RootElement.GetProperty("tables").GetProperty("robustness").EnumerateArray()];
        worse[1].GetProperty("action_units").GetProperty("AU12").GetProperty("f1_frame").GetDouble().ShouldBe(1, "half the resolution moves the places too");
        worse[^1].GetProperty("frames_without_face").GetInt32().ShouldBe(1);
    }

    [Fact]
    public async Task What_analyze_measured_can_be_compared_with_labels_and_gives_the_same_numbers()
    {
        using TemporaryFolder folder = new();
        string labels = new DemoClipLabels().Write(folder, 12);
        (await AuStreamProgram.RunAsync("analyze", folder.PathOf("demo.mp4"), "--out", folder.PathOf("frames"))).ExitCode.ShouldBe(0);

        ProgramResult compared = await AuStreamProgram.RunAsync(
            "eval", "--predictions", folder.PathOf("frames"), "--labels", labels, "--out", folder.PathOf("compared"), "--draws", "0");
        ProgramResult measured = await AuStreamProgram.RunAsync("eval", "--dataset", "csv", "--root", labels, "--out", folder.PathOf("measured"), "--draws", "0");

        compared.ExitCode.ShouldBe(0, compared.Errors);
        measured.ExitCode.ShouldBe(0, measured.Errors);
        Value(folder.PathOf("compared"), "f1_frame").ShouldBe(Value(folder.PathOf("measured"), "f1_frame"));
        Value(folder.PathOf("compared"), "f1_event").ShouldBe(Value(folder.PathOf("measured"), "f1_event"));

        // frames.csv has three decimals of the intensity.
        Value(folder.PathOf("compared"), "icc31").ShouldBe(Value(folder.PathOf("measured"), "icc31"), 1e-3);
    }

    private static double Value(string folder, string metric)
    {
        using JsonDocument report = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder, "report.json")));
        return report.RootElement.GetProperty("all").GetProperty("action_units").GetProperty("AU12").GetProperty(metric).GetDouble();
    }
}
