using AuStream.Stages.Brokers;
using AuStream.Stages.Publishing.Spooling;
using Microsoft.Extensions.Logging;

namespace AuStream.Stages.Publishing;

/// <summary>
/// Brings the messages of a spool to a bus, in order, at least once: several are in flight at a time, and when one was not
/// acknowledged, it and all that follow are published again. Keeps the retained status at the broker up to date as well.
/// </summary>
/// <remarks>One background task per delivery. <see cref="Signal"/> and <see cref="SetStatus"/> may be called from any thread.</remarks>
internal sealed class EventDelivery : IAsyncDisposable
{
    private const int Window = 20;
    private static readonly TimeSpan s_firstRetryDelay = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan s_longestRetryDelay = TimeSpan.FromSeconds(10);

    private readonly IMessageBus _bus;
    private readonly IEventSpool _spool;
    private readonly IReadOnlyDictionary<string, BusRoute> _routes;
    private readonly BusRoute _statusRoute;
    private readonly ILogger _logger;
    private readonly TimeProvider _time;
    private readonly CancellationTokenSource _stop = new();
    private readonly Queue<(long Position, Task<PublishResult> Publication)> _inFlight = new();
    private readonly ReconnectDelay _retryDelay = new(s_firstRetryDelay, s_longestRetryDelay, Random.Shared);
    private readonly Task _running;
    private volatile TaskCompletionSource _signal = NewSignal();
    private volatile byte[]? _status;
    private volatile byte[]? _statusTold;
    private volatile bool _isReconnected;
    private volatile TaskCompletionSource? _drained;
    private int _disposed;
    private long _statusConnection;
    private long _next;
    private long _delivered;
    private long _rejected;

    public EventDelivery(IMessageBus bus, IEventSpool spool, IReadOnlyDictionary<string, BusRoute> routes, BusRoute statusRoute, ILogger logger, TimeProvider time)
    {
        _bus = bus;
        _spool = spool;
        _routes = routes;
        _statusRoute = statusRoute;
        _logger = logger;
        _time = time;
        _bus.StatusChanged += OnBusChanged;
        _running = Task.Run(RunAsync);
    }

    /// <summary>Messages that the broker acknowledged.</summary>
    public long Delivered => Interlocked.Read(ref _delivered);

    /// <summary>Messages that the broker rejected for good.</summary>
    public long Rejected => Interlocked.Read(ref _rejected);

    /// <summary>True when the broker lacks the status: it changed, or the connection is another one and the last will may have taken its place.</summary>
    private bool StatusIsStale => _status is not null && (_status != _statusTold || _statusConnection != _bus.Counters.Connects);

    /// <summary>The spool has something new.</summary>
    public void Signal() => _signal.TrySetResult();

    /// <summary>What the broker shall keep as the stream's status from now on.</summary>
    public void SetStatus(byte[] payload)
    {
        _status = payload;
        Signal();
    }

    /// <summary>Waits until every message and the status are at the broker; false when that was not possible in time. One caller at a time.</summary>
    public async Task<bool> DrainAsync(TimeSpan patience, CancellationToken cancellationToken)
    {
        TaskCompletionSource drained = NewSignal();
        _drained = drained;
        Signal();
        try
        {
            await drained.Task.WaitAsync(patience, _time, cancellationToken);
            return true;
        }
        catch (Exception e) when (e is TimeoutException or OperationCanceledException)
        {
            return false;
        }
    }

    /// <summary>Ends the background task; what is not delivered stays in the spool.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0)
        {
            return;
        }

        _bus.StatusChanged -= OnBusChanged;
        await _stop.CancelAsync();
        await _running;
        _stop.Dispose();
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private void OnBusChanged(BusStatus status)
    {
        if (status.State == BusState.Connected)
        {
            _isReconnected = true;
        }

        Signal();
    }

