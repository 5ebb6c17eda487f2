using AuStream.Stages.Brokers;

namespace AuStream.Stages.Tests.Publishing;

/// <summary>A bus whose connection can be used, and is counted, before anybody is told of it: what a busy machine does between two lines of code.</summary>
internal sealed class LateBus(IMessageBus bus) : IMessageBus
{
    private readonly List<Action<BusStatus>> _handlers = [];

    public event Action<BusStatus>? StatusChanged
    {
        add => _handlers.Add(value!);
        remove => _handlers.Remove(value!);
    }

    public BusStatus Status => bus.Status;

    public BusCounters Counters => bus.Counters;

    /// <summary>Tells of the status as it is now.</summary>
    public void Announce() => _handlers.ForEach(handler => handler(bus.Status));

    public async Task<BusStatus> ConnectAsync(CancellationToken cancellationToken)
    {
        BusStatus status = await bus.ConnectAsync(cancellationToken);

        // The delivery looks once; a change to what it was wakes it as any other does.
        _handlers.ForEach(handler => handler(new BusStatus(BusState.Connecting)));
        return status;
    }

    public ValueTask<PublishResult> PublishAsync(BusRoute route, ReadOnlyMemory<byte> payload, CancellationToken cancellationToken) =>
        bus.PublishAsync(route, payload, cancellationToken);

    public Task DisconnectAsync() => bus.DisconnectAsync();

    public ValueTask DisposeAsync() => bus.DisposeAsync();
}
