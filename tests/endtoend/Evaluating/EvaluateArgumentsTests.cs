using System.Text.Json;
using AuStream.EndToEnd.Tests.Programs;

namespace AuStream.EndToEnd.Tests.Evaluating;

public sealed class EvaluateArgumentsTests
{
    [Fact]
    public async Task Numbers_are_those_of_a_hand_counted_table()
    {
        using TemporaryFolder folder = new();
        string labels = folder.Write("labels.csv", "file,subject,AU12_c\na.jpg,1,1\nb.jpg,1,1\nc.jpg,2,0\nd.jpg,2,0\ne.jpg,2,1\n");
        folder.Write(
            "frames.csv",
            "frame,face_id,timestamp,confidence,success,face_width,face_height,AU12_r,AU12_c,file\n"
            + "1,1,0,0.9,1,9,9,3,1,a.jpg\n2,1,0,0.9,1,9,9,0.5,0,b.jpg\n3,1,0,0.9,1,9,9,2,1,c.jpg\n4,1,0,0.9,1,9,9,0,0,d.jpg\n5,0,0,0,0,,,,,e.jpg\n");
        ProgramResult result = await AuStreamProgram.RunAsync("eval", "--predictions", folder.Root, "--labels", labels, "--out", folder.PathOf("out"), "--draws", "50");

        result.ExitCode.ShouldBe(0, result.Errors);
        using JsonDocument report = JsonDocument.Parse(File.ReadAllBytes(folder.PathOf("out/report.json")));
        JsonElement unit = report.RootElement.GetProperty("all").GetProperty("action_units").GetProperty("AU12");

        // TP 1 (a), FN 2 (b, and e without a face), FP 1 (c), TN 1 (d); positives score 3, 0.5, 0 and negatives 2, 0.
        unit.GetProperty("f1_frame").GetDouble().ShouldBe(2.0 / 5, 1e-6);
        unit.GetProperty("accuracy").GetDouble().ShouldBe(2.0 / 5, 1e-6);
        unit.GetProperty("auc").GetDouble().ShouldBe(3.5 / 6, 1e-6);
        unit.GetProperty("icc31").ValueKind.ShouldBe(JsonValueKind.Null);
        File.ReadAllText(folder.PathOf("out/report.md")).ShouldContain("2 people, 5 labelled frames, 1 of them without a face");
        File.ReadAllLines(folder.PathOf("out/report.csv")).Length.ShouldBe(3);
    }

    [Theory]
    [InlineData(2, "--dataset NAME", "eval")]
    [InlineData(2, "needs --root", "eval", "--dataset", "bp4d")]
    [InlineData(2, "Did you mean disfa?", "eval", "--dataset", "dysfa", "--root", ".")]
    [InlineData(2, "exclude each other", "eval", "--dataset", "csv", "--predictions", "x")]
    [InlineData(2, "negative and skip", "eval", "--dataset", "csv", "--root", ".", "--missing-face", "guess")]
    [InlineData(2, "--au smile", "eval", "--dataset", "csv", "--root", ".", "--au", "smile")]
    [InlineData(2, "or write off", "eval", "--dataset", "csv", "--root", ".", "--neutral-reference", "estimated")]
    [InlineData(66, "no such folder", "eval", "--dataset", "disfa", "--root", "no-such-folder")]
    [InlineData(66, "--neutral nowhere", "eval", "--dataset", "pairs", "--neutral", "nowhere", "--expressive", "nowhere")]
    public async Task What_is_wrong_is_said_with_the_right_exit_code(int code, string fault, params string[] arguments)
    {
        ProgramResult result = await AuStreamProgram.RunAsync(arguments);

        result.ExitCode.ShouldBe(code, result.Errors);
        result.Errors.ShouldContain(fault);
    }

    [Fact]
    public async Task Help_teaches_with_examples()
    {
        ProgramResult result = await AuStreamProgram.RunAsync("eval", "--help");

        result.ExitCode.ShouldBe(0);
        result.Output.ShouldContain("austream eval --dataset bp4d");
    }
}
