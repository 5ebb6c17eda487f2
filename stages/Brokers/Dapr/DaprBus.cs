using System.Net;
using System.Text.Json;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace AuStream.Stages.Brokers.Dapr;

/// <summary>
/// Any pub/sub component of a Dapr sidecar, through Dapr's HTTP API. Messages with acknowledgement are published one after the other,
/// because Dapr promises no order within a request of several; those without go several at a time.
/// </summary>
/// <remarks>
/// Connected means: the sidecar says that it is healthy, takes our token, and has the component. Dapr has no last will and keeps no
/// message for later subscribers: <see cref="BusRoute.Retain"/> has no effect. Each message is a CloudEvent.
/// </remarks>
public sealed class DaprBus : IMessageBus
{
    /// <summary>For so long after a message failed, further ones fail too: their sender cannot know of it yet, and they must not overtake it.</summary>
    private static readonly TimeSpan s_afterFailure = TimeSpan.FromMilliseconds(20);

    private readonly DaprBusOptions _options;
    private readonly ILogger _logger;
    private readonly TimeProvider _time;
    private readonly DaprSidecar _sidecar;
    private readonly Channel<DaprMessage> _unacknowledged;
    private readonly Channel<DaprMessage> _acknowledged = Channel.CreateUnbounded<DaprMessage>(new UnboundedChannelOptions { SingleReader = true });
    private readonly TaskCompletionSource<BusStatus> _settled = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource _stop = new();
    private readonly CancellationTokenSource _abort = new();
    private readonly SemaphoreSlim _trouble = new(0);
    private readonly Lock _lock = new();
    private BusStatus _status = new(BusState.Disconnected);
    private Task? _running;
    private long _sent;
    private long _dropped;
    private long _delivered;
    private long _notAcknowledged;
    private long _rejected;
    private long _connects;
    private long _failedAt = long.MinValue;

    /// <param name="options">Which sidecar and component.</param>
    /// <param name="time">For the delays.</param>
    /// <param name="logger">Where changes of the status go; null for nowhere.</param>
    public DaprBus(DaprBusOptions options, TimeProvider time, ILogger? logger = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(time);
        ArgumentException.ThrowIfNullOrWhiteSpace(options.PubSub);
        _options = options;
        _time = time;
        _logger = logger ?? NullLogger.Instance;
        _sidecar = new DaprSidecar(options.Endpoint);
        _unacknowledged = Channel.CreateBounded<DaprMessage>(new BoundedChannelOptions(options.MaxQueued) { SingleReader = true });
    }

    /// <inheritdoc/>
    public event Action<BusStatus>? StatusChanged;

    /// <inheritdoc/>
    public BusStatus Status => Volatile.Read(ref _status);

    /// <inheritdoc/>
    public BusCounters Counters => new(
        Interlocked.Read(ref _sent),
        Interlocked.Read(ref _dropped),
        Interlocked.Read(ref _delivered),
        Interlocked.Read(ref _notAcknowledged),
        Interlocked.Read(ref _rejected),
        Interlocked.Read(ref _connects));

