using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;
using AuStream.EndToEnd.Tests.Programs;
using AuStream.Testing;

namespace AuStream.EndToEnd.Tests.Analyzing;

public sealed class TimeTests
{
    private static readonly string s_zoo = Path.Combine(SharedMedia.RepositoryRoot, "models", "zoo");
    private static readonly string s_clip = Path.Combine(SharedMedia.RepositoryRoot, "pipeline", "Demonstrating", "clips", "demo.mp4");

    [Fact]
    public async Task A_moment_of_rest_that_is_named_is_the_reference_of_the_whole_recording()
    {
        using TemporaryFolder folder = new();
        ProgramResult result = await AuStreamProgram.RunAsync("analyze", s_clip, "--out", folder.Root, "--neutral-at", "0", "--temporal", "off");

        result.ExitCode.ShouldBe(0, result.Errors);
        CsvTable frames = new(folder.PathOf("frames.csv"));
        string[][] seen = [.. frames.Rows.Where(row => frames.Text(row, "success") == "1")];
        seen.Length.ShouldBeGreaterThan(300);
        seen.ShouldAllBe(row => frames.Text(row, "calibration") == "enrolled");
        using JsonDocument description = JsonDocument.Parse(File.ReadAllText(folder.PathOf("events.json")));
        JsonElement origin = description.RootElement.GetProperty("Origin");
        origin.GetProperty("TemporalHead").GetString().ShouldBe("off");
        origin.GetProperty("NeutralReference").GetString().ShouldBe("estimated", "what is not enrolled is estimated");
    }

    [Fact]
    public async Task A_moment_without_a_face_or_after_the_end_is_refused_with_the_reason()
    {
        using TemporaryFolder folder = new();
        ProgramResult result = await AuStreamProgram.RunAsync("analyze", s_clip, "--out", folder.Root, "--neutral-at", "500");
        result.ExitCode.ShouldBe(2);
        result.Errors.ShouldContain("--neutral-at 500: the recording is shorter");
    }

    [Fact]
    public async Task A_temporal_head_that_the_model_does_not_have_is_refused_before_anything_is_written()
    {
        using TemporaryFolder folder = new();
        JsonObject manifest = JsonNode.Parse(File.ReadAllText(Path.Combine(s_zoo, "austream-base.json")))!.AsObject();
        manifest["id"] = "bare";
        manifest.Remove("temporal");
        manifest.Remove("relative");
        folder.Write("bare.json", manifest.ToJsonString());
        File.Copy(Path.Combine(s_zoo, "austream-base.onnx"), folder.PathOf("bare.onnx"));
        ProcessStartInfo start = AuStreamProgram.CreateStart("analyze", s_clip, "--out", folder.PathOf("out"), "--model", "bare", "--temporal", "on");
        start.Environment["AUSTREAM_MODELS"] = folder.Root;

        ProgramResult result = await AuStreamProgram.RunAsync(start);

        result.ExitCode.ShouldBe(2);
        result.Errors.ShouldContain("model 'bare' has none");
        Directory.Exists(folder.PathOf("out")).ShouldBeFalse();
    }

    [Theory]
    [InlineData("--temporal", "perhaps", "auto, on, off")]
    [InlineData("--neutral-reference", "perhaps", "auto, off, enrolled, estimated")]
    [InlineData("--look-ahead", "-1", "0 to 2000")]
    [InlineData("--passes", "3", "1 (as a live stream is measured) and 2")]
    public async Task Impossible_options_are_usage_errors(string option, string value, string possible)
    {
        using TemporaryFolder folder = new();
        ProgramResult result = await AuStreamProgram.RunAsync("analyze", s_clip, "--out", folder.PathOf("out"), option, value);
        result.ExitCode.ShouldBe(2);
        result.Errors.ShouldContain(possible);
    }

    [Fact]
    public async Task A_model_is_shown_with_its_temporal_head_and_its_use_of_a_neutral_face()
    {
        ProgramResult result = await AuStreamProgram.RunAsync("models", "show", "austream-base");
        result.ExitCode.ShouldBe(0, result.Errors);
        result.Output.ShouldContain("temporal head");
        result.Output.ShouldContain("neutral face");
        result.Output.ShouldContain("lip corner puller, present from intensity");

        (await AuStreamProgram.RunAsync("models", "show", "no-such")).ExitCode.ShouldBe(2);
    }
}
