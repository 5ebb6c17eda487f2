namespace AuStream.Stages.Brokers;

/// <summary>A bus that can also listen.</summary>
public interface IMessageSubscriber
{
    /// <summary>
    /// Hands every message on matching topics to the handler, also after reconnections. Completes when the broker confirmed; waits
    /// for a connection where there is none. The handler runs on the bus's own thread: it must not block and must not throw.
    /// </summary>
    /// <param name="topicFilter">A topic, with MQTT's wildcards <c>+</c> and <c>#</c> where wanted.</param>
    /// <param name="qualityOfService">The most the broker shall use for this subscription.</param>
    /// <param name="handler">Called for every message.</param>
    /// <param name="cancellationToken">Cancels the waiting; the subscription stays.</param>
    /// <exception cref="MessageBusException">The broker refused the subscription, or the bus was disconnected.</exception>
    Task SubscribeAsync(string topicFilter, QualityOfService qualityOfService, MessageHandler handler, CancellationToken cancellationToken);
}
