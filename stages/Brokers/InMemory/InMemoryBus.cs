namespace AuStream.Stages.Brokers.InMemory;

/// <summary>A bus to an <see cref="InMemoryBroker"/>: the same contract as a real one, without a network.</summary>
public sealed class InMemoryBus : IMessageBus, IMessageSubscriber
{
    private readonly InMemoryBroker _broker;
    private readonly List<(string Filter, MessageHandler Handler)> _subscriptions = [];
    private BusStatus _status = new(BusState.Disconnected);
    private BusCounters _counters;
    private bool _wantsConnection;
    private bool _ended;

    /// <param name="broker">The broker.</param>
    /// <param name="will">What the broker publishes when this client is cut off.</param>
    public InMemoryBus(InMemoryBroker broker, LastWill? will = null)
    {
        ArgumentNullException.ThrowIfNull(broker);
        _broker = broker;
        Will = will;
    }

    /// <inheritdoc/>
    public event Action<BusStatus>? StatusChanged;

    /// <inheritdoc/>
    public BusStatus Status => Volatile.Read(ref _status);

    /// <inheritdoc/>
    public BusCounters Counters
    {
        get
        {
            BusCounters counters = default;
            _broker.Change(() => counters = _counters);
            return counters;
        }
    }

    internal LastWill? Will { get; }

    /// <inheritdoc/>
    public Task<BusStatus> ConnectAsync(CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(_ended, this);
        _broker.Change(() =>
        {
            _wantsConnection = true;
            Begin();
        });
        return Task.FromResult(Status);
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

        PublishOutcome outcome = default;
        _broker.Change(() => outcome = Publish(route, payload.Span));
        return ValueTask.FromResult(new PublishResult(outcome, outcome == PublishOutcome.NotAcknowledged ? Status.Reason ?? "not connected" : null));
    }

    /// <inheritdoc/>
    public Task SubscribeAsync(string topicFilter, QualityOfService qualityOfService, MessageHandler handler, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(topicFilter);
        ArgumentNullException.ThrowIfNull(handler);
        _broker.Change(() =>
        {
            _subscriptions.Add((topicFilter, handler));
            if (Status.State == BusState.Connected)
            {
                _broker.DeliverRetained(this);
            }
        });
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task DisconnectAsync()
    {
        _broker.Change(() =>
        {
            _wantsConnection = false;
            _ended = true;
            _broker.Forget(this);
            End(new BusStatus(BusState.Disconnected));
        });
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync() => await DisconnectAsync();

    internal void Begin()
    {
        if (!_wantsConnection || Status.State == BusState.Connected)
        {
            return;
        }

        BusStatus answer = _broker.Admit(this);
        if (answer.State == BusState.Connected)
        {
            _counters = _counters with { Connects = _counters.Connects + 1 };
            SetStatus(answer);
            _broker.DeliverRetained(this);
        }
        else
        {
            SetStatus(answer);
        }
    }

    internal void End(BusStatus status) => SetStatus(status);

    internal void Deliver(BrokeredMessage message, bool isRetained)
    {
        if (Status.State != BusState.Connected)
        {
            return;
        }

        foreach ((string filter, MessageHandler handler) in _subscriptions)
        {
            if (TopicFilter.Matches(filter, message.Route.Topic))
            {
                handler(new ReceivedMessage
                {
                    Topic = message.Route.Topic,
                    Payload = message.Payload,
                    IsRetained = isRetained,
                    ResponseTopic = message.Route.ResponseTopic,
                    CorrelationData = message.Route.CorrelationData.Span,
                });
            }
        }
    }

    private PublishOutcome Publish(BusRoute route, ReadOnlySpan<byte> payload)
    {
        bool acknowledged = route.QualityOfService == QualityOfService.AtLeastOnce;
        if (Status.State != BusState.Connected)
        {
            _counters = acknowledged
                ? _counters with { NotAcknowledged = _counters.NotAcknowledged + 1 }
                : _counters with { Dropped = _counters.Dropped + 1 };
            return acknowledged ? PublishOutcome.NotAcknowledged : PublishOutcome.Dropped;
        }

        _broker.Take(route, payload);
        _counters = acknowledged
            ? _counters with { Acknowledged = _counters.Acknowledged + 1 }
            : _counters with { Sent = _counters.Sent + 1 };
        return acknowledged ? PublishOutcome.Acknowledged : PublishOutcome.Sent;
    }

    private void SetStatus(BusStatus status)
    {
        if (status != _status)
        {
            Volatile.Write(ref _status, status);
            StatusChanged?.Invoke(status);
        }
    }
}
