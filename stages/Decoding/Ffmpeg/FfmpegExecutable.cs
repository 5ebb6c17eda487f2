using System.Collections.Concurrent;
using System.ComponentModel;
using System.Diagnostics;
using System.Text.RegularExpressions;

namespace AuStream.Stages.Decoding.Ffmpeg;

/// <summary>The ffmpeg of this machine.</summary>
/// <param name="Path">Full path.</param>
/// <param name="Version">Its own words, e.g. <c>5.1.9-0+deb12u1</c>.</param>
/// <param name="HasFpsMode">True for 5.1 and later, which know <c>-fps_mode</c>; before, it was called <c>-vsync</c>.</param>
public sealed partial record FfmpegExecutable(string Path, string Version, bool HasFpsMode)
{
    private const string Remedy = "Install it (Debian, Ubuntu: apt-get install ffmpeg), or name it in AUSTREAM_FFMPEG.";

    private static readonly TimeSpan _versionTimeout = TimeSpan.FromSeconds(20);
    private static readonly ConcurrentDictionary<string, FfmpegExecutable> _known = new();

    /// <summary>Finds ffmpeg and asks for its version; the answer is kept for the life of the process.</summary>
    /// <param name="configuredPath">The one to use; null for <c>AUSTREAM_FFMPEG</c>, or else <c>ffmpeg</c> on <c>PATH</c>.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="SourceException">There is none, or it does not start; the message says how to get it.</exception>
    public static async Task<FfmpegExecutable> FindAsync(string? configuredPath, CancellationToken cancellationToken = default)
    {
        string path = Locate(configuredPath);
        if (_known.TryGetValue(path, out FfmpegExecutable? known))
        {
            return known;
        }

        string version = await ReadVersionAsync(path, cancellationToken).ConfigureAwait(false);
        return _known.GetOrAdd(path, new FfmpegExecutable(path, version, KnowsFpsMode(version)));
    }

    internal static bool KnowsFpsMode(string version)
    {
        // Builds from a version control system call themselves N-12345-gabcdef, or n7.1: they are newer than 5.1.
        Match number = VersionNumber().Match(version);
        return !number.Success || !int.TryParse(number.Groups[1].ValueSpan, out int major) || !int.TryParse(number.Groups[2].ValueSpan, out int minor)
            || major > 5 || (major == 5 && minor >= 1);
    }

    private static string Locate(string? configuredPath)
    {
        string? wanted = configuredPath ?? Environment.GetEnvironmentVariable("AUSTREAM_FFMPEG");
        string name = string.IsNullOrWhiteSpace(wanted) ? "ffmpeg" : wanted;
        if (name.Contains(System.IO.Path.DirectorySeparatorChar))
        {
            return File.Exists(name)
                ? System.IO.Path.GetFullPath(name)
                : throw new SourceException(SourceFault.DecoderMissing, $"There is no ffmpeg at {name}. {Remedy}");
        }

        string searchPath = Environment.GetEnvironmentVariable("PATH") ?? "";
        return searchPath.Split(System.IO.Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Select(folder => System.IO.Path.Combine(folder, name))
            .FirstOrDefault(File.Exists)
            ?? throw new SourceException(SourceFault.DecoderMissing, $"{name} is not installed: it is in no folder of PATH. {Remedy}");
    }

    private static async Task<string> ReadVersionAsync(string path, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo(path) { RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true };
        start.ArgumentList.Add("-version");
        using var process = new Process { StartInfo = start };
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        timeout.CancelAfter(_versionTimeout);
        try
        {
            process.Start();
            process.StandardInput.Close();
            _ = process.StandardError.ReadToEndAsync(timeout.Token);
            string output = await process.StandardOutput.ReadToEndAsync(timeout.Token).ConfigureAwait(false);
            await process.WaitForExitAsync(timeout.Token).ConfigureAwait(false);
            Match match = VersionLine().Match(output);
            return match.Success
                ? match.Groups[1].Value
                : throw new SourceException(SourceFault.DecoderMissing, $"{path} does not answer as ffmpeg (exit code {process.ExitCode}). {Remedy}");
        }
        catch (Win32Exception error)
        {
            throw new SourceException(SourceFault.DecoderMissing, $"{path} does not start: {error.Message}. {Remedy}", isTransient: false, error);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync(CancellationToken.None).ConfigureAwait(false);
            cancellationToken.ThrowIfCancellationRequested();
            throw new SourceException(SourceFault.DecoderMissing, $"{path} did not tell its version within {_versionTimeout.TotalSeconds:0} s. {Remedy}");
        }
    }

    [GeneratedRegex(@"^ffmpeg version (\S+)", RegexOptions.CultureInvariant)]
    private static partial Regex VersionLine();

    [GeneratedRegex(@"^(\d+)\.(\d+)", RegexOptions.CultureInvariant)]
    private static partial Regex VersionNumber();
}
