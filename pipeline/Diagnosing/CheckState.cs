namespace AuStream.Pipeline.Diagnosing;

/// <summary>How a check came out.</summary>
public enum CheckState
{
    /// <summary>Works.</summary>
    Ok,

    /// <summary>The commands run, but something optional is missing or slower than it could be.</summary>
    Warning,

    /// <summary>Some command cannot run without it.</summary>
    Missing,
}
