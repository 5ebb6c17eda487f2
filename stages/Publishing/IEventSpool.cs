namespace AuStream.Stages.Publishing;

/// <summary>
/// Event messages that wait for their acknowledgement, in the order they came. Each has a position that rises by 1; what is released
/// is gone. A spool is bounded: when it is full the oldest message gives way and is counted as lost.
/// </summary>
/// <remarks>One caller appends, another reads and releases, at the same time. An implementation on disk can stand in for the one in memory.</remarks>
internal interface IEventSpool
{
    /// <summary>Position of the oldest message that is there, or <see cref="Next"/> when there is none.</summary>
    long First { get; }

    /// <summary>Position that the next message gets.</summary>
    long Next { get; }

    /// <summary>Messages that gave way so far.</summary>
    long Lost { get; }

    /// <summary>Adds a message at the end.</summary>
    void Append(ReadOnlySpan<byte> payload);

    /// <summary>The message at a position; false when it was released, gave way, or is not there yet.</summary>
    bool TryGet(long position, out ReadOnlyMemory<byte> payload);

    /// <summary>Forgets every message up to and including a position.</summary>
    void Release(long position);
}
