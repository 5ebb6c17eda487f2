namespace AuStream.Pipeline.Graph;

/// <summary>What a stream has used of the processor, in <see cref="ComputeTurns"/>' virtual time.</summary>
public sealed class ComputeAccount
{
    /// <summary>Where the stream's latest request ends, in ticks; kept under the lock of its <see cref="ComputeTurns"/>.</summary>
    internal long Finish { get; set; }
}
