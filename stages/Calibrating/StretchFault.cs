namespace AuStream.Stages.Calibrating;

/// <summary>Why a frame of a face is of no use for its neutral reference.</summary>
internal enum StretchFault
{
    /// <summary>It is of use.</summary>
    None,

    /// <summary>The face is hidden.</summary>
    NotSeen,

    /// <summary>The network gave no valid result.</summary>
    NotMeasured,

    /// <summary>The landmark network doubts that it sees a whole face.</summary>
    Unclear,

    /// <summary>Too few pixels.</summary>
    TooSmall,

    /// <summary>Turned or nodding too far.</summary>
    NotFrontal,

    /// <summary>The head moves.</summary>
    Moving,
}
