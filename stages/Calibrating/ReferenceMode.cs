namespace AuStream.Stages.Calibrating;

/// <summary>Where the neutral faces of a stream come from.</summary>
public enum ReferenceMode
{
    /// <summary>There are none.</summary>
    Off,

    /// <summary>Only from enrolment; a face that was not enrolled has none.</summary>
    Enrolled,

    /// <summary>From each face's own calm frames, until it is enrolled.</summary>
    Estimated,
}
