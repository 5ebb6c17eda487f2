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
    private readonly RunContext _context;
    private readonly StreamCommandName[] _allowed;
    private readonly Lock _gate = new();
    private readonly Dictionary<string, (CommandListener Listener, CommandTarget Target)> _listeners = new(StringComparer.Ordinal);
    private readonly CancellationToken _stop;

    private CommandService(RunContext context, MosquittoBus bus, CancellationToken stop)
    {
        _context = context;
        _bus = bus;
        _stop = stop;
        _allowed = [.. context.Configuration.Commands.Select(word => CommandParser.Find(word)!.Value)];
    }

    /// <summary>Connects, or goes on trying to. Null where no command is allowed.</summary>
    public static async Task<CommandService?> StartAsync(RunContext context, CancellationToken cancellationToken)
    {
        if (context.Configuration.Commands.Count == 0 || context.Broker is null)
        {
            return null;
        }

        CommandService service = new(context, context.Broker.CreateBus(will: null, context.Logger), cancellationToken);
        await service._bus.ConnectAsync(cancellationToken);
        return service;
    }

    /// <summary>From now on a stream's commands go to this runner. A broker that is away now is listened to when it is there.</summary>
    public void Add(StreamRunner runner)
    {
        lock (_gate)
        {
            // A stream that was stopped and started with another configuration keeps its listener, and with it the commands that were answered.
            if (_listeners.TryGetValue(runner.Id, out (CommandListener Listener, CommandTarget Target) known))
            {
                known.Target.Runner = runner;
                return;
            }

            CommandTarget target = new() { Runner = runner };
            RunConfiguration configuration = _context.Configuration;
            CommandListenerOptions options = new() { Site = configuration.Site, StreamId = runner.Id, TopicPrefix = configuration.Broker.Prefix, Allowed = _allowed };
            CommandListener listener = new(_bus, target, options, TimeProvider.System, _context.Logger);
            _listeners.Add(runner.Id, (listener, target));
            _ = ListenAsync(listener, runner.Id, _context.Logger, _stop);
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        foreach ((CommandListener listener, _) in _listeners.Values)
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
