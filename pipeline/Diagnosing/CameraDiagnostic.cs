namespace AuStream.Pipeline.Diagnosing;

/// <summary>Cameras that Linux offers as <c>/dev/video*</c>, and whether this user may open them.</summary>
/// <param name="devices">Where the device files are; tests pass their own folder.</param>
/// <param name="descriptions">Where the kernel describes them.</param>
public sealed class CameraDiagnostic(string devices = "/dev", string descriptions = "/sys/class/video4linux") : IDiagnostic
{
    /// <inheritdoc/>
    public string Name => "cameras";

    /// <inheritdoc/>
    public Task<IReadOnlyList<DiagnosticCheck>> ExamineAsync(CancellationToken cancellation)
    {
        string[] found = Directory.Exists(devices) ? Directory.GetFiles(devices, "video*") : [];
        Array.Sort(found, StringComparer.Ordinal);
        IReadOnlyList<DiagnosticCheck> checks = found.Length == 0
            ? [DiagnosticCheck.Ok(Name, "none attached: files and network streams work without")]
            : [.. found.Select(Examine)];
        return Task.FromResult(checks);
    }

    private DiagnosticCheck Examine(string device)
    {
        string file = Path.Combine(descriptions, Path.GetFileName(device), "name");
        string detail = File.Exists(file) ? $"{device}: {File.ReadAllText(file).Trim()}" : device;
        try
        {
            using Microsoft.Win32.SafeHandles.SafeFileHandle opened = File.OpenHandle(device, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            return DiagnosticCheck.Ok("camera", detail);
        }
        catch (UnauthorizedAccessException)
        {
            return DiagnosticCheck.Warning("camera", $"{detail}; you may not open it", "sudo usermod -aG video \"$USER\", then log in again");
        }
        catch (IOException fault)
        {
            return DiagnosticCheck.Warning("camera", $"{detail}; cannot be opened: {fault.Message}", "Is another program using it?");
        }
    }
}
