namespace AuStream.Stages.Brokers.Mosquitto;

/// <summary>Lets a bounded number of messages be in flight; the others wait and are started strictly in the order they came.</summary>
/// <remarks>Thread-safe.</remarks>
/// <param name="limit">Most messages in flight.</param>
/// <param name="tryStart">Starts one; returns its result when it came to its end at once. Called under a lock, one at a time.</param>
/// <param name="count">Told every result.</param>
internal sealed class PublicationQueue(int limit, Func<PendingPublication, PublishResult?> tryStart, Action<PublishResult> count)
{
    private readonly Lock _lock = new();
    private readonly Queue<PendingPublication> _waiting = new();
    private int _inFlight;

    /// <summary>Publishes in turn; completes when the message is settled.</summary>
    public ValueTask<PublishResult> PublishAsync(PendingPublication publication, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
        {
            return ValueTask.FromCanceled<PublishResult>(cancellationToken);
        }

        lock (_lock)
        {
            _waiting.Enqueue(publication);
            Advance();
        }

        return cancellationToken.CanBeCanceled
            ? AwaitAsync(publication, cancellationToken)
            : new ValueTask<PublishResult>(publication.Completion.Task);
    }

    /// <summary>A message that was started came to its end.</summary>
    public void Settle(PendingPublication publication, PublishResult result)
    {
        count(result);
        publication.Completion.TrySetResult(result);
        lock (_lock)
        {
            _inFlight--;
            Advance();
        }
    }

    private async ValueTask<PublishResult> AwaitAsync(PendingPublication publication, CancellationToken cancellationToken)
    {
        await using CancellationTokenRegistration registration = cancellationToken.UnsafeRegister(
            _ =>
            {
                // Under the lock: a message is either never started, or its payload has been copied.
                lock (_lock)
                {
                    publication.Completion.TrySetCanceled(cancellationToken);
                }
            },
            null);
        return await publication.Completion.Task;
    }

    private void Advance()
    {
        while (_inFlight < limit && _waiting.TryDequeue(out PendingPublication? publication))
        {
            if (publication.Completion.Task.IsCompleted)
            {
                continue;
            }

            _inFlight++;
            if (tryStart(publication) is { } result)
            {
                _inFlight--;
                count(result);
                publication.Completion.TrySetResult(result);
            }
        }
    }
}
