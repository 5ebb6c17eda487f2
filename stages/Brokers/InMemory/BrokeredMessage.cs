namespace AuStream.Stages.Brokers.InMemory;

/// <summary>A message as an <see cref="InMemoryBroker"/> took it.</summary>
/// <param name="Route">The route it was published on.</param>
/// <param name="Payload">A copy of its contents.</param>
public sealed record BrokeredMessage(BusRoute Route, byte[] Payload);
