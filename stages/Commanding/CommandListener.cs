using System.Buffers;
using System.Text.Json;
using System.Threading.Channels;
using AuStream.Stages.Brokers;
using AuStream.Stages.Messages;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace AuStream.Stages.Commanding;

/// <summary>
/// Listens on a stream's topic for commands, has the allowed ones carried out one after the other, and answers each. Who may send
/// commands is decided by the broker, by who may publish on that topic; which ones are obeyed, by the configuration.
/// </summary>
/// <remarks>
/// Retained commands are not obeyed: they would be carried out again at every start. A command whose id was seen before is answered
/// as before and not carried out again. More than 16 that wait are turned away. One task per stream.
/// </remarks>
public sealed class CommandListener : IAsyncDisposable
{
    private const int MaxWaiting = 16;
    private const int RememberedCommands = 256;
    private const int LongestTopic = 1024;

    private readonly IMessageBus _bus;
    private readonly IStreamCommands _target;
    private readonly CommandListenerOptions _options;
    private readonly StreamTopics _topics;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly Channel<Request> _requests = Channel.CreateBounded<Request>(MaxWaiting);
    private readonly Dictionary<string, CommandResult> _answered = [];
    private readonly Queue<string> _answeredInOrder = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _running;
    private long _turnedAway;

    /// <param name="bus">A bus that can listen too; stays the caller's.</param>
    /// <param name="target">Carries out the commands.</param>
    /// <param name="options">Whose commands, and which.</param>
    /// <param name="time">For the times of the answers.</param>
    /// <param name="logger">Told of every command; null for nowhere.</param>
    public CommandListener(IMessageBus bus, IStreamCommands target, CommandListenerOptions options, TimeProvider time, ILogger? logger = null)
    {
        ArgumentNullException.ThrowIfNull(bus);
        ArgumentNullException.ThrowIfNull(target);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(time);
        _bus = bus;
        _target = target;
        _options = options;
        _topics = new StreamTopics(options.TopicPrefix, options.StreamId);
        _time = time;
        _logger = logger ?? NullLogger.Instance;
        _running = Task.Run(RunAsync);
    }

    /// <summary>Commands that came while too many waited.</summary>
    public long TurnedAway => Interlocked.Read(ref _turnedAway);

    /// <summary>Subscribes; completes when the broker confirmed.</summary>
    /// <exception cref="MessageBusException">The broker does not let this program listen there.</exception>
    public Task ListenAsync(CancellationToken cancellationToken) =>
        ((IMessageSubscriber)_bus).SubscribeAsync(_topics.Commands, QualityOfService.AtLeastOnce, Receive, cancellationToken);

    /// <summary>Ends; a command that is being carried out is cancelled.</summary>
    public async ValueTask DisposeAsync()
    {
        _requests.Writer.TryComplete();
        await _stop.CancelAsync();
        await _running;
        _stop.Dispose();
    }

    private void Receive(ReceivedMessage message)
    {
        if (message.IsRetained)
        {
            _logger.LogWarning("A retained command on {Topic} is not carried out: clear it", message.Topic);
            return;
        }

        // One byte more than is allowed tells that it is too long.
        int length = Math.Min(message.Payload.Length, CommandParser.MaxBytes + 1);
        if (!_requests.Writer.TryWrite(new Request(message.Payload[..length].ToArray(), message.ResponseTopic, message.CorrelationData.ToArray())))
        {
            Interlocked.Increment(ref _turnedAway);
        }
    }

    private async Task RunAsync()
    {
        try
        {
            await foreach (Request request in _requests.Reader.ReadAllAsync(_stop.Token))
            {
                await AnswerAsync(request);
            }
        }
        catch (OperationCanceledException)
        {
            // Told to stop.
        }
    }

