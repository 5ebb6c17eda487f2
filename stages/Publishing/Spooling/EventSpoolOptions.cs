namespace AuStream.Stages.Publishing.Spooling;

/// <summary>Where events wait for their broker, and for how long.</summary>
public sealed record EventSpoolOptions
{
    /// <summary>Folder of the spool's file; made when it is missing. Of one program alone.</summary>
    public required string Folder { get; init; }

    /// <summary>Most bytes of messages that wait, per stream and broker; beyond it the oldest give way. At least 64 KiB.</summary>
    public long MaxBytes { get; init; } = 64 * 1024 * 1024;

    /// <summary>Longest time that a message waits; what is older gives way.</summary>
    public TimeSpan MaxAge { get; init; } = TimeSpan.FromDays(7);

    /// <summary>
    /// True waits for the disk at every message, so that a power failure loses none; false leaves that to the operating system.
    /// A killed program loses none either way.
    /// </summary>
    public bool SynchronizesEveryMessage { get; init; }

    /// <summary>Most messages of a stream that wait in memory while the disk cannot be written.</summary>
    public int MaxInMemory { get; init; } = 10_000;

    /// <summary>How often a disk that could not be written is tried again.</summary>
    public TimeSpan RetryInterval { get; init; } = TimeSpan.FromSeconds(5);
}
