using System.CommandLine;
using AuStream.Pipeline.Benchmarking;

namespace AuStream.Pipeline.Commands;

/// <summary><c>austream bench-messages</c>.</summary>
public static class BenchMessagesCommand
{
    /// <summary>The command with its options.</summary>
    public static Command Create()
    {
        Option<double> frames = new("--frames") { Description = "Frame messages per second, two faces each.", DefaultValueFactory = _ => 1900 };
        Option<double> events = new("--events") { Description = "Event messages per second, each through the spool on disk.", DefaultValueFactory = _ => 100 };
        Option<double> seconds = new("--seconds") { Description = "How long; 0 until --count events are out.", DefaultValueFactory = _ => 30 };
        Option<long> count = new("--count") { Description = "Stop after so many events, counted over all runs with the same --state.", HelpName = "N" };
        Option<string> broker = new("--broker") { Description = "Publish to a broker of your own; without it one is started.", DefaultValueFactory = _ => "", HelpName = "HOST" };
        Option<int> port = new("--port") { Description = "Its port; 0 for 1883." };
        Option<string> prefix = new("--prefix") { Description = "First part of the topics.", DefaultValueFactory = _ => "austream-bench" };
        Option<string> state = new("--state") { Description = "Folder of the spool, kept; without it a temporary one.", DefaultValueFactory = _ => "", HelpName = "DIR" };
        Option<bool> protobuf = new("--protobuf") { Description = "Protocol Buffers instead of JSON." };
        Option<bool> json = new("--json") { Description = "One JSON object instead of text." };
        Command command = new(
            "bench-messages",
            """
            Measures publishing alone: made-up measurements through encoder, spool and broker at a given rate.

            Examples:
              austream bench-messages
              austream bench-messages --frames 4000 --events 500 --seconds 60 --protobuf --json
            """)
        {
            frames, events, seconds, count, broker, port, prefix, state, protobuf, json,
        };
        command.SetAction((parsed, cancellation) => MessageBenchmark.RunAsync(
            new MessageBenchmarkOptions
            {
                Host = parsed.GetRequiredValue(broker),
                Port = parsed.GetValue(port),
                Prefix = parsed.GetRequiredValue(prefix),
                FramesPerSecond = parsed.GetRequiredValue(frames),
                EventsPerSecond = parsed.GetRequiredValue(events),
                Seconds = parsed.GetRequiredValue(seconds),
                Events = parsed.GetValue(count),
                StateFolder = parsed.GetRequiredValue(state),
                Protobuf = parsed.GetValue(protobuf),
                Json = parsed.GetValue(json),
            },
            cancellation));
        return command;
    }
}