    private async Task RunAsync()
    {
        try
        {
            while (true)
            {
                // Taken before the look: what happens after it wakes the wait below.
                TaskCompletionSource signal = NewSignal();
                _signal = signal;
                if (_bus.Status.State == BusState.Connected)
                {
                    await PublishStatusAsync();
                    Fill();
                }

                if (_inFlight.Count == 0 && _spool.Waiting == 0 && !StatusIsStale)
                {
                    _drained?.TrySetResult();
                }

                if (_inFlight.TryPeek(out (long Position, Task<PublishResult> Publication) head))
                {
                    await Task.WhenAny(head.Publication, signal.Task).WaitAsync(_stop.Token);
                    await SettleAsync();
                }
                else
                {
                    await signal.Task.WaitAsync(_stop.Token);
                }
            }
        }
        catch (OperationCanceledException)
        {
            // Told to stop.
        }
    }

    private async Task PublishStatusAsync()
    {
        if (!StatusIsStale)
        {
            return;
        }

        // Noted before it is published: a status or a connection that comes meanwhile makes it stale again.
        _statusConnection = _bus.Counters.Connects;
        byte[] status = _status!;
        _statusTold = status;
        PublishResult result = await _bus.PublishAsync(_statusRoute, status, _stop.Token);
        if (result.Outcome == PublishOutcome.Acknowledged)
        {
            return;
        }

        if (result.Outcome == PublishOutcome.Rejected)
        {
            _logger.LogError("The broker rejects the status on {Topic}: {Reason}", _statusRoute.Topic, result.Reason);
        }

        if (!result.IsPermanent)
        {
            _statusTold = null;
            await WaitForRetryAsync();
        }
    }

    private void Fill()
    {
        // Messages that gave way while they waited are passed over.
        while (_inFlight.Count < Window && !HasFailure() && _spool.TryRead(_next, out SpooledMessage message))
        {
            Task<PublishResult> publication = _routes.TryGetValue(message.Kind, out BusRoute? route)
                ? _bus.PublishAsync(route, message.Payload, CancellationToken.None).AsTask()
                : Task.FromResult(new PublishResult(PublishOutcome.Rejected, $"this version does not know messages of the kind '{message.Kind}'", IsPermanent: true));
            _inFlight.Enqueue((message.Position, publication));
            _next = message.Position + 1;
        }
    }

    /// <summary>True when a message in flight will have to be published again: nothing may overtake it.</summary>
    private bool HasFailure()
    {
        foreach ((_, Task<PublishResult> publication) in _inFlight)
        {
            if (publication.IsCompletedSuccessfully && publication.Result is { Outcome: not PublishOutcome.Acknowledged, IsPermanent: false })
            {
                return true;
            }
        }

        return false;
    }

    private async Task SettleAsync()
    {
        while (_inFlight.TryPeek(out (long Position, Task<PublishResult> Publication) head) && head.Publication.IsCompleted)
        {
            PublishResult result = await head.Publication;
            if (result.Outcome == PublishOutcome.Acknowledged)
            {
                Interlocked.Increment(ref _delivered);
                _inFlight.Dequeue();
                _spool.Release(head.Position);
            }
            else if (result.IsPermanent)
            {
                Interlocked.Increment(ref _rejected);
                _logger.LogError("An event message of {Topic} is rejected for good: {Reason}", _statusRoute.Topic, result.Reason);
                _inFlight.Dequeue();
                _spool.Release(head.Position);
            }
            else
            {
                await GoBackAsync(head.Position, result);
            }
        }
    }

    /// <summary>Publishes again from a position, after everything in flight has come to its end.</summary>
    private async Task GoBackAsync(long position, PublishResult result)
    {
        if (result.Outcome == PublishOutcome.Rejected)
        {
            _logger.LogWarning("The broker does not take the events of {Topic} now, they wait: {Reason}", _statusRoute.Topic, result.Reason);
        }

        while (_inFlight.TryDequeue(out (long Position, Task<PublishResult> Publication) publication))
        {
            await publication.Publication.WaitAsync(_stop.Token);
        }

        _next = position;
        await WaitForRetryAsync();
    }

    private Task WaitForRetryAsync()
    {
        if (_isReconnected)
        {
            _isReconnected = false;
            _retryDelay.Reset();
        }

        return Task.Delay(_retryDelay.Next(), _time, _stop.Token);
    }
}
