using AuStream.Models.Sessions;

namespace AuStream.Pipeline.Diagnosing;

/// <summary>ONNX Runtime's library, and which of its execution providers can be used on this machine.</summary>
public sealed class OnnxRuntimeDiagnostic : IDiagnostic
{
    /// <inheritdoc/>
    public string Name => "ONNX Runtime";

    /// <inheritdoc/>
    public Task<IReadOnlyList<DiagnosticCheck>> ExamineAsync(CancellationToken cancellation)
    {
        try
        {
            List<DiagnosticCheck> checks = [DiagnosticCheck.Ok(Name, $"{OnnxRuntimeLibrary.Version}, its telemetry is off")];
            // Without a GPU there is nothing to say about providers that need one.
            checks.AddRange(Enum.GetValues<ExecutionProvider>()
                .Where(provider => provider == ExecutionProvider.Cpu || GpuMachine.Current.HasDevice)
                .Select(ExamineProvider));
            return Task.FromResult<IReadOnlyList<DiagnosticCheck>>(checks);
        }
        catch (Exception fault) when (fault is TypeInitializationException or DllNotFoundException or BadImageFormatException)
        {
            return Task.FromResult<IReadOnlyList<DiagnosticCheck>>(
            [
                DiagnosticCheck.Missing(Name, $"its library cannot be loaded: {fault.GetBaseException().Message}",
                    "./austream setup builds it in again; ORT_LOADER_VERBOSITY=1 shows where it is looked for."),
            ]);
        }
    }

    private static DiagnosticCheck ExamineProvider(ExecutionProvider provider)
    {
        string title = $"provider {provider.Word()}";
        return ProviderProbe.WhyNot(provider) is { } reason
            ? DiagnosticCheck.Warning(title, $"does not work: {reason}", "'provider: auto' takes the next best one.")
            : DiagnosticCheck.Ok(title, "works");
    }
}
