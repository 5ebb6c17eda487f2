namespace AuStream.Pipeline.Diagnosing;

/// <summary>ffmpeg and ffprobe, and whether this build reads what AuStream's sources need.</summary>
/// <param name="tools">Runs them.</param>
public sealed class FfmpegDiagnostic(ToolRunner tools) : IDiagnostic
{
    private const string Remedy = "./austream setup (installs Debian's package ffmpeg)";

    private static readonly (string Feature, string Purpose)[] Demuxers =
    [
        ("mov", "MP4 and MOV files"), ("matroska", "MKV and WebM files"), ("avi", "AVI files"), ("mpegts", "MPEG-TS files"),
        ("image2", "pictures"), ("rtsp", "RTSP cameras"), ("hls", "HLS streams"), ("mpjpeg", "MJPEG cameras"),
        ("video4linux2", "webcams"),
    ];

    private static readonly (string Feature, string Purpose)[] Protocols =
    [
        ("file", "files"), ("pipe", "standard input"), ("tcp", "RTSP over TCP"), ("udp", "RTSP over UDP"), ("http", "HTTP streams"),
        ("https", "HTTPS streams"),
    ];

    private static readonly (string Feature, string Purpose)[] Decoders =
    [
        ("h264", "H.264"), ("hevc", "H.265"), ("mjpeg", "Motion JPEG"), ("vp9", "VP9"), ("png", "PNG pictures"),
    ];

    private static readonly (string List, (string Feature, string Purpose)[] Needed)[] Lists =
        [("-demuxers", Demuxers), ("-protocols", Protocols), ("-decoders", Decoders)];

    /// <inheritdoc/>
    public string Name => "ffmpeg";

    /// <inheritdoc/>
    public async Task<IReadOnlyList<DiagnosticCheck>> ExamineAsync(CancellationToken cancellation)
    {
        ToolOutput? version = await tools.RunAsync("ffmpeg", ["-version"], cancellation);
        ToolOutput? prober = await tools.RunAsync("ffprobe", ["-version"], cancellation);
        DiagnosticCheck probeCheck = prober is { ExitCode: 0 }
            ? DiagnosticCheck.Ok("ffprobe", VersionOf(prober))
            : Unusable("ffprobe", prober, "no video can be opened");
        if (version is not { ExitCode: 0 })
        {
            return [Unusable("ffmpeg", version, "no video can be read"), probeCheck];
        }

        return [await ExamineFeaturesAsync(version, cancellation), probeCheck];
    }

    private async Task<DiagnosticCheck> ExamineFeaturesAsync(ToolOutput version, CancellationToken cancellation)
    {
        List<string> lacking = [];
        foreach ((string list, (string Feature, string Purpose)[] needed) in Lists)
        {
            if (await tools.RunAsync("ffmpeg", ["-hide_banner", list], cancellation) is not { } output)
            {
                return Silent("ffmpeg", $"{VersionOf(version)}; asked for its {list[1..]}, it");
            }

            HashSet<string> there = Features(output.Text);
            lacking.AddRange(needed.Where(one => !there.Contains(one.Feature)).Select(one => $"{one.Purpose} ({one.Feature})"));
        }

        return lacking.Count == 0
            ? DiagnosticCheck.Ok("ffmpeg", VersionOf(version))
            : DiagnosticCheck.Warning("ffmpeg", $"{VersionOf(version)}; this build cannot read {string.Join(", ", lacking)}", "Use Debian's own ffmpeg.");
    }

    // A machine under load may take longer than this waits: that is no reason to install anything.
    private DiagnosticCheck Unusable(string program, ToolOutput? answer, string consequence) =>
        answer is null && tools.Find(program) is not null
            ? Silent(program, "it is installed, but")
            : DiagnosticCheck.Missing(program, $"not found, or it does not run: {consequence}", Remedy);

    private static DiagnosticCheck Silent(string program, string subject) =>
        DiagnosticCheck.Warning(program, $"{subject} did not answer in time", $"Is the machine very busy? Try:  {program} -version");

    /// <summary>Every word of ffmpeg's list is taken as a name ("D  mov,mp4,m4a  QuickTime / MOV"); the lists of protocols
    /// have one name on a line.</summary>
    internal static HashSet<string> Features(string list)
    {
        HashSet<string> names = new(StringComparer.Ordinal);
        foreach (string line in list.Split('\n'))
        {
            string[] words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            string? name = words.Length switch { 0 => null, 1 => words[0], _ => words[1] };
            names.UnionWith(name?.Split(',') ?? []);
        }

        return names;
    }

    // "ffmpeg version 5.1.9-0+deb12u1 Copyright (c) 2000-2026 the FFmpeg developers"
    private static string VersionOf(ToolOutput output)
    {
        string[] words = output.FirstLine.Split(' ');
        return words.Length > 2 && words[1] == "version" ? words[2] : output.FirstLine;
    }
}
