using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Microsoft.ML.OnnxRuntime;

namespace AuStream.Models.Sessions;

/// <summary>The native library behind all sessions. Use it instead of <see cref="OrtEnv"/>: it is silent. Thread-safe.</summary>
/// <remarks>
/// From 1.29 on ONNX Runtime for Linux uploads what it runs (names and hashes of networks, the processor, an identifier of the machine) to its makers, and keeps a
/// database of it in the user's cache, unless <c>ORT_DISABLE_TELEMETRY</c> is set before its environment is made
/// (<see href="https://github.com/microsoft/onnxruntime/blob/v1.29.0/docs/Privacy.md"/>). Nothing may leave the machine that its owner did not ask for.
/// </remarks>
public static partial class OnnxRuntimeLibrary
{
    private const string Switch = "ORT_DISABLE_TELEMETRY";

    /// <summary>What the library says it is.</summary>
    /// <exception cref="TypeInitializationException">The library cannot be loaded.</exception>
    /// <exception cref="DllNotFoundException">The library cannot be loaded.</exception>
    public static string Version => Environment.GetVersionString();

    /// <summary>The library's environment.</summary>
    internal static OrtEnv Environment
    {
        get
        {
            Silence();
            return OrtEnv.Instance();
        }
    }

    // Before any session of this assembly, whoever makes it.
#pragma warning disable CA2255 // A caller who forgets to ask for it would have the upload.
    [ModuleInitializer]
#pragma warning restore CA2255
    internal static void Silence()
    {
        // .NET keeps variables to itself and to its children; the library asks the C library.
        if (!OperatingSystem.IsWindows())
        {
            _ = SetVariable(Switch, "1", 1);
        }

        System.Environment.SetEnvironmentVariable(Switch, "1");
    }

    [LibraryImport("libc", EntryPoint = "setenv", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int SetVariable(string name, string value, int overwrite);
}
