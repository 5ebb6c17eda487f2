using System.Buffers;
using AuStream.Stages.ActionUnits;
using AuStream.Stages.Brokers;
using AuStream.Stages.Faces;
using AuStream.Stages.Messages;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace AuStream.Stages.Publishing;

/// <summary>
/// Publishes one stream on a message bus. Frames and statistics go at most once: without a connection, or when the broker is slow,
/// they are dropped and counted. Events go at least once and in order: while the broker is away they wait in memory, up to a bound,
/// and are published when it is back. The status is retained at the broker and replaced by the last will when this program vanishes.
/// </summary>
/// <remarks>Calls as <see cref="IResultSink"/> asks, except <see cref="Counters"/> and <see cref="PublishStatusAsync"/>, which may come from any thread. A frame allocates nothing.</remarks>
public sealed class MqttResultSink : IResultSink
{
    private static readonly TimeSpan s_lastWords = TimeSpan.FromSeconds(1);

    private readonly IMessageBus _bus;
    private readonly MqttResultSinkOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly JsonMessageEncoder _encoder;
    private readonly Lock _encoding = new();
    private readonly ArrayBufferWriter<byte> _buffer = new(16 * 1024);
    private readonly StreamClock _clock;
    private readonly FaceLifeCycle _faces;
    private readonly MemoryEventSpool _spool;
    private readonly EventDelivery _delivery;
    private readonly BusRoute _frameRoute;
    private readonly BusRoute _statisticsRoute;
    private StreamStatus _status = new(StreamState.Starting);
    private long _eventNumber;
    private long _reportedLost;
    private long _nextLossReport = 1;
    private long _framesSent;
    private long _framesDropped;
    private volatile bool _isStopped;

