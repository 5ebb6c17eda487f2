using Microsoft.Extensions.Logging;

namespace AuStream.Stages.Brokers.Mosquitto;

/// <summary>What a bus listens to: asked for anew on every connection, and handed the messages that match.</summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class MosquittoSubscriptions(ILogger logger)
{
    private readonly Lock _lock = new();
    private volatile Subscription[] _subscriptions = [];
    private MosquittoConnection? _connection;

    /// <summary>Adds a subscription; completes when a broker confirmed it.</summary>
    public Task AddAsync(string topicFilter, QualityOfService qualityOfService, MessageHandler handler, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(handler);
        if (string.IsNullOrEmpty(topicFilter) || MosquittoNative.CheckTopicFilter(topicFilter) != MosquittoCode.Success)
        {
            throw new MessageBusException($"'{topicFilter}' is not a topic filter.");
        }

        Subscription subscription = new(topicFilter, qualityOfService, handler);
        lock (_lock)
        {
            _subscriptions = [.. _subscriptions, subscription];
            if (_connection is not null)
            {
                _ = ConfirmAsync(subscription, _connection.Subscribe(topicFilter, qualityOfService));
            }
        }

        return subscription.Confirmed.Task.WaitAsync(cancellationToken);
    }

    /// <summary>Asks for everything on a new connection.</summary>
    public void Renew(MosquittoConnection connection)
    {
        lock (_lock)
        {
            _connection = connection;
            foreach (Subscription subscription in _subscriptions)
            {
                _ = ConfirmAsync(subscription, connection.Subscribe(subscription.TopicFilter, subscription.QualityOfService));
            }
        }
    }

    /// <summary>The connection ended; further subscriptions wait for the next one.</summary>
    public void Suspend()
    {
        lock (_lock)
        {
            _connection = null;
        }
    }

    /// <summary>There will be no further connection: who waits for a confirmation is told.</summary>
    public void End()
    {
        foreach (Subscription subscription in _subscriptions)
        {
            subscription.Confirmed.TrySetException(new MessageBusException("The bus was disconnected."));
        }
    }

    /// <summary>Calls the handlers that a message is for.</summary>
    public void Deliver(ReceivedMessage message)
    {
        foreach (Subscription subscription in _subscriptions)
        {
            if (MosquittoNative.MatchTopic(subscription.TopicFilter, message.Topic, out bool matches) != MosquittoCode.Success || !matches)
            {
                continue;
            }

            try
            {
                subscription.Handler(message);
            }
#pragma warning disable CA1031 // The caller is native code, which no exception may reach.
            catch (Exception e)
#pragma warning restore CA1031
            {
                logger.LogError(e, "A handler of messages on {Topic} failed", message.Topic);
            }
        }
    }

    private static async Task ConfirmAsync(Subscription subscription, Task<int> granted)
    {
        try
        {
            int code = await granted;
            if (code >= MosquittoCode.ReasonFailure)
            {
                subscription.Confirmed.TrySetException(
                    new MessageBusException($"The broker refused the subscription to {subscription.TopicFilter}: {MosquittoLibrary.ReasonText(code)}."));
            }
            else
            {
                subscription.Confirmed.TrySetResult();
            }
        }
        catch (OperationCanceledException)
        {
            // The connection ended first; the next one asks again.
        }
        catch (MessageBusException e)
        {
            subscription.Confirmed.TrySetException(e);
        }
    }

    private sealed record Subscription(string TopicFilter, QualityOfService QualityOfService, MessageHandler Handler)
    {
        public TaskCompletionSource Confirmed { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
