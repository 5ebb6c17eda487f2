namespace AuStream.Stages.Brokers.InMemory;

/// <summary>A broker within the process, for tests and for embedding: it takes messages, keeps retained ones, serves subscribers, and can be told to fail.</summary>
/// <remarks>Thread-safe. Handlers run under its lock, in the order of the messages; they must not block.</remarks>
public sealed class InMemoryBroker
{
    private readonly Lock _lock = new();
    private readonly List<BrokeredMessage> _messages = [];
    private readonly Dictionary<string, BrokeredMessage> _retained = [];
    private readonly List<InMemoryBus> _clients = [];
    private bool _isAway;
    private string? _refusal;

    /// <summary>Every message taken so far, in order.</summary>
    public IReadOnlyList<BrokeredMessage> Messages
    {
        get
        {
            lock (_lock)
            {
                return [.. _messages];
            }
        }
    }

    /// <summary>Takes the broker away: every connection ends and new ones fail, until <see cref="ComeBack"/>.</summary>
    public void GoAway() => Change(() =>
    {
        _isAway = true;
        foreach (InMemoryBus client in _clients)
        {
            client.End(new BusStatus(BusState.Disconnected, "the broker went away"));
        }
    });

    /// <summary>Brings the broker back: clients that want a connection get one.</summary>
    public void ComeBack() => Change(() =>
    {
        _isAway = false;
        foreach (InMemoryBus client in _clients)
        {
            client.Begin();
        }
    });

    /// <summary>From now on every new connection is refused for this reason; null accepts again.</summary>
    public void Refuse(string? reason) => Change(() => _refusal = reason);

    /// <summary>Cuts a client off without a goodbye, so that its last will is published, and lets it reconnect.</summary>
    public void Cut(InMemoryBus client) => Change(() =>
    {
        ArgumentNullException.ThrowIfNull(client);
        client.End(new BusStatus(BusState.Disconnected, "the connection was cut"));
        if (client.Will is { } will)
        {
            Take(will.Route, will.Payload.Span);
        }

        client.Begin();
    });

    internal void Change(Action change)
    {
        lock (_lock)
        {
            change();
        }
    }

    /// <summary>The answer to a client that wants to connect; call within <see cref="Change"/>.</summary>
    internal BusStatus Admit(InMemoryBus client)
    {
        if (!_clients.Contains(client))
        {
            _clients.Add(client);
        }

        return _isAway ? new BusStatus(BusState.Disconnected, "the broker is away")
            : _refusal is not null ? new BusStatus(BusState.Refused, _refusal)
            : new BusStatus(BusState.Connected);
    }

    internal void Forget(InMemoryBus client) => _clients.Remove(client);

    internal void Take(BusRoute route, ReadOnlySpan<byte> payload)
    {
        BrokeredMessage message = new(route, payload.ToArray());
        _messages.Add(message);
        if (route.Retain)
        {
            _retained[route.Topic] = message;
        }

        foreach (InMemoryBus client in _clients)
        {
            client.Deliver(message, isRetained: false);
        }
    }

    internal void DeliverRetained(InMemoryBus client)
    {
        foreach (BrokeredMessage message in _retained.Values)
        {
            client.Deliver(message, isRetained: true);
        }
    }
}
