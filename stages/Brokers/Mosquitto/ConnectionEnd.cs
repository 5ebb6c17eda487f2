namespace AuStream.Stages.Brokers.Mosquitto;

/// <summary>How an attempt or a connection ended.</summary>
/// <param name="Status">What the bus is to say about it.</param>
/// <param name="WasConnected">True when the broker had accepted the client.</param>
internal readonly record struct ConnectionEnd(BusStatus Status, bool WasConnected);
