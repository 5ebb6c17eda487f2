using System.Globalization;
using System.Runtime.InteropServices;

namespace AuStream.Pipeline.Diagnosing;

/// <summary>The MQTT client library libmosquitto.</summary>
public sealed class MosquittoLibraryDiagnostic : IDiagnostic
{
    private const string Library = "libmosquitto.so.1";

    /// <inheritdoc/>
    public string Name => "libmosquitto";

    /// <inheritdoc/>
    public unsafe Task<IReadOnlyList<DiagnosticCheck>> ExamineAsync(CancellationToken cancellation)
    {
        DiagnosticCheck check = DiagnosticCheck.Missing(Name, $"{Library} cannot be loaded: nothing can be published on MQTT",
            "./austream setup (installs Debian's package libmosquitto1)");
        if (NativeLibrary.TryLoad(Library, out nint library))
        {
            if (NativeLibrary.TryGetExport(library, "mosquitto_lib_version", out nint function))
            {
                int major, minor, revision;
                _ = ((delegate* unmanaged<int*, int*, int*, int>)function)(&major, &minor, &revision);
                string version = string.Create(CultureInfo.InvariantCulture, $"{major}.{minor}.{revision}");
                check = major >= 2
                    ? DiagnosticCheck.Ok(Name, version)
                    : DiagnosticCheck.Missing(Name, $"{version} is too old: version 2 or later is needed", "Use the libmosquitto1 of Debian 12 or later.");
            }

            NativeLibrary.Free(library);
        }

        return Task.FromResult<IReadOnlyList<DiagnosticCheck>>([check]);
    }
}
