using AuStream.Pipeline.Configuration;
using AuStream.Stages.Brokers;
using AuStream.Stages.Brokers.Mosquitto;
using AuStream.Stages.Commanding;
using Microsoft.Extensions.Logging;

namespace AuStream.Pipeline.Running;

/// <summary>Listens for the commands of all streams, on a connection of its own: it stands while a stream is stopped.</summary>
internal sealed class CommandService : IAsyncDisposable
{
    private readonly MosquittoBus _bus;
    private readonly List<CommandListener> _listeners = [];

    private CommandService(MosquittoBus bus) => _bus = bus;

    /// <summary>Begins to listen; a broker that is away now is listened to when it is there. Null where no command is allowed.</summary>
    public static async Task<CommandService?> StartAsync(RunContext context, IEnumerable<StreamRunner> runners, CancellationToken cancellationToken)
    {
        RunConfiguration configuration = context.Configuration;
        if (configuration.Commands.Count == 0 || context.Broker is null)
        {
            return null;
        }

        StreamCommandName[] allowed = [.. configuration.Commands.Select(word => CommandParser.Find(word)!.Value)];
        CommandService service = new(context.Broker.CreateBus(will: null, context.Logger));
        foreach (StreamRunner runner in runners)
        {
            CommandListenerOptions options = new() { Site = configuration.Site, StreamId = runner.Id, TopicPrefix = configuration.Broker.Prefix, Allowed = allowed };
            CommandListener listener = new(service._bus, runner, options, TimeProvider.System, context.Logger);
            service._listeners.Add(listener);
            _ = ListenAsync(listener, runner.Id, context.Logger, cancellationToken);
        }

        await service._bus.ConnectAsync(cancellationToken);
        return service;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        foreach (CommandListener listener in _listeners)
        {
            await listener.DisposeAsync();
        }

        await _bus.DisposeAsync();
    }

    private static async Task ListenAsync(CommandListener listener, string stream, ILogger logger, CancellationToken cancellationToken)
    {
        try
        {
            await listener.ListenAsync(cancellationToken);
            logger.LogInformation("stream {Stream} listens for commands", stream);
        }
        catch (MessageBusException refused)
        {
            logger.LogError("stream {Stream} gets no commands: {Reason}", stream, refused.Message);
        }
        catch (OperationCanceledException)
        {
            // The service ends.
        }
    }
}
