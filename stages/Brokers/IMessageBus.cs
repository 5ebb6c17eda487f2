namespace AuStream.Stages.Brokers;

/// <summary>
/// A connection to a message broker that is kept up until it is told to stop: an adapter connects, reconnects with growing
/// delays, and says at any time whether it can deliver. It stores nothing: what must survive an outage is kept by the caller,
/// who publishes again what was not acknowledged.
/// </summary>
/// <remarks>
/// <para>Concurrency: <see cref="PublishAsync"/>, <see cref="Status"/> and <see cref="Counters"/> may be used from any threads at
/// once. Messages that one caller publishes one after the other arrive in that order. <see cref="ConnectAsync"/>,
/// <see cref="DisconnectAsync"/> and disposal are for one caller at a time.</para>
/// <para><see cref="StatusChanged"/> is raised on the adapter's own thread, one change at a time and in order; a handler must not
/// block and must not throw.</para>
/// <para>The last will belongs to the connection and is given to an adapter's constructor: a stream that wants its own
/// last will has its own bus.</para>
/// </remarks>
public interface IMessageBus : IAsyncDisposable
{
    /// <summary>Whether messages flow. Between failed attempts it goes on saying why the latest one failed.</summary>
    BusStatus Status { get; }

    /// <summary>What was done so far.</summary>
    BusCounters Counters { get; }

    /// <summary>The status changed.</summary>
    event Action<BusStatus>? StatusChanged;

    /// <summary>
    /// Starts to keep a connection. Completes with the outcome of the first attempt: connected, refused, or disconnected when
    /// nobody answered; attempts go on in the background until <see cref="DisconnectAsync"/>. Called again, it only waits for an outcome.
    /// </summary>
    /// <exception cref="MessageBusException">The adapter cannot work at all: a library or a file is missing. The message names the remedy.</exception>
    /// <exception cref="OperationCanceledException">Only the waiting was cancelled.</exception>
    Task<BusStatus> ConnectAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Publishes one message. The payload may be reused when the returned task completes; at
    /// <see cref="QualityOfService.AtMostOnce"/> that is on return, without waiting and without managed allocation.
    /// At <see cref="QualityOfService.AtLeastOnce"/> it completes when the broker acknowledged, or when that can no longer
    /// happen; the number of messages in flight is bounded, and a call above the bound waits. Network trouble is an outcome, not an exception.
    /// </summary>
    /// <exception cref="OperationCanceledException">The waiting was cancelled; the message may have been delivered.</exception>
    ValueTask<PublishResult> PublishAsync(BusRoute route, ReadOnlyMemory<byte> payload, CancellationToken cancellationToken);

    /// <summary>Sends what was handed over, says goodbye (so that the last will is not published) and stops reconnecting. Bounded in time.</summary>
    Task DisconnectAsync();
}
