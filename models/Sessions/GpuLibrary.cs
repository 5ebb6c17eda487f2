namespace AuStream.Models.Sessions;

/// <summary>A family of GPU libraries in the version that ONNX Runtime's providers were built for.</summary>
/// <param name="Name">As NVIDIA calls it.</param>
/// <param name="Major">The major version.</param>
/// <param name="Files">The file names that the dynamic loader must find.</param>
/// <param name="VersionedFile">The file name that ends in the family's own major version, without it.</param>
/// <param name="Purpose">What uses it.</param>
public sealed record GpuLibrary(string Name, int Major, IReadOnlyList<string> Files, string VersionedFile, string Purpose)
{
    private const int HighestMajor = 30;

    /// <summary>CUDA's run-time libraries, which the CUDA provider links to.</summary>
    public static GpuLibrary Cuda { get; } = new(
        "CUDA", 13, ["libcudart.so.13", "libcublas.so.13", "libcublasLt.so.13", "libcufft.so.12", "libcurand.so.10"], "libcudart.so", "the CUDA provider");

    /// <summary>cuDNN, which the CUDA provider loads.</summary>
    public static GpuLibrary CuDnn { get; } = new("cuDNN", 9, ["libcudnn.so.9"], "libcudnn.so", "the CUDA provider");

    /// <summary>TensorRT.</summary>
    public static GpuLibrary TensorRt { get; } = new(
        "TensorRT", 10, ["libnvinfer.so.10", "libnvinfer_plugin.so.10", "libnvonnxparser.so.10"], "libnvinfer.so", "the TensorRT provider");

    /// <summary>Says what lacks, and whether another major version is there; null when the family is complete.</summary>
    /// <param name="canLoad">Whether the dynamic loader finds a file name.</param>
    public string? DescribeLacking(Func<string, bool> canLoad)
    {
        ArgumentNullException.ThrowIfNull(canLoad);
        string[] lacking = [.. Files.Where(file => !canLoad(file))];
        if (lacking.Length == 0)
        {
            return null;
        }

        int other = Enumerable.Range(1, HighestMajor).FirstOrDefault(major => major != Major && canLoad($"{VersionedFile}.{major}"));
        string found = lacking.Length < Files.Count ? "incomplete, lacking"
            : other > 0 ? $"version {other} is here, but version {Major} is needed, lacking"
            : "not found, lacking";
        return $"{found} {string.Join(", ", lacking)}";
    }
}
