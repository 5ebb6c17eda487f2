namespace AuStream.Stages.Brokers;

/// <summary>Takes one received message.</summary>
/// <param name="message">The message; valid during the call only.</param>
public delegate void MessageHandler(ReceivedMessage message);
