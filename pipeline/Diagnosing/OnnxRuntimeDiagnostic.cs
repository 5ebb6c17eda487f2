using Microsoft.ML.OnnxRuntime;

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
            OrtEnv environment = OrtEnv.Instance();
            List<DiagnosticCheck> checks = [DiagnosticCheck.Ok(Name, environment.GetVersionString())];
            checks.AddRange(environment.GetAvailableProviders().Select(ExamineProvider));
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

    // "CUDAExecutionProvider" → "CUDA". Asking for a provider loads its library and everything that this in turn needs.
    private static DiagnosticCheck ExamineProvider(string provider)
    {
        string name = provider.Replace("ExecutionProvider", "", StringComparison.Ordinal);
        string title = $"provider {name}";
        using SessionOptions options = new();
        try
        {
            switch (name)
            {
                case "CPU":
                    options.AppendExecutionProvider_CPU();
                    break;
                case "CUDA":
                    options.AppendExecutionProvider_CUDA();
                    break;
                case "Tensorrt":
                    options.AppendExecutionProvider_Tensorrt();
                    break;
                default:
                    return DiagnosticCheck.Ok(title, "in the library; AuStream does not use it");
            }
        }
        catch (Exception fault) when (fault is OnnxRuntimeException or EntryPointNotFoundException)
        {
            return DiagnosticCheck.Warning(title, $"does not start: {FirstLine(fault.Message)}",
                "The networks run on the next best provider. The lines on CUDA, cuDNN and TensorRT say what is missing.");
        }

        return DiagnosticCheck.Ok(title, "works");
    }

    private static string FirstLine(string text) => text.Split('\n', 2)[0].Trim();
}
