namespace AuStream.Stages.Brokers;

/// <summary>Takes one received message.</summary>
/// <param name="topic">Where it was published.</param>
/// <param name="payload">The bytes; valid during the call only.</param>
/// <param name="isRetained">True when the broker had kept it from before the subscription.</param>
public delegate void MessageHandler(string topic, ReadOnlySpan<byte> payload, bool isRetained);
