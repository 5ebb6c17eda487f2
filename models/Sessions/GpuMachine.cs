using System.Runtime.InteropServices;
using Microsoft.ML.OnnxRuntime;

namespace AuStream.Models.Sessions;

/// <summary>What a machine offers to ONNX Runtime's GPU providers, and in words what it lacks. Thread-safe.</summary>
/// <param name="HasDevice">Whether the kernel shows an NVIDIA GPU.</param>
/// <param name="CanLoad">Whether the dynamic loader finds a file name.</param>
/// <param name="LibraryFolders">Where ONNX Runtime's provider libraries may lie.</param>
public sealed record GpuMachine(bool HasDevice, Func<string, bool> CanLoad, IReadOnlyList<string> LibraryFolders)
{
    // A desktop or server card, WSL, and the two drivers of Jetson boards.
    private static readonly string[] s_devices = ["/dev/nvidia0", "/dev/nvidiactl", "/dev/dxg", "/dev/nvgpu/igpu0", "/dev/nvhost-gpu"];

    private static readonly Lazy<GpuMachine> s_current = new(() => new GpuMachine(s_devices.Any(File.Exists), TryLoad, FoldersOfRuntime()));

    /// <summary>This machine; looked at once.</summary>
    public static GpuMachine Current => s_current.Value;

    /// <summary>File name of a provider's library.</summary>
    public static string LibraryName(ExecutionProvider provider) => $"libonnxruntime_providers_{provider.Word()}.so";

    /// <summary>Path of a provider's library, or null.</summary>
    public string? FindLibrary(ExecutionProvider provider) =>
        LibraryFolders.Select(folder => Path.Combine(folder, LibraryName(provider))).FirstOrDefault(File.Exists);

    /// <summary>Says why a provider cannot work here and what to do; null when nothing speaks against it.</summary>
    public string? WhyNot(ExecutionProvider provider)
    {
        if (provider == ExecutionProvider.Cpu)
        {
            return null;
        }

        if (!HasDevice)
        {
            return "no NVIDIA GPU is visible (no /dev/nvidia0 and no Jetson device). In a container, start it with the GPU: '--gpus all', or the NVIDIA runtime.";
        }

        if (FindLibrary(provider) is null)
        {
            return $"{LibraryName(provider)} is in none of {string.Join(", ", LibraryFolders)}. docs/containers.md says where it comes from.";
        }

        GpuLibrary[] needed = provider == ExecutionProvider.TensorRt
            ? [GpuLibrary.Cuda, GpuLibrary.CuDnn, GpuLibrary.TensorRt]
            : [GpuLibrary.Cuda, GpuLibrary.CuDnn];
        foreach (GpuLibrary library in needed)
        {
            if (library.DescribeLacking(CanLoad) is { } lacking)
            {
                return $"{library.Name} {library.Major} is needed: {lacking}. Install it from NVIDIA, or put its folder on LD_LIBRARY_PATH.";
            }
        }

        return null;
    }

    private static bool TryLoad(string file)
    {
        if (!NativeLibrary.TryLoad(file, out nint library))
        {
            return false;
        }

        NativeLibrary.Free(library);
        return true;
    }

    // ONNX Runtime looks for its providers beside its own library, wherever the loader found that.
    private static IReadOnlyList<string> FoldersOfRuntime()
    {
        string native = RuntimeInformation.OSArchitecture == Architecture.Arm64 ? "linux-arm64" : "linux-x64";
        List<string> folders = [AppContext.BaseDirectory, Path.Combine(AppContext.BaseDirectory, "runtimes", native, "native")];
        if (File.Exists("/proc/self/maps"))
        {
            _ = OrtEnv.Instance();
            string? mapped = File.ReadLines("/proc/self/maps").FirstOrDefault(line => line.Contains("/libonnxruntime.so", StringComparison.Ordinal));
            if (mapped is not null)
            {
                folders.Insert(0, Path.GetDirectoryName(mapped[mapped.IndexOf('/', StringComparison.Ordinal)..])!);
            }
        }

        return [.. folders.Where(Directory.Exists).Select(Path.TrimEndingDirectorySeparator).Distinct()];
    }
}
