using System.Collections.Concurrent;
using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace AuStream.Stages.Decoding.Ffmpeg;

/// <summary>The ffmpeg of this machine.</summary>
/// <param name="Path">Full path.</param>
/// <param name="Version">Its own words, e.g. <c>5.1.9-0+deb12u1</c>.</param>
/// <param name="Library">Version of its libavutil: unlike the program's own, every build has a comparable one.</param>
public sealed partial record FfmpegExecutable(string Path, string Version, Version Library)
{
    private const string Remedy = "Install it (Debian, Ubuntu: apt-get install ffmpeg), or name it in AUSTREAM_FFMPEG.";

    private static readonly TimeSpan _versionTimeout = TimeSpan.FromSeconds(20);
    private static readonly ConcurrentDictionary<string, FfmpegExecutable> _known = new();

    /// <summary>True from ffmpeg 5.1 on, which knows <c>-fps_mode</c>; before, it was called <c>-vsync</c>.</summary>
    public bool HasFpsMode => Library >= new Version(57, 28);

    /// <summary>True from ffmpeg 6.1 on, which calls the source's own time base <c>demux</c>; before, it was −1.</summary>
    public bool HasNamedTimeBases => Library >= new Version(58, 29);

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

        string answer = await AskVersionAsync(path, cancellationToken).ConfigureAwait(false);
        return _known.GetOrAdd(path, Understand(path, answer));
    }

    /// <summary>Reads what <c>ffmpeg -version</c> answers.</summary>
    /// <exception cref="SourceException">It is not ffmpeg's answer.</exception>
    internal static FfmpegExecutable Understand(string path, string answer)
    {
        Match version = VersionLine().Match(answer);
        Match library = LibraryLine().Match(answer);
        return version.Success && library.Success
            ? new FfmpegExecutable(path, version.Groups[1].Value, new Version(ToNumber(library.Groups[1]), ToNumber(library.Groups[2])))
            : throw new SourceException(SourceFault.DecoderMissing, $"{path} does not answer as ffmpeg. {Remedy}");
    }

    private static int ToNumber(Group digits) => int.Parse(digits.ValueSpan, CultureInfo.InvariantCulture);

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

    private static async Task<string> AskVersionAsync(string path, CancellationToken cancellationToken)
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

            // Process leaves streams that are read directly to whoever reads them.
            using StreamReader versions = process.StandardOutput;
            using StreamReader log = process.StandardError;
            Task<string> reading = log.ReadToEndAsync(timeout.Token);
            string output = await versions.ReadToEndAsync(timeout.Token).ConfigureAwait(false);
            _ = await reading.ConfigureAwait(false);
            await process.WaitForExitAsync(timeout.Token).ConfigureAwait(false);
            return output;
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

    [GeneratedRegex(@"^libavutil\s+(\d{1,4})\.\s*(\d{1,4})\.", RegexOptions.CultureInvariant | RegexOptions.Multiline)]
    private static partial Regex LibraryLine();
}
