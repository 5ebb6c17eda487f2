namespace AuStream.Stages.Publishing.Spooling;

/// <summary>
/// Messages of one stream that wait for their acknowledgement, in the order they came. Each has a position that rises; what is
/// released is gone. A spool is bounded: when it is full the oldest message gives way and is counted as lost.
/// </summary>
/// <remarks>One caller appends, another reads and releases, at the same time. A spool that fails never throws: it says so in <see cref="Alarm"/>.</remarks>
internal interface IEventSpool
{
    /// <summary>Messages that wait now.</summary>
    long Waiting { get; }

    /// <summary>Messages that gave way since the program started.</summary>
    long Lost { get; }

    /// <summary>What is wrong with the spool, or nearly so, for people; null while all is well.</summary>
    string? Alarm { get; }

    /// <summary>Adds a message at the end.</summary>
    /// <param name="kind">What the message is and how it is encoded: decides the route it is published on.</param>
    /// <param name="payload">The message; copied.</param>
    void Append(string kind, ReadOnlySpan<byte> payload);

    /// <summary>The first message at or after a position; false when there is none.</summary>
    bool TryRead(long from, out SpooledMessage message);

    /// <summary>Forgets every message up to and including a position.</summary>
    void Release(long position);
}
