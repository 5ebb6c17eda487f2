namespace AuStream.EndToEnd.Tests.Launching;

/// <summary>How a start of the launcher ended.</summary>
public sealed record LauncherRun(int ExitCode, string Output, string Messages)
{
    /// <summary>The messages without their prefix, one per line, without the closing "ready after N s".</summary>
    public IReadOnlyList<string> Steps =>
    [
        .. Messages.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => line.Replace("austream: ", "", StringComparison.Ordinal))
            .Where(line => !line.StartsWith("ready after", StringComparison.Ordinal)),
    ];
}
