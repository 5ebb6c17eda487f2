using System.Text.Json;
using AuStream.EndToEnd.Tests.Programs;

namespace AuStream.EndToEnd.Tests.Benchmarking;

public sealed class BenchTests
{
    [Fact]
    public async Task Json_has_what_scripts_read()
    {
        using TemporaryFolder folder = new();
        string clip = GeneratedClip.Create(folder, "clip.mp4", seconds: 1);

        ProgramResult result = await AuStreamProgram.RunAsync("bench", clip, "--json", "--seconds", "1", "--tracks", "40", "--neutral-reference", "estimated");

        result.ExitCode.ShouldBe(0, result.Errors);
        using JsonDocument report = JsonDocument.Parse(result.Output);
        report.RootElement.GetProperty("fps").GetDouble().ShouldBeGreaterThan(0);
        JsonElement latency = report.RootElement.GetProperty("latency_ms");
        latency.GetProperty("p50").GetDouble().ShouldBeGreaterThan(0);
        latency.GetProperty("p99").GetDouble().ShouldBeGreaterThanOrEqualTo(latency.GetProperty("p95").GetDouble());
        report.RootElement.GetProperty("stages").GetProperty("faces").GetDouble().ShouldBeGreaterThan(0);
        report.RootElement.GetProperty("stages").GetProperty("smoothing").GetDouble().ShouldBeGreaterThan(0);
        report.RootElement.GetProperty("neutral_reference").GetString().ShouldBe("estimated");
        report.RootElement.GetProperty("tracks_mb").GetDouble().ShouldBeInRange(0.1, 64);
        report.RootElement.GetProperty("allocated_bytes_per_frame").GetDouble().ShouldBeGreaterThanOrEqualTo(0);
        report.RootElement.GetProperty("peak_rss_mb").GetDouble().ShouldBeGreaterThan(10);
    }

    [Fact]
    public async Task A_live_benchmark_keeps_to_its_frame_rate()
    {
        using TemporaryFolder folder = new();
        string clip = GeneratedClip.Create(folder, "clip.mp4", seconds: 1);

        ProgramResult result = await AuStreamProgram.RunAsync("bench", clip, "--json", "--seconds", "2", "--live", "20");

        result.ExitCode.ShouldBe(0, result.Errors);
        using JsonDocument report = JsonDocument.Parse(result.Output);
        report.RootElement.GetProperty("frames").GetInt64().ShouldBeLessThanOrEqualTo(45);
    }

    [Fact]
    public async Task Streams_share_calls_where_asked_for()
    {
        // The bundled clip, which has a face in every frame: what is shared are faces.
        string clip = Path.Combine(AppContext.BaseDirectory, "clips", "demo.mp4");

        ProgramResult result = await AuStreamProgram.RunAsync("bench", clip, "--json", "--seconds", "2", "--streams", "4", "--provider", "cpu", "--share-calls", "on");

        result.ExitCode.ShouldBe(0, result.Errors);
        using JsonDocument report = JsonDocument.Parse(result.Output);
        report.RootElement.GetProperty("provider").GetString().ShouldBe("cpu");
        report.RootElement.GetProperty("calls_are_shared").GetBoolean().ShouldBeTrue();
        report.RootElement.GetProperty("faces_per_call").GetDouble().ShouldBeInRange(1, 4);
        report.RootElement.GetProperty("fps").GetDouble().ShouldBeGreaterThan(0);
    }

    [Theory]
    [InlineData("--streams", "0")]
    [InlineData("--seconds", "0")]
    [InlineData("--provider", "abacus")]
    [InlineData("--share-calls", "perhaps")]
    public async Task Impossible_options_are_usage_errors(string option, string value)
    {
        ProgramResult result = await AuStreamProgram.RunAsync("bench", "clip.mp4", option, value);

        result.ExitCode.ShouldBe(2);
        result.Errors.ShouldContain(option);
    }
}