    private async Task AnswerAsync(Request request)
    {
        bool isValid = CommandParser.TryParse(request.Payload, out StreamCommand? command, out string? id, out string? fault);
        string? topic = ReplyTopic(request.ResponseTopic);
        if (topic is null)
        {
            (isValid, fault, topic) = (false, "the response topic is not one that answers may go to", _topics.Replies);
        }

        if (isValid && !_options.Allowed.Contains(command!.Name))
        {
            (isValid, fault) = (false, $"the configuration does not allow {CommandParser.NameOf(command.Name)}");
        }

        if (!isValid)
        {
            _logger.LogWarning("A command for {Stream} is rejected: {Reason}", _options.StreamId, fault);
            await ReplyAsync(topic, request, id, command?.Name, "rejected", fault);
            return;
        }

        CommandResult result = await ExecuteOnceAsync(command!);
        await ReplyAsync(topic, request, id, command!.Name, result.IsDone ? "done" : "failed", result.Reason);
    }

    private async Task<CommandResult> ExecuteOnceAsync(StreamCommand command)
    {
        if (_answered.TryGetValue(command.Id, out CommandResult? before))
        {
            return before;
        }

        CommandResult result;
        try
        {
            result = await _target.ExecuteAsync(command, _stop.Token);
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            _logger.LogError(fault, "The command {Command} for {Stream} failed", CommandParser.NameOf(command.Name), _options.StreamId);
            result = new CommandResult(IsDone: false, "AuStream failed to carry it out; its log says why");
        }

        _logger.LogInformation("{Stream}: {Command} {Id}: {Result} {Reason}", _options.StreamId, CommandParser.NameOf(command.Name), command.Id, result.IsDone ? "done" : "failed", result.Reason);
        _answered[command.Id] = result;
        _answeredInOrder.Enqueue(command.Id);
        if (_answeredInOrder.Count > RememberedCommands)
        {
            _answered.Remove(_answeredInOrder.Dequeue());
        }

        return result;
    }

    /// <summary>Where the answer goes; null when the sender asks for a topic that it has no business with: one of AuStream's own, or one of the broker's.</summary>
    private string? ReplyTopic(string? asked)
    {
        if (asked is null || asked == _topics.Replies || asked.StartsWith(_topics.Replies + "/", StringComparison.Ordinal))
        {
            return asked ?? _topics.Replies;
        }

        bool isOurs = asked == _options.TopicPrefix || asked.StartsWith(_options.TopicPrefix + "/", StringComparison.Ordinal);
        return isOurs || asked.Length is 0 or > LongestTopic || asked[0] == '$' || asked.AsSpan().IndexOfAny("+#\0") >= 0 ? null : asked;
    }

    private async Task ReplyAsync(string topic, Request request, string? id, StreamCommandName? name, string status, string? reason)
    {
        ArrayBufferWriter<byte> payload = new();
        using (Utf8JsonWriter json = new(payload))
        {
            json.WriteStartObject();
            json.WriteString("schema", MessageSchema.Reply);
            json.WriteString("site", _options.Site);
            json.WriteString("stream", _options.StreamId);
            json.WriteTime(JsonEncodedText.Encode("time"), _time.GetUtcNow());
            if (id is not null)
            {
                json.WriteString("id", id);
            }

            if (name is { } known)
            {
                json.WriteString("command", CommandParser.NameOf(known));
            }

            json.WriteString("status", status);
            if (reason is not null)
            {
                json.WriteString("reason", reason);
            }

            json.WriteEndObject();
        }

        BusRoute route = new()
        {
            Topic = topic,
            QualityOfService = QualityOfService.AtLeastOnce,
            CorrelationData = request.CorrelationData,
            UserProperties = [new("schema", MessageSchema.Reply)],
            IsForOneMessage = true,
        };
        try
        {
            PublishResult published = await _bus.PublishAsync(route, payload.WrittenMemory, _stop.Token);
            if (published.Outcome != PublishOutcome.Acknowledged)
            {
                _logger.LogWarning("The answer to the command {Id} on {Topic} was not delivered: {Reason}", id, topic, published.Reason);
            }
        }
        catch (MessageBusException unusable)
        {
            _logger.LogWarning("The answer to the command {Id} was not delivered: {Reason}", id, unusable.Message);
        }
    }

    private sealed record Request(byte[] Payload, string? ResponseTopic, byte[] CorrelationData);
}
