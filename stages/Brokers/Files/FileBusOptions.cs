namespace AuStream.Stages.Brokers.Files;

/// <summary>Where a <see cref="FileBus"/> writes, and how often.</summary>
public sealed record FileBusOptions
{
    /// <summary>An existing folder, of one stream alone.</summary>
    public required string Folder { get; init; }

    /// <summary>How long messages without acknowledgement wait at most before they are handed to the operating system.</summary>
    public TimeSpan FlushInterval { get; init; } = TimeSpan.FromSeconds(0.5);

    /// <summary>How often a folder that is away or full is tried again.</summary>
    public TimeSpan RetryInterval { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Most bytes without acknowledgement that wait, per file; further messages are dropped.</summary>
    public int MaxBufferedBytes { get; init; } = 4 * 1024 * 1024;
}
