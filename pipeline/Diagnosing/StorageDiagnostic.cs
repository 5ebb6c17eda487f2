using System.Globalization;
using AuStream.Models.Sessions;

namespace AuStream.Pipeline.Diagnosing;

/// <summary>Whether the folders that AuStream writes to can be written, and have room.</summary>
/// <param name="cache">The cache folder; by default <see cref="CacheFolder.Default"/>.</param>
/// <param name="temporary">The folder for temporary files; the system's by default.</param>
public sealed class StorageDiagnostic(string? cache = null, string? temporary = null) : IDiagnostic
{
    private const long EnoughRoom = 1L << 30;

    /// <inheritdoc/>
    public string Name => "storage";

    /// <inheritdoc/>
    public Task<IReadOnlyList<DiagnosticCheck>> ExamineAsync(CancellationToken cancellation) =>
        Task.FromResult<IReadOnlyList<DiagnosticCheck>>(
        [
            Examine("cache", cache ?? CacheFolder.Default(), "Set AUSTREAM_CACHE or XDG_CACHE_HOME to a folder that you may write to."),
            Examine("temporary files", temporary ?? Path.GetTempPath(), "Set TMPDIR to a folder that you may write to."),
        ]);

    private static DiagnosticCheck Examine(string name, string folder, string remedy)
    {
        try
        {
            // The folder itself may not exist yet; what counts is whether it could be made, which its nearest parent decides.
            string existing = folder;
            while (!Directory.Exists(existing))
            {
                if (File.Exists(existing))
                {
                    throw new IOException($"{existing} is a file");
                }

                existing = Path.GetDirectoryName(existing) ?? "/";
            }

            string probe = Path.Combine(existing, $".austream-{Guid.NewGuid():N}");
            using (File.Create(probe, 1, FileOptions.DeleteOnClose))
            {
            }

            long free = new DriveInfo(existing).AvailableFreeSpace;
            string detail = string.Create(CultureInfo.InvariantCulture, $"{folder}, {free / (double)(1L << 30):0.0} GiB free");
            return free >= EnoughRoom
                ? DiagnosticCheck.Ok(name, detail)
                : DiagnosticCheck.Warning(name, detail, "Setup needs up to 1 GiB.");
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return DiagnosticCheck.Warning(name, $"{folder} cannot be written: {fault.Message}", remedy);
        }
    }
}
