using System.Buffers;
using AuStream.Stages.ActionUnits;
using AuStream.Stages.Brokers;
using AuStream.Stages.Faces;
using AuStream.Stages.Messages;
using AuStream.Stages.Publishing.Spooling;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace AuStream.Stages.Publishing;

/// <summary>
/// Publishes one stream on a message bus. Frames and statistics may be dropped, and are counted: without a connection, or when the
/// broker is slow. Events go at least once and in order: while the broker is away they wait in a spool and are published when it is
/// back. The status is retained at the broker and replaced by the last will when this program vanishes.
/// </summary>
/// <remarks>Calls as <see cref="IResultSink"/> asks, except <see cref="Counters"/> and <see cref="PublishStatusAsync"/>, which may come from any thread. A frame allocates nothing.</remarks>
public sealed class BusResultSink : IResultSink
{
    private static readonly TimeSpan s_lastWords = TimeSpan.FromSeconds(1);

    private readonly IMessageBus _bus;
    private readonly BusResultSinkOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly IMessageEncoder _encoder;
    private readonly Lock _encoding = new();
    private readonly ArrayBufferWriter<byte> _buffer = new(16 * 1024);
    private readonly StreamClock _clock;
    private readonly FaceLifeCycle _faces;
    private readonly GroupAggregator? _groups;
    private readonly IEventSpool _spool;
    private readonly EventDelivery _delivery;
    private readonly UnspooledPublisher _unspooled;
    private readonly UnspooledPublisher _statistics;
    private readonly ResultRoutes _routes;
    private readonly StatusComposer _condition;
    private readonly string _eventKind;
    private readonly string _groupKind;
    private readonly long _lostBefore;
    private readonly ITimer? _repeatStatus;
    private StreamStatus _status = new(StreamState.Starting);
    private long _eventNumber;
    private long _eventBytes;
    private volatile bool _isStopped;