    /// <inheritdoc/>
    public Task<BusStatus> ConnectAsync(CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(_stop.IsCancellationRequested, this);
        lock (_lock)
        {
            _running ??= Task.WhenAll(
                Task.Run(WatchAsync, CancellationToken.None),
                Task.Run(SendAcknowledgedAsync, CancellationToken.None),
                Task.Run(SendUnacknowledgedAsync, CancellationToken.None));
        }

        return _settled.Task.WaitAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask<PublishResult> PublishAsync(BusRoute route, ReadOnlyMemory<byte> payload, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(route);
        if (cancellationToken.IsCancellationRequested)
        {
            return ValueTask.FromCanceled<PublishResult>(cancellationToken);
        }

        if (route.Topic.Length == 0 || route.Topic.AsSpan().IndexOfAny('+', '#') >= 0)
        {
            throw new MessageBusException($"'{route.Topic}' is not a topic to publish on: it must not be empty nor contain + or #.");
        }

        bool isConnected = Status.State == BusState.Connected;
        if (route.QualityOfService == QualityOfService.AtMostOnce)
        {
            bool isQueued = isConnected && _unacknowledged.Writer.TryWrite(new DaprMessage(route, payload.ToArray(), null));
            Interlocked.Increment(ref isQueued ? ref _sent : ref _dropped);
            return ValueTask.FromResult(new PublishResult(isQueued ? PublishOutcome.Sent : PublishOutcome.Dropped));
        }

        TaskCompletionSource<PublishResult> completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
        if (!isConnected || HasJustFailed() || !_acknowledged.Writer.TryWrite(new DaprMessage(route, payload.ToArray(), completion)))
        {
            Interlocked.Increment(ref _notAcknowledged);
            return ValueTask.FromResult(new PublishResult(PublishOutcome.NotAcknowledged, Status.Reason ?? "not connected"));
        }

        return new ValueTask<PublishResult>(completion.Task.WaitAsync(cancellationToken));
    }

    /// <inheritdoc/>
    public async Task DisconnectAsync()
    {
        if (_stop.IsCancellationRequested)
        {
            await (_running ?? Task.CompletedTask);
            return;
        }

        _unacknowledged.Writer.TryComplete();
        _acknowledged.Writer.TryComplete();
        _abort.CancelAfter(_options.DisconnectTimeout);
        await _stop.CancelAsync();
        await (_running ?? Task.CompletedTask);
        SetStatus(new BusStatus(BusState.Disconnected));
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await DisconnectAsync();
        _sidecar.Dispose();
        _stop.Dispose();
        _abort.Dispose();
        _trouble.Dispose();
    }

    private bool HasJustFailed() => Volatile.Read(ref _failedAt) is var at && at != long.MinValue && _time.GetElapsedTime(at) < s_afterFailure;

    private string TopicOf(BusRoute route)
    {
        string topic = _options.TopicSeparator == '/' ? route.Topic : route.Topic.Replace('/', _options.TopicSeparator);
        return string.Join('/', topic.Split('/').Select(Uri.EscapeDataString));
    }

    private async Task WatchAsync()
    {
        ReconnectDelay delay = new(_options.ReconnectDelay, _options.MaxReconnectDelay, Random.Shared);
        try
        {
            while (true)
            {
                BusStatus found = await LookAsync();
                if (found.State == BusState.Connected && Status.State != BusState.Connected)
                {
                    Interlocked.Increment(ref _connects);
                    delay.Reset();
                }

                SetStatus(found);
                _settled.TrySetResult(found);
                TimeSpan wait = found.State == BusState.Connected ? _options.HealthInterval : delay.Next();
                using CancellationTokenSource waiting = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token);
                Task due = Task.Delay(wait, _time, waiting.Token);

                // Trouble with a message is a reason to look again at once.
                await Task.WhenAny(due, found.State == BusState.Connected ? _trouble.WaitAsync(waiting.Token) : due);
                await waiting.CancelAsync();
                _stop.Token.ThrowIfCancellationRequested();
            }
        }
        catch (OperationCanceledException)
        {
            // Told to stop.
        }

        _settled.TrySetResult(Status);
    }

    private async Task<BusStatus> LookAsync()
    {
        Uri address = _options.Endpoint.Address;
        try
        {
            if (!await _sidecar.IsHealthyAsync(_stop.Token).ConfigureAwait(false))
            {
                return new BusStatus(BusState.Disconnected, $"the Dapr sidecar at {address} says that it is not healthy");
            }

            return Status.State != BusState.Connected && await _sidecar.FindRefusalAsync(_options.PubSub, _stop.Token).ConfigureAwait(false) is { } refusal
                ? new BusStatus(BusState.Refused, $"the Dapr sidecar at {address}: {refusal}")
                : new BusStatus(BusState.Connected);
        }
        catch (HttpRequestException away)
        {
            return new BusStatus(BusState.Disconnected, $"the Dapr sidecar at {address} cannot be reached: {away.Message}");
        }
        catch (TaskCanceledException) when (!_stop.IsCancellationRequested)
        {
            return new BusStatus(BusState.Disconnected, $"the Dapr sidecar at {address} does not answer");
        }
        catch (Exception e) when (e is MessageBusException or JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return new BusStatus(BusState.Refused, $"the Dapr sidecar at {address}: {e.Message}");
        }
    }

    private async Task SendAcknowledgedAsync()
    {
        await foreach (DaprMessage message in _acknowledged.Reader.ReadAllAsync())
        {
            PublishResult result = await SendAsync(message);
            if (result.Outcome == PublishOutcome.Acknowledged || result.IsPermanent)
            {
                Settle(message, result);
                continue;
            }

            // Whatever waits behind it must not overtake it.
            Volatile.Write(ref _failedAt, _time.GetTimestamp());
            Settle(message, result);
            while (_acknowledged.Reader.TryRead(out DaprMessage? next))
            {
                Settle(next, new PublishResult(PublishOutcome.NotAcknowledged, "a message before it was not delivered"));
            }

            if (result.Outcome == PublishOutcome.NotAcknowledged && !_stop.IsCancellationRequested)
            {
                _trouble.Release();
            }
        }
    }

