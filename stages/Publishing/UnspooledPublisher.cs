using System.Buffers;
using AuStream.Stages.Brokers;

namespace AuStream.Stages.Publishing;

/// <summary>Publishes messages that may be dropped: never waits, counts what went and what did not.</summary>
/// <remarks>For one caller at a time; the counters may be read from any thread. Without acknowledgement it allocates nothing.</remarks>
internal sealed class UnspooledPublisher(IMessageBus bus)
{
    /// <summary>Most messages that wait for their acknowledgement at once.</summary>
    private const int MaxInFlight = 64;

    private long _sent;
    private long _dropped;
    private long _bytes;
    private int _inFlight;

    public long Sent => Interlocked.Read(ref _sent);

    public long Dropped => Interlocked.Read(ref _dropped);

    public long Bytes => Interlocked.Read(ref _bytes);

    /// <summary>True when there is any use in encoding a message.</summary>
    public bool CanPublish => bus.Status.State == BusState.Connected;

    public void Drop() => Interlocked.Increment(ref _dropped);

    public void Publish(BusRoute route, ReadOnlyMemory<byte> payload)
    {
        if (route.QualityOfService == QualityOfService.AtMostOnce)
        {
            // Settled on return (IMessageBus): nothing to wait for, and the buffer is free again.
            ValueTask<PublishResult> publication = bus.PublishAsync(route, payload, CancellationToken.None);
            PublishResult result = publication.IsCompleted ? publication.Result : publication.AsTask().GetAwaiter().GetResult();
            Count(result.Outcome == PublishOutcome.Sent, payload.Length);
        }
        else if (Volatile.Read(ref _inFlight) >= MaxInFlight)
        {
            Drop();
        }
        else
        {
            Interlocked.Increment(ref _inFlight);
            _ = PublishAcknowledgedAsync(route, payload.Span);
        }
    }

    private Task PublishAcknowledgedAsync(BusRoute route, ReadOnlySpan<byte> payload)
    {
        byte[] copy = ArrayPool<byte>.Shared.Rent(payload.Length);
        payload.CopyTo(copy);
        return FinishAsync(bus.PublishAsync(route, copy.AsMemory(0, payload.Length), CancellationToken.None), copy, payload.Length);
    }

    private async Task FinishAsync(ValueTask<PublishResult> publication, byte[] copy, int length)
    {
        PublishResult result = await publication.ConfigureAwait(false);
        ArrayPool<byte>.Shared.Return(copy);
        Interlocked.Decrement(ref _inFlight);
        Count(result.Outcome == PublishOutcome.Acknowledged, length);
    }

    private void Count(bool isSent, int length)
    {
        Interlocked.Increment(ref isSent ? ref _sent : ref _dropped);
        Interlocked.Add(ref _bytes, isSent ? length : 0);
    }
}