    /// <param name="bus">A bus of this stream alone, made with <see cref="CreateWill"/>; the sink connects it and disposes it.</param>
    /// <param name="session">The session.</param>
    /// <param name="options">Where to publish.</param>
    /// <param name="ids">Makes the ids of face events.</param>
    /// <param name="time">For the times of status and statistics.</param>
    /// <param name="logger">Where trouble with the delivery goes; null for nowhere.</param>
    /// <exception cref="ArgumentException">The prefix or the stream's id cannot be part of a topic.</exception>
    public MqttResultSink(
        IMessageBus bus, SessionInfo session, MqttResultSinkOptions options, EventIdGenerator ids, TimeProvider time, ILogger? logger = null)
    {
        ArgumentNullException.ThrowIfNull(bus);
        ArgumentNullException.ThrowIfNull(session);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(time);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.MaxWaitingEvents, 1);
        _bus = bus;
        _options = options;
        _time = time;
        _logger = logger ?? NullLogger.Instance;
        _encoder = new JsonMessageEncoder(session, options.Purpose);
        _clock = new StreamClock(session.StartedAt);
        _faces = new FaceLifeCycle(ids);
        StreamTopics topics = new(options.TopicPrefix, session.StreamId);
        _frameRoute = Route(topics.Frames, QualityOfService.AtMostOnce, MessageSchema.Frame) with { Expiry = options.FrameExpiry };
        _statisticsRoute = Route(topics.Statistics, QualityOfService.AtMostOnce, MessageSchema.Statistics);
        _spool = new MemoryEventSpool(options.MaxWaitingEvents);
        _delivery = new EventDelivery(
            bus,
            _spool,
            Route(topics.Events, QualityOfService.AtLeastOnce, MessageSchema.Event),
            Route(topics.Status, QualityOfService.AtLeastOnce, MessageSchema.Status) with { Retain = true },
            _logger,
            time);
        SendStatus();
    }

    /// <summary>What became of the messages so far.</summary>
    public DeliveryCounters Counters => new(
        Interlocked.Read(ref _framesSent),
        Interlocked.Read(ref _framesDropped),
        _delivery.Delivered,
        _spool.Next - _spool.First,
        _spool.Lost,
        _delivery.Rejected,
        _bus.Counters.Connects);

    /// <summary>The last will that a stream's bus must be made with: the broker then says <c>offline</c> when this program vanishes.</summary>
    public static LastWill CreateWill(SessionInfo session, MqttResultSinkOptions options)
    {
        ArgumentNullException.ThrowIfNull(session);
        ArgumentNullException.ThrowIfNull(options);
        ArrayBufferWriter<byte> payload = new();
        JsonMessageEncoder encoder = new(session, options.Purpose);
        encoder.WriteStatus(new StreamStatus(StreamState.Offline, "the connection to the program was lost"), time: null, payload);
        StreamTopics topics = new(options.TopicPrefix, session.StreamId);
        return new LastWill(
            Route(topics.Status, QualityOfService.AtLeastOnce, MessageSchema.Status) with { Retain = true },
            payload.WrittenMemory);
    }

    /// <summary>
    /// Starts to connect and completes with the outcome of the first attempt. A broker that is away or refuses is no exception: the
    /// bus goes on trying, and events wait.
    /// </summary>
    /// <exception cref="MessageBusException">The bus cannot work at all.</exception>
    public Task<BusStatus> ConnectAsync(CancellationToken cancellationToken) => _bus.ConnectAsync(cancellationToken);

    /// <inheritdoc/>
    public ValueTask PublishFrameAsync(FrameFaces faces, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(faces);
        _clock.Observe(faces.Envelope);
        if (_bus.Status.State == BusState.Connected)
        {
            lock (_encoding)
            {
                _buffer.ResetWrittenCount();
                _encoder.WriteFrame(faces, _buffer);
                Send(_frameRoute, ref _framesSent, ref _framesDropped);
            }
        }
        else
        {
            Interlocked.Increment(ref _framesDropped);
        }

        AppendFaceEvents(_faces.Observe(faces));
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public ValueTask PublishEventAsync(ActionUnitEvent actionUnitEvent, CancellationToken cancellationToken)
    {
        lock (_encoding)
        {
            _buffer.ResetWrittenCount();
            _encoder.WriteEvent(actionUnitEvent, ++_eventNumber, _clock, _buffer);
            _spool.Append(_buffer.WrittenSpan);
        }

        AfterAppending();
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public ValueTask PublishStatusAsync(StreamStatus status, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(status);
        lock (_encoding)
        {
            if (!_isStopped)
            {
                _status = status;
                SendStatus();
            }
        }

        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public ValueTask PublishStatisticsAsync(StreamStatistics statistics, CancellationToken cancellationToken)
    {
        lock (_encoding)
        {
            _buffer.ResetWrittenCount();
            _encoder.WriteStatistics(statistics, Counters, _time.GetUtcNow(), _buffer);
            long ignored = 0;
            Send(_statisticsRoute, ref ignored, ref ignored);
        }

        return ValueTask.CompletedTask;
    }

    /// <summary>Ends the faces that are there, delivers what waits (for a bounded time), says <c>stopped</c> and goodbye.</summary>
    /// <inheritdoc/>
    public async ValueTask CompleteAsync(CancellationToken cancellationToken)
    {
        AppendFaceEvents(_faces.Complete());

        // The status alone is no reason to wait for a broker that is away: its last will has said more.
        bool isWorthWaiting = _bus.Status.State == BusState.Connected || Counters.EventsWaiting > 0;
        bool isDrained = isWorthWaiting && await _delivery.DrainAsync(_options.DrainTimeout, cancellationToken);
        await PublishStatusAsync(new StreamStatus(StreamState.Stopped), cancellationToken);
        _isStopped = true;
        isDrained = isDrained && await _delivery.DrainAsync(_options.DrainTimeout, cancellationToken);
        if (isWorthWaiting && !isDrained)
        {
            _logger.LogError("{Count} event messages were not delivered before the end: {Reason}", Counters.EventsWaiting, _bus.Status.Reason ?? "the broker is slow");
        }

        await _delivery.DisposeAsync();
        await _bus.DisconnectAsync();
    }

    /// <summary>Disconnects. Without <see cref="CompleteAsync"/> before, the status becomes <c>stopped</c> with that as its reason, if the broker takes it at once.</summary>
    public async ValueTask DisposeAsync()
    {
        if (!_isStopped)
        {
            await PublishStatusAsync(new StreamStatus(StreamState.Stopped, "the stream was given up without being completed"), CancellationToken.None);
            _isStopped = true;
            if (_bus.Status.State == BusState.Connected)
            {
                await _delivery.DrainAsync(s_lastWords, CancellationToken.None);
            }
        }

        await _delivery.DisposeAsync();
        await _bus.DisposeAsync();
    }

    private static BusRoute Route(string topic, QualityOfService qualityOfService, string schema) => new()
    {
        Topic = topic,
        QualityOfService = qualityOfService,
        UserProperties = [new("schema", schema)],
    };

    private void AppendFaceEvents(IReadOnlyList<FaceEvent> events)
    {
        if (events.Count == 0)
        {
            return;
        }

        lock (_encoding)
        {
            for (int i = 0; i < events.Count; i++)
            {
                _buffer.ResetWrittenCount();
                _encoder.WriteEvent(events[i], ++_eventNumber, _clock, _buffer);
                _spool.Append(_buffer.WrittenSpan);
            }
        }

        AfterAppending();
    }

    private void AfterAppending()
    {
        long lost = _spool.Lost;
        if (lost >= _nextLossReport)
        {
            lock (_encoding)
            {
                if (_reportedLost == 0)
                {
                    _logger.LogError("Events are being lost: more than {Count} wait for the broker ({Reason})", _options.MaxWaitingEvents, _bus.Status.Reason);
                }

                // At 1, 2, 4, 8 …: the exact count is in the statistics.
                _reportedLost = lost;
                _nextLossReport = 2 * lost;
                SendStatus();
            }
        }

        _delivery.Signal();
    }

    /// <summary>Hands the current status to the delivery; a stream that lost events is degraded. Call under the lock, or before anyone else can.</summary>
    private void SendStatus()
    {
        StreamStatus status = _status;
        if (_reportedLost > 0 && status.State is StreamState.Running or StreamState.Degraded)
        {
            string loss = $"{_reportedLost} event messages were lost because the broker was away too long";
            status = new StreamStatus(StreamState.Degraded, status.Reason is null ? loss : $"{status.Reason}; {loss}");
        }

        ArrayBufferWriter<byte> payload = new();
        _encoder.WriteStatus(status, _time.GetUtcNow(), payload);
        _delivery.SetStatus(payload.WrittenMemory.ToArray());
    }

    private void Send(BusRoute route, ref long sent, ref long dropped)
    {
        // At most once is settled on return (IMessageBus): nothing to wait for, and the buffer is free again.
        ValueTask<PublishResult> publication = _bus.PublishAsync(route, _buffer.WrittenMemory, CancellationToken.None);
        PublishResult result = publication.IsCompleted ? publication.Result : publication.AsTask().GetAwaiter().GetResult();
        Interlocked.Increment(ref result.Outcome == PublishOutcome.Sent ? ref sent : ref dropped);
    }
}