    /// <param name="bus">A bus of this stream alone, made with <see cref="CreateWill"/>; the sink connects it and disposes it.</param>
    /// <param name="session">The session.</param>
    /// <param name="options">Where to publish.</param>
    /// <param name="ids">Makes the ids of face events.</param>
    /// <param name="time">For the times of status and statistics.</param>
    /// <param name="logger">Where trouble with the delivery goes; null for nowhere.</param>
    /// <param name="store">Where events wait for their broker; null for memory, which ends with this program.</param>
    /// <param name="spoolName">Name of the stream and broker in the store; null for the stream's id.</param>
    /// <exception cref="ArgumentException">The prefix or the stream's id cannot be part of a topic.</exception>
    public BusResultSink(
        IMessageBus bus,
        SessionInfo session,
        BusResultSinkOptions options,
        EventIdGenerator ids,
        TimeProvider time,
        ILogger? logger = null,
        EventSpoolStore? store = null,
        string? spoolName = null)
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
        _encoder = MessageEncoders.Create(options.Encoding, session, options.Purpose, options.Privacy);
        _clock = new StreamClock(session.StartedAt);
        _faces = new FaceLifeCycle(ids);
        _groups = options.Privacy == PrivacyMode.Aggregate ? new GroupAggregator(session.ActionUnits, options.MinimumGroup, options.GroupInterval) : null;
        _routes = new ResultRoutes(session, options);
        _eventKind = ResultRoutes.KindOf(MessageSchema.Event, options.Encoding);
        _groupKind = ResultRoutes.KindOf(MessageSchema.Group, options.Encoding);
        _unspooled = new UnspooledPublisher(bus);
        _statistics = new UnspooledPublisher(bus);
        _spool = store?.Of(spoolName ?? session.StreamId) ?? new MemoryEventSpool(options.MaxWaitingEvents);
        _lostBefore = _spool.Lost;
        _condition = new StatusComposer(_spool, _lostBefore, time, _logger);
        _delivery = new EventDelivery(bus, _spool, _routes.Spooled, _routes.Status, _logger, time);
        SendStatus();
        _repeatStatus = options.StatusInterval is { } interval ? time.CreateTimer(_ => RepeatStatus(), null, interval, interval) : null;
    }

    /// <summary>What became of the messages so far.</summary>
    public DeliveryCounters Counters => new(
        _unspooled.Sent,
        _unspooled.Dropped,
        _delivery.Delivered,
        _spool.Waiting,
        _spool.Lost - _lostBefore,
        _delivery.Rejected,
        _bus.Counters.Connects);

    /// <inheritdoc/>
    string IResultSink.Kind => _bus switch
    {
        Brokers.Dapr.DaprBus => "dapr",
        Brokers.Files.FileBus => "json_lines",
        _ => "mqtt",
    };

    /// <inheritdoc/>
    SinkCounters IResultSink.Counters
    {
        get
        {
            DeliveryCounters now = Counters;
            return new SinkCounters(
                now.FramesSent,
                now.FramesDropped,
                now.EventsDelivered,
                now.EventsLost + now.EventsRejected,
                now.EventsWaiting,
                _unspooled.Bytes + Interlocked.Read(ref _eventBytes));
        }
    }

    /// <inheritdoc/>
    string? IResultSink.Trouble => _bus.Status is { State: not BusState.Connected } status ? status.Reason ?? "not connected" : null;

    /// <summary>The last will that a stream's bus must be made with: the broker then says <c>offline</c> when this program vanishes.</summary>
    public static LastWill CreateWill(SessionInfo session, BusResultSinkOptions options)
    {
        ArgumentNullException.ThrowIfNull(session);
        ArgumentNullException.ThrowIfNull(options);
        ArrayBufferWriter<byte> payload = new();
        IMessageEncoder encoder = MessageEncoders.Create(options.Encoding, session, options.Purpose, options.Privacy);
        encoder.WriteStatus(new StreamStatus(StreamState.Offline, "the connection to the program was lost"), time: null, payload);
        return new LastWill(new ResultRoutes(session, options).Status, payload.WrittenMemory);
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
        if (_groups is not null)
        {
            // Before the clock moves on: the statistics are about earlier frames.
            AppendGroup(_groups.Observe(faces));
            _clock.Observe(faces.Envelope);
            return ValueTask.CompletedTask;
        }

        _clock.Observe(faces.Envelope);
        if (_options.Privacy == PrivacyMode.Faces)
        {
            PublishFrame(faces);
        }

        AppendFaceEvents(_faces.Observe(faces));
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public ValueTask PublishEventAsync(ActionUnitEvent actionUnitEvent, CancellationToken cancellationToken)
    {
        if (_groups is null)
        {
            lock (_encoding)
            {
                _buffer.ResetWrittenCount();
                _encoder.WriteEvent(actionUnitEvent, ++_eventNumber, _clock, _buffer);
                _spool.Append(_eventKind, _buffer.WrittenSpan);
                Interlocked.Add(ref _eventBytes, _buffer.WrittenCount);
            }

            AfterAppending();
        }

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

                // That it stopped is the last thing said, after everything that waits.
                if (status.State != StreamState.Stopped)
                {
                    SendStatus();
                }
            }
        }

        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public ValueTask PublishStatisticsAsync(StreamStatistics statistics, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(statistics);
        lock (_encoding)
        {
            // How many there are is told by the groups, where they are large enough.
            StreamStatistics told = _groups is null ? statistics : statistics with { Faces = null };
            _buffer.ResetWrittenCount();
            _encoder.WriteStatistics(told, Counters, _time.GetUtcNow(), _buffer);
            _statistics.Publish(_routes.Statistics, _buffer.WrittenMemory);
            if (_condition.HasChanged() && !_isStopped)
            {
                SendStatus();
            }
        }

        return ValueTask.CompletedTask;
    }

    /// <summary>Ends the faces that are there, delivers what waits (for a bounded time), says <c>stopped</c> and goodbye.</summary>
    /// <inheritdoc/>
    public async ValueTask CompleteAsync(CancellationToken cancellationToken)
    {
        if (_groups is not null)
        {
            AppendGroup(_groups.Complete());
        }
        else
        {
            AppendFaceEvents(_faces.Complete());
        }

        // The status alone is no reason to wait for a broker that is away: its last will has said more.
        bool isWorthWaiting = _bus.Status.State == BusState.Connected || Counters.EventsWaiting > 0;
        bool isDrained = isWorthWaiting && await _delivery.DrainAsync(_options.DrainTimeout, cancellationToken);
        SayStopped(reason: null);
        isDrained = isDrained && await _delivery.DrainAsync(_options.DrainTimeout, cancellationToken);
        if (isWorthWaiting && !isDrained)
        {
            _logger.LogError("{Count} event messages were not delivered before the end: {Reason}", Counters.EventsWaiting, _bus.Status.Reason ?? "the broker is slow");
        }

        await EndAsync();
        await _bus.DisconnectAsync();
    }

    /// <summary>Disconnects. Without <see cref="CompleteAsync"/> before, the status becomes <c>stopped</c> with that as its reason, if the broker takes it at once.</summary>
    public async ValueTask DisposeAsync()
    {
        if (!_isStopped)
        {
            SayStopped("the stream was given up without being completed");
            if (_bus.Status.State == BusState.Connected)
            {
                await _delivery.DrainAsync(s_lastWords, CancellationToken.None);
            }
        }

        await EndAsync();
        await _bus.DisposeAsync();
    }

    private async ValueTask EndAsync()
    {
        if (_repeatStatus is not null)
        {
            await _repeatStatus.DisposeAsync();
        }

        await _delivery.DisposeAsync();
    }

    private void PublishFrame(FrameFaces faces)
    {
        if (!_unspooled.CanPublish)
        {
            _unspooled.Drop();
            return;
        }

        lock (_encoding)
        {
            _buffer.ResetWrittenCount();
            _encoder.WriteFrame(faces, _buffer);
            _unspooled.Publish(_routes.Frames, _buffer.WrittenMemory);
        }
    }

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
                _spool.Append(_eventKind, _buffer.WrittenSpan);
                Interlocked.Add(ref _eventBytes, _buffer.WrittenCount);
            }
        }

        AfterAppending();
    }

    private void AppendGroup(GroupStatistics? group)
    {
        if (group is null)
        {
            return;
        }

        lock (_encoding)
        {
            _buffer.ResetWrittenCount();
            _encoder.WriteGroup(group, ++_eventNumber, _clock, _buffer);
            _spool.Append(_groupKind, _buffer.WrittenSpan);
            Interlocked.Add(ref _eventBytes, _buffer.WrittenCount);
        }

        AfterAppending();
    }

    private void AfterAppending()
    {
        if (_condition.IsDue())
        {
            lock (_encoding)
            {
                if (_condition.HasChanged())
                {
                    SendStatus();
                }
            }
        }

        _delivery.Signal();
    }

    private void SayStopped(string? reason)
    {
        lock (_encoding)
        {
            _status = _status.State == StreamState.Stopped ? _status : new StreamStatus(StreamState.Stopped, reason);
            _isStopped = true;
            SendStatus();
        }
    }

    private void RepeatStatus()
    {
        lock (_encoding)
        {
            if (!_isStopped)
            {
                SendStatus();
            }
        }
    }

    /// <summary>Hands the current status to the delivery. Call under the lock, or before anyone else can.</summary>
    private void SendStatus()
    {
        ArrayBufferWriter<byte> payload = new();
        _encoder.WriteStatus(_condition.Compose(_status), _time.GetUtcNow(), payload);
        _delivery.SetStatus(payload.WrittenMemory.ToArray());
    }
}
