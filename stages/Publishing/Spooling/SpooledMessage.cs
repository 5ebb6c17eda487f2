namespace AuStream.Stages.Publishing.Spooling;

/// <summary>A message that waits.</summary>
/// <param name="Position">Its place in the spool.</param>
/// <param name="Kind">What it is and how it is encoded.</param>
/// <param name="Payload">The message.</param>
internal readonly record struct SpooledMessage(long Position, string Kind, ReadOnlyMemory<byte> Payload);
