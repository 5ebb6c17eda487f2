using AuStream.Stages.Brokers;
using AuStream.Stages.Brokers.InMemory;
using AuStream.Stages.Commanding;
using AuStream.Stages.Tests.Publishing;
using AuStream.Testing;

namespace AuStream.Stages.Tests.Commanding;

/// <summary>What the listener answers to a message, at a fixed time.</summary>
internal static class CommandAnswers
{
    public static byte[] To(string command, CommandResult result)
    {
        InMemoryBroker broker = new();
        InMemoryBus bus = new(broker);
        bus.ConnectAsync(CancellationToken.None).GetAwaiter().GetResult();
        CommandListenerOptions options = new() { Site = "lab", StreamId = "camera-1", TopicPrefix = "austream", Allowed = Enum.GetValues<StreamCommandName>() };
        FixedTime time = new(SampleFrames.Session().StartedAt);
        CommandListener listener = new(bus, new FixedAnswer(result), options, time);
        try
        {
            listener.ListenAsync(CancellationToken.None).GetAwaiter().GetResult();
            BusRoute route = new() { Topic = "austream/camera-1/commands", QualityOfService = QualityOfService.AtLeastOnce };
            bus.PublishAsync(route, System.Text.Encoding.UTF8.GetBytes(command), CancellationToken.None).AsTask().GetAwaiter().GetResult();
            SpinWait.SpinUntil(() => broker.Messages.Count == 2, TimeSpan.FromSeconds(10)).ShouldBeTrue("no answer");
            return broker.Messages[1].Payload;
        }
        finally
        {
            listener.DisposeAsync().AsTask().GetAwaiter().GetResult();
        }
    }

    private sealed class FixedTime(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }

    private sealed class FixedAnswer(CommandResult result) : IStreamCommands
    {
        public ValueTask<CommandResult> ExecuteAsync(StreamCommand command, CancellationToken cancellationToken) => ValueTask.FromResult(result);
    }
}