    private async Task<PublishResult> SendAsync(DaprMessage message)
    {
        try
        {
            ReadOnlyMemory<byte> body = DaprEnvelope.Create(_options.Source, message.Route, message.Payload.Span);
            using HttpResponseMessage response = await _sidecar.PublishAsync(_options.PubSub, TopicOf(message.Route), body, message.Route.Expiry, _abort.Token);
            return response.IsSuccessStatusCode
                ? new PublishResult(PublishOutcome.Acknowledged)
                : await ExplainAsync(response);
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException or MessageBusException)
        {
            return new PublishResult(PublishOutcome.NotAcknowledged, $"the Dapr sidecar did not take it: {e.Message}");
        }
    }

    private async Task<PublishResult> ExplainAsync(HttpResponseMessage response)
    {
        string text = await response.Content.ReadAsStringAsync(_abort.Token);
        string reason = $"the Dapr sidecar answered {(int)response.StatusCode}: {(text.Length > 300 ? text[..300] : text)}";
        return response.StatusCode switch
        {
            HttpStatusCode.RequestEntityTooLarge => new PublishResult(PublishOutcome.Rejected, reason, IsPermanent: true),
            HttpStatusCode.BadRequest or HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden or HttpStatusCode.NotFound => new PublishResult(PublishOutcome.Rejected, reason),
            _ => new PublishResult(PublishOutcome.NotAcknowledged, reason),
        };
    }

    private void Settle(DaprMessage message, PublishResult result)
    {
        switch (result.Outcome)
        {
            case PublishOutcome.Acknowledged:
                Interlocked.Increment(ref _delivered);
                break;
            case PublishOutcome.Rejected:
                Interlocked.Increment(ref _rejected);
                break;
            default:
                Interlocked.Increment(ref _notAcknowledged);
                break;
        }

        message.Completion!.TrySetResult(result);
    }

    private async Task SendUnacknowledgedAsync()
    {
        List<DaprMessage> batch = [];
        while (await _unacknowledged.Reader.WaitToReadAsync())
        {
            batch.Clear();
            while (batch.Count < _options.MaxBulk && _unacknowledged.Reader.TryPeek(out DaprMessage? next) && (batch.Count == 0 || next.Route == batch[0].Route))
            {
                _unacknowledged.Reader.TryRead(out _);
                batch.Add(next);
            }

            await SendBatchAsync(batch);
        }
    }

    private async Task SendBatchAsync(List<DaprMessage> batch)
    {
        int failed = batch.Count;
        try
        {
            if (batch.Count == 1)
            {
                failed = (await SendAsync(batch[0])).Outcome == PublishOutcome.Acknowledged ? 0 : 1;
            }
            else
            {
                BusRoute route = batch[0].Route;
                ReadOnlyMemory<byte> body = DaprEnvelope.CreateBulk(_options.Source, batch);
                using HttpResponseMessage response = await _sidecar.PublishBulkAsync(_options.PubSub, TopicOf(route), body, route.Expiry, _abort.Token);
                failed = response.IsSuccessStatusCode ? 0 : await CountFailedAsync(response, batch.Count);
            }
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException or MessageBusException)
        {
            _logger.LogDebug(e, "{Count} messages were not taken by the Dapr sidecar", batch.Count);
        }

        Interlocked.Add(ref _dropped, failed);
        Interlocked.Add(ref _sent, -failed);
    }

    private async Task<int> CountFailedAsync(HttpResponseMessage response, int all)
    {
        try
        {
            using JsonDocument answer = JsonDocument.Parse(await response.Content.ReadAsByteArrayAsync(_abort.Token));
            return answer.RootElement.TryGetProperty("failedEntries", out JsonElement failed) && failed.ValueKind == JsonValueKind.Array
                ? failed.GetArrayLength()
                : all;
        }
        catch (JsonException)
        {
            return all;
        }
    }

    private void SetStatus(BusStatus status)
    {
        lock (_lock)
        {
            if (status == _status)
            {
                return;
            }

            Volatile.Write(ref _status, status);
        }

        if (status.Reason is not null)
        {
            _logger.LogWarning("{Reason}", status.Reason);
        }
        else
        {
            _logger.LogInformation("Dapr {Address} {PubSub}: {State}", _options.Endpoint.Address, _options.PubSub, status.State);
        }

        StatusChanged?.Invoke(status);
    }
}
