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

        if (FindLibrary(provider) is not { } library)
        {
            return $"{LibraryName(provider)} is in none of {string.Join(", ", LibraryFolders)}. docs/containers.md says where it comes from.";
        }

        // Which versions it needs is written in the library itself: builds for servers and for Jetson boards differ.
        string[] lacking;
        try
        {
            lacking = [.. ElfLibrary.NeededLibraries(library).Append(GpuLibrary.CuDnn.Files[0]).Distinct().Where(IsNvidias).Where(name => !CanLoad(name))];
        }
        catch (Exception damaged) when (damaged is IOException or InvalidDataException or UnauthorizedAccessException)
        {
            return $"{library} cannot be used: {damaged.Message}";
        }

        return lacking.Length == 0
            ? null
            : $"{LibraryName(provider)} needs {string.Join(", ", lacking.Select(DescribeLacking))}. Install what lacks from NVIDIA, or put its folder on LD_LIBRARY_PATH.";
    }

    private static bool IsNvidias(string name) => name.StartsWith("libcu", StringComparison.Ordinal) || name.StartsWith("libnv", StringComparison.Ordinal);

    private string DescribeLacking(string name)
    {
        int dot = name.LastIndexOf('.');
        int other = Enumerable.Range(1, 30).FirstOrDefault(major => CanLoad($"{name[..dot]}.{major}"));
        return other > 0 ? $"{name} (version {other} is here)" : name;
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
            _ = OnnxRuntimeLibrary.Environment;
            string? mapped = File.ReadLines("/proc/self/maps").FirstOrDefault(line => line.Contains("/libonnxruntime.so", StringComparison.Ordinal));
            if (mapped is not null)
            {
                folders.Insert(0, Path.GetDirectoryName(mapped[mapped.IndexOf('/', StringComparison.Ordinal)..])!);
            }
        }

        return [.. folders.Where(Directory.Exists).Select(Path.TrimEndingDirectorySeparator).Distinct()];
    }
}
