namespace AuStream.Stages.ActionUnits;

/// <summary>Why an event ended.</summary>
public enum EventEndReason
{
    /// <summary>Not ended yet.</summary>
    None,

    /// <summary>The action unit went away.</summary>
    Offset,

    /// <summary>The face was lost.</summary>
    FaceLost,

    /// <summary>The stream ended or the program stopped.</summary>
    StreamEnded,

    /// <summary>The threshold from which on an action unit is present was changed; where it still holds, a new event begins.</summary>
    ThresholdChanged,
}
