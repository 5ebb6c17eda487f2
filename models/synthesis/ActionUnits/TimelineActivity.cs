namespace AuStream.Synthesis.ActionUnits;

/// <summary>How much a face does in a sequence. Blinks, gaze, speech and head motion are always there.</summary>
public enum TimelineActivity
{
    /// <summary>One expression after another.</summary>
    Lively,

    /// <summary>No expression at all: what must not be taken for one.</summary>
    Calm,

    /// <summary>Lively, but the first expression is there before the first frame and is held for long.</summary>
    BeginsHeld,
}
