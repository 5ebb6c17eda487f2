namespace AuStream.Pipeline.Assembling;

/// <summary>Whether a model's temporal head is used.</summary>
public enum TemporalMode
{
    /// <summary>Where the model has one and its manifest says that it is on by default.</summary>
    Auto,

    /// <summary>Never.</summary>
    Off,

    /// <summary>Always; a model without one is refused.</summary>
    On,
}
