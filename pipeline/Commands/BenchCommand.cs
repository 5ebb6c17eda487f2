using System.CommandLine;
using AuStream.Pipeline.Benchmarking;

namespace AuStream.Pipeline.Commands;

/// <summary><c>austream bench INPUT</c>.</summary>
public static class BenchCommand
{
    /// <summary>The command with its options.</summary>
    public static Command Create()
    {
        Argument<string> input = new("INPUT") { Description = "A video file; it is repeated, losslessly, as often as needed." };
        Option<string> model = new("--model") { Description = "Action unit network.", DefaultValueFactory = _ => "austream-base" };
        Option<int> streams = new("--streams") { Description = "The same input so many times side by side, 1-64.", DefaultValueFactory = _ => 1 };
        Option<double> seconds = new("--seconds") { Description = "Least measured time, after a warm-up of a fifth of it.", DefaultValueFactory = _ => 10 };
        Option<double> live = new("--live") { Description = "Deliver so many frames per second like a camera, and measure the latency; 0 goes as fast as it can." };
        Option<string> landmarks = LandmarksOption.Create();
        Option<string> temporal = new("--temporal") { Description = "Temporal head of the model: auto (as the model says), on or off.", DefaultValueFactory = _ => "auto" };
        Option<string> reference = new("--neutral-reference") { Description = "Where neutral faces come from: auto, off, enrolled or estimated.", DefaultValueFactory = _ => "auto" };
        Option<int> tracks = new("--tracks") { Description = "Also measure the memory of so many tracks, 0-10000." };
        Option<string> provider = ComputingOptions.CreateProvider();
        Option<string> shareCalls = ComputingOptions.CreateShareCalls();
        Option<bool> json = new("--json") { Description = "One JSON object instead of tables." };
        Command command = new(
            "bench",
            """
            Measures the whole path, decode to publication on a local MQTT broker: frames/s, latency, cost of each stage, memory.

            Examples:
              austream bench clip.mp4
              austream bench clip.mp4 --live 30 --seconds 30
              austream bench clip.mp4 --streams 4 --json
            """)
        {
            input, model, streams, seconds, live, landmarks, temporal, reference, tracks, provider, shareCalls, json,
        };
        command.SetAction((parsed, cancellation) => Benchmark.RunAsync(
            new BenchmarkOptions
            {
                Input = parsed.GetRequiredValue(input),
                Model = parsed.GetRequiredValue(model),
                Streams = parsed.GetRequiredValue(streams),
                Seconds = parsed.GetRequiredValue(seconds),
                LiveFramesPerSecond = parsed.GetValue(live),
                Landmarks = parsed.GetRequiredValue(landmarks),
                Temporal = parsed.GetRequiredValue(temporal),
                Reference = parsed.GetRequiredValue(reference),
                Tracks = parsed.GetValue(tracks),
                Provider = parsed.GetRequiredValue(provider),
                ShareCalls = parsed.GetRequiredValue(shareCalls),
                Json = parsed.GetValue(json),
            },
            cancellation));
        return command;
    }
}
