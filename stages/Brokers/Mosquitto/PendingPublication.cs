namespace AuStream.Stages.Brokers.Mosquitto;

/// <summary>A message that waits for its turn or for its acknowledgement.</summary>
/// <param name="native">Its topic and properties.</param>
/// <param name="retain">Whether the broker keeps it.</param>
/// <param name="payload">Its contents; belongs to the caller until the publication is settled.</param>
internal sealed class PendingPublication(MosquittoRoutes.NativeRoute native, bool retain, ReadOnlyMemory<byte> payload)
{
    public MosquittoRoutes.NativeRoute Native => native;

    public bool Retain => retain;

    public ReadOnlyMemory<byte> Payload => payload;

    public TaskCompletionSource<PublishResult> Completion { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
}
