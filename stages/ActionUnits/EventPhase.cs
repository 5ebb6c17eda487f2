namespace AuStream.Stages.ActionUnits;

/// <summary>Which message about an event this is. Every <see cref="Start"/> is followed by exactly one <see cref="End"/> of the same id.</summary>
public enum EventPhase
{
    /// <summary>The action unit became present.</summary>
    Start,

    /// <summary>It is still present; peak and mean so far.</summary>
    Update,

    /// <summary>It is over; the final values.</summary>
    End,
}
