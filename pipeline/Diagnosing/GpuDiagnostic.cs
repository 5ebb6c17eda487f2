using AuStream.Models.Sessions;

namespace AuStream.Pipeline.Diagnosing;

/// <summary>NVIDIA GPUs and the libraries that ONNX Runtime's CUDA and TensorRT providers need, with the major versions they
/// were built for: CUDA 13, cuDNN 9, TensorRT 10.</summary>
/// <param name="tools">Runs nvidia-smi.</param>
public sealed class GpuDiagnostic(ToolRunner tools) : IDiagnostic
{
    private static readonly GpuLibrary[] Libraries = [GpuLibrary.Cuda, GpuLibrary.CuDnn, GpuLibrary.TensorRt];

    /// <inheritdoc/>
    public string Name => "GPU";

    /// <inheritdoc/>
    public async Task<IReadOnlyList<DiagnosticCheck>> ExamineAsync(CancellationToken cancellation)
    {
        List<string> devices = await FindDevicesAsync(cancellation);
        if (devices.Count == 0)
        {
            return [DiagnosticCheck.Ok(Name, "no NVIDIA GPU: the networks run on the processor")];
        }

        return [.. devices.Select(device => DiagnosticCheck.Ok(Name, device)), .. Libraries.Select(library => Examine(library, GpuMachine.Current.CanLoad))];
    }

    /// <summary>Says whether a library family is there in the right major version, or which other major version is.</summary>
    /// <param name="library">The family.</param>
    /// <param name="canLoad">Whether the dynamic loader finds a file name.</param>
    internal static DiagnosticCheck Examine(GpuLibrary library, Func<string, bool> canLoad)
    {
        return library.DescribeLacking(canLoad) is { } lacking
            ? DiagnosticCheck.Warning(library.Name, lacking,
                $"{library.Purpose} needs {library.Name} {library.Major}. Install it from NVIDIA, or put its folder on LD_LIBRARY_PATH.")
            : DiagnosticCheck.Ok(library.Name, $"version {library.Major}");
    }

    private async Task<List<string>> FindDevicesAsync(CancellationToken cancellation)
    {
        ToolOutput? output = await tools.RunAsync(
            "nvidia-smi", ["--query-gpu=name,memory.total,driver_version,compute_cap", "--format=csv,noheader"], cancellation);
        if (output is { ExitCode: 0 })
        {
            return [.. output.Text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(Describe)];
        }

        // Jetson boards have no nvidia-smi in older releases, but their device tree names them.
        const string board = "/proc/device-tree/model";
        string model = File.Exists(board) ? (await File.ReadAllTextAsync(board, cancellation)).Trim('\0', '\n') : "";
        return model.Contains("Jetson", StringComparison.OrdinalIgnoreCase) ? [model] : [];
    }

    private static string Describe(string row) =>
        row.Split(", ") is [var name, var memory, var driver, var capability]
            ? $"{name}, {memory}, driver {driver}, compute capability {capability}"
            : row;
}
