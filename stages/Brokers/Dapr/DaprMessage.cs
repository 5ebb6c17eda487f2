namespace AuStream.Stages.Brokers.Dapr;

/// <summary>A message on its way to the sidecar.</summary>
/// <param name="Route">Where it goes.</param>
/// <param name="Payload">A copy of its contents.</param>
/// <param name="Completion">Told what became of it; null for a message without acknowledgement.</param>
internal sealed record DaprMessage(BusRoute Route, ReadOnlyMemory<byte> Payload, TaskCompletionSource<PublishResult>? Completion);
