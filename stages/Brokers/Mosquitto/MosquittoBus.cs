using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace AuStream.Stages.Brokers.Mosquitto;

/// <summary>
/// MQTT 5 or 3.1.1 through <c>libmosquitto</c>. One background thread per bus connects, serves the connection and reconnects
/// with growing, jittered delays. Nothing is stored: see <see cref="IMessageBus"/>.
/// </summary>
public sealed class MosquittoBus : IMessageBus, IMessageSubscriber, IMosquittoOwner
{
    /// <summary>What every broker of MQTT 3.1.1 must take (section 3.1.3.1).</summary>
    private const int LongestSafeClientId = 23;

    private readonly MosquittoBusOptions _options;
    private readonly ILogger _logger;
    private readonly MosquittoRoutes _routes;
    private readonly PublicationQueue _publications;
    private readonly Lock _lock = new();
    private readonly MosquittoSubscriptions _subscriptions;
    private readonly TaskCompletionSource<BusStatus> _settled = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ManualResetEventSlim _stop = new();
    private Thread? _thread;
    private volatile MosquittoConnection? _connection;
    private volatile BusStatus _status = new(BusState.Disconnected);
    private long _sent;
    private long _dropped;
    private long _acknowledged;
    private long _notAcknowledged;
    private long _rejected;
    private long _connects;

    /// <param name="options">Where and how to connect.</param>
    /// <param name="logger">Where changes of the status go; null for nowhere.</param>
    /// <exception cref="MessageBusException">An option cannot work, or the library is missing; the message names the remedy.</exception>
    public MosquittoBus(MosquittoBusOptions options, ILogger? logger = null)
    {
        MosquittoBusOptionsValidator.Validate(options);
        _ = MosquittoLibrary.Version;
        _options = options with { ClientId = options.ClientId ?? $"austream-{Guid.NewGuid():N}"[..LongestSafeClientId] };
        _logger = logger ?? NullLogger.Instance;
        _routes = new MosquittoRoutes(options.Version);
        _subscriptions = new MosquittoSubscriptions(_logger);
        _publications = new PublicationQueue(options.MaxInFlight, TryStart, Count);
    }

    /// <inheritdoc/>
    public event Action<BusStatus>? StatusChanged;

    /// <inheritdoc/>
    public BusStatus Status => _status;

    /// <inheritdoc/>
    public BusCounters Counters => new(
        Interlocked.Read(ref _sent),
        Interlocked.Read(ref _dropped),
        Interlocked.Read(ref _acknowledged),
        Interlocked.Read(ref _notAcknowledged),
        Interlocked.Read(ref _rejected),
        Interlocked.Read(ref _connects));

