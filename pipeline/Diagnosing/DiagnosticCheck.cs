namespace AuStream.Pipeline.Diagnosing;

/// <summary>One line of the doctor's report.</summary>
/// <param name="Name">What was looked at, in a word or two.</param>
/// <param name="State">How it came out.</param>
/// <param name="Detail">What was found: versions, sizes, names.</param>
/// <param name="Remedy">What to do about it; null where there is nothing to do.</param>
public sealed record DiagnosticCheck(string Name, CheckState State, string Detail, string? Remedy = null)
{
    /// <summary>A check that came out well.</summary>
    public static DiagnosticCheck Ok(string name, string detail) => new(name, CheckState.Ok, detail);

    /// <summary>Something optional is missing.</summary>
    public static DiagnosticCheck Warning(string name, string detail, string? remedy = null) => new(name, CheckState.Warning, detail, remedy);

    /// <summary>Something needed is missing.</summary>
    public static DiagnosticCheck Missing(string name, string detail, string remedy) => new(name, CheckState.Missing, detail, remedy);
}
