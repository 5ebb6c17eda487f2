namespace AuStream.Stages.Faces;

/// <summary>What a frame's action units of a face were compared with (docs/time.md, "Neutral reference").</summary>
public enum CalibrationState
{
    /// <summary>With nothing, and nothing is being gathered: the reference is switched off, or only enrolment would give one.</summary>
    None,

    /// <summary>With nothing yet: the face's calm frames are being gathered.</summary>
    Estimating,

    /// <summary>With the mean of the calmest frames of this face so far.</summary>
    Estimated,

    /// <summary>With the neutral face that was enrolled for this face.</summary>
    Enrolled,
}