    /// <inheritdoc/>
    public Task<BusStatus> ConnectAsync(CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(_stop.IsSet, this);
        lock (_lock)
        {
            if (_thread is null)
            {
                // Made here, so that a certificate or password that cannot be used is the caller's exception.
                MosquittoConnection first = new(_options, this);
                _thread = new Thread(() => Run(first)) { IsBackground = true, Name = $"mqtt {_options.Host}:{_options.Port}" };
                _thread.Start();
            }
        }

        return _settled.Task.WaitAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask<PublishResult> PublishAsync(BusRoute route, ReadOnlyMemory<byte> payload, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(route);
        return route.QualityOfService == QualityOfService.AtMostOnce
            ? new ValueTask<PublishResult>(PublishUnacknowledged(route, payload.Span))
            : _publications.PublishAsync(new PendingPublication(_routes[route], route.Retain, payload), cancellationToken);
    }

    /// <inheritdoc/>
    public Task SubscribeAsync(string topicFilter, QualityOfService qualityOfService, MessageHandler handler, CancellationToken cancellationToken) =>
        _subscriptions.AddAsync(topicFilter, qualityOfService, handler, cancellationToken);

    /// <inheritdoc/>
    public async Task DisconnectAsync()
    {
        lock (_lock)
        {
            if (_stop.IsSet && _thread is null)
            {
                return;
            }

            _stop.Set();
            _connection?.Stop();
            if (_thread is null)
            {
                _ended.TrySetResult();
            }
        }

        await _ended.Task;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await DisconnectAsync();
        _routes.Dispose();
    }

    void IMosquittoOwner.Connected(MosquittoConnection connection)
    {
        Interlocked.Increment(ref _connects);
        _subscriptions.Renew(connection);
        SetStatus(new BusStatus(BusState.Connected));
    }

    void IMosquittoOwner.Settled(PendingPublication publication, PublishResult result) => _publications.Settle(publication, result);

    void IMosquittoOwner.Received(ReceivedMessage message) => _subscriptions.Deliver(message);

    private void Run(MosquittoConnection first)
    {
        ReconnectDelay delay = new(_options.ReconnectDelay, _options.MaxReconnectDelay, Random.Shared);
        MosquittoConnection? connection = first;
        SetStatus(new BusStatus(BusState.Connecting));
        do
        {
            ConnectionEnd end = Serve(connection);
            connection = null;
            if (end.WasConnected)
            {
                delay.Reset();
            }

            SetStatus(end.Status);
        }
        while (!_stop.Wait(delay.Next()));

        SetStatus(new BusStatus(BusState.Disconnected));
        _subscriptions.End();
        _ended.TrySetResult();
    }

    private ConnectionEnd Serve(MosquittoConnection? connection)
    {
        try
        {
            connection ??= new MosquittoConnection(_options, this);
        }
        catch (MessageBusException e)
        {
            return new ConnectionEnd(new BusStatus(BusState.Refused, e.Message), WasConnected: false);
        }

        using (connection)
        {
            lock (_lock)
            {
                _connection = connection;
                if (_stop.IsSet)
                {
                    connection.Stop();
                }
            }

            ConnectionEnd end = connection.Run();
            _subscriptions.Suspend();
            lock (_lock)
            {
                _connection = null;
            }

            return end;
        }
    }

    private PublishResult PublishUnacknowledged(BusRoute route, ReadOnlySpan<byte> payload)
    {
        MosquittoConnection? connection = _connection;
        if (connection is not { IsConnected: true } || connection.Queued >= _options.MaxQueued)
        {
            Interlocked.Increment(ref _dropped);
            return new PublishResult(PublishOutcome.Dropped);
        }

        try
        {
            int error = connection.Publish(_routes[route], route.Retain, payload);
            if (error == MosquittoCode.Success)
            {
                Interlocked.Increment(ref _sent);
                return new PublishResult(PublishOutcome.Sent);
            }

            Interlocked.Increment(ref _dropped);
            return new PublishResult(PublishOutcome.Dropped, MosquittoLibrary.ErrorText(error));
        }
        catch (ObjectDisposedException)
        {
            // The connection ended between the look and the call.
            Interlocked.Increment(ref _dropped);
            return new PublishResult(PublishOutcome.Dropped);
        }
    }

    private PublishResult? TryStart(PendingPublication publication)
    {
        int error = MosquittoCode.NoConnection;
        try
        {
            error = _connection?.Publish(publication) ?? MosquittoCode.NoConnection;
        }
        catch (ObjectDisposedException)
        {
            // The connection ended between the look and the call.
        }

        return error switch
        {
            MosquittoCode.Success => null,
            MosquittoCode.NoConnection or MosquittoCode.ConnectionLost => new PublishResult(PublishOutcome.NotAcknowledged, _status.Reason ?? "not connected"),
            _ => new PublishResult(PublishOutcome.Rejected, MosquittoLibrary.ErrorText(error), IsPermanent: error != MosquittoCode.OutOfMemory),
        };
    }

    private void Count(PublishResult result)
    {
        switch (result.Outcome)
        {
            case PublishOutcome.Acknowledged:
                Interlocked.Increment(ref _acknowledged);
                break;
            case PublishOutcome.Rejected:
                Interlocked.Increment(ref _rejected);
                break;
            default:
                Interlocked.Increment(ref _notAcknowledged);
                break;
        }
    }

    private void SetStatus(BusStatus status)
    {
        if (status == _status)
        {
            return;
        }

        _status = status;
        if (status.State is BusState.Connected or BusState.Connecting)
        {
            _logger.LogInformation("{Broker}: {State}", _options, status.State);
        }
        else if (status.Reason is not null)
        {
            _logger.LogWarning("{Reason}", status.Reason);
        }

        if (status.State != BusState.Connecting)
        {
            _settled.TrySetResult(status);
        }

        try
        {
            StatusChanged?.Invoke(status);
        }
        catch (Exception e)
        {
            _logger.LogError(e, "A handler of the bus's status failed");
        }
    }
}
