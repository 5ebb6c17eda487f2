namespace AuStream.Pipeline.Diagnosing;

/// <summary>Examines one part of the machine or of the installation.</summary>
public interface IDiagnostic
{
    /// <summary>The part's name, used where examining it fails altogether.</summary>
    string Name { get; }

    /// <summary>Looks; changes nothing. May run at the same time as other diagnostics.</summary>
    Task<IReadOnlyList<DiagnosticCheck>> ExamineAsync(CancellationToken cancellation);
}
