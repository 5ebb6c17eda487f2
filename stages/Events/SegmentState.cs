namespace AuStream.Stages.Events;

/// <summary>Where an action unit of a face stands.</summary>
internal enum SegmentState
{
    /// <summary>Off.</summary>
    Idle,

    /// <summary>On.</summary>
    On,

    /// <summary>Went off so recently that the gap may yet be bridged.</summary>
    Pending,
}
