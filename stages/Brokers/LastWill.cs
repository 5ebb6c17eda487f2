namespace AuStream.Stages.Brokers;

/// <summary>What the broker publishes for a client that disappears without saying goodbye. Given when a bus is made.</summary>
/// <param name="Route">Where it goes.</param>
/// <param name="Payload">What it says.</param>
public sealed record LastWill(BusRoute Route, ReadOnlyMemory<byte> Payload);
