namespace AuStream.Pipeline.Diagnosing;

/// <summary>What the doctor found.</summary>
/// <param name="Version">AuStream's version.</param>
/// <param name="Checks">The checks, in the order in which they are shown.</param>
public sealed record DiagnosticReport(string Version, IReadOnlyList<DiagnosticCheck> Checks)
{
    /// <summary>Whether every command can run: nothing is <see cref="CheckState.Missing"/>.</summary>
    public bool IsUsable => Checks.All(check => check.State != CheckState.Missing);
}
