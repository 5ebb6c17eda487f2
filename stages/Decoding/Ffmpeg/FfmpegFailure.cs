using System.Text.RegularExpressions;

namespace AuStream.Stages.Decoding.Ffmpeg;

/// <summary>Turns ffmpeg's last words into an error that a person can act on.</summary>
internal static partial class FfmpegFailure
{
    private static readonly Rule[] _rules =
    [
        new(Unauthorized(), SourceFault.AccessDenied, false, "the server wants another user name or password. Give them in the address: scheme://user:password@host/path"),
        new(HttpNotFound(), SourceFault.NotFound, false, "the server does not know this address. Check its path"),
        new(ServerError(), SourceFault.ConnectionFailed, true, "the server failed. Try again, or look into its log"),
        new(Rejected(), SourceFault.Other, false, "the server rejected the request. Check the address"),
        new(Refused(), SourceFault.ConnectionFailed, true, "the connection was refused. Check that the server is running, and the address and port"),
        new(UnknownHost(), SourceFault.ConnectionFailed, true, "the host's name is not known. Check its spelling and this machine's network"),
        new(Unreachable(), SourceFault.ConnectionFailed, true, "the host cannot be reached. Check that it is on, and the network between"),
        new(Busy(), SourceFault.ConnectionFailed, true, "another program uses the device. Close it"),
        new(Hardware(), SourceFault.HardwareUnavailable, false, "the hardware decoder does not work here. Check its driver, or turn hardware decoding off"),
        new(Denied(), SourceFault.AccessDenied, false, "it may not be read. Check its permissions"),
        new(NoDevice(), SourceFault.NotFound, false, "it is no camera that can be read"),
        new(NoVideo(), SourceFault.NoVideoTrack, false, "it has no video track"),
        new(NoIndex(), SourceFault.NotAVideo, false, "the recording was cut off before its index was written, or its beginning is missing, so that nothing in it can be found. Copy or record it again"),
        new(Missing(), SourceFault.NotFound, false, "it does not exist. Check the path"),
        new(NoDecoder(), SourceFault.NotAVideo, false, "this ffmpeg cannot decode it. Install an ffmpeg with that decoder, or convert the video"),
        new(OldFfmpeg(), SourceFault.DecoderMissing, false, "this ffmpeg does not know what was asked of it. Install version 4.4 or later"),
        new(Invalid(), SourceFault.NotAVideo, false, "it is no video or picture that ffmpeg can read, or it is damaged. Check that it plays, or convert it"),
    ];

    /// <summary>The error for a source of which no frame came.</summary>
    public static SourceException Opening(SourceAddress address, bool isLive, IReadOnlyList<string> errors)
    {
        bool isLocalFile = address.Kind is SourceAddressKind.LocalFile or SourceAddressKind.Folder;
        if (Explain(errors, isLocalFile) is { } found)
        {
            return new SourceException(found.Rule.Fault, $"Cannot read {address.Display}: {found.Rule.Explanation}. {Quote(found.Line)}", found.Rule.IsTransient);
        }

        string reason = isLive ? "it sent no picture. Check that it is on and sends video" : "no picture in it could be decoded. Check that it plays, or convert it";
        return new SourceException(
            isLive ? SourceFault.BrokenOff : SourceFault.NotAVideo,
            $"Cannot read {address.Display}: {reason}. {Quote(LastTelling(errors))}".TrimEnd(),
            isTransient: isLive);
    }

    /// <summary>The error for a source that ended before its time.</summary>
    public static SourceException BrokenOff(SourceAddress address, bool isLive, int exitCode, long frames, IReadOnlyList<string> errors)
    {
        string end = exitCode switch
        {
            0 => "the stream ended",
            > 128 => $"ffmpeg was ended by signal {exitCode - 128}",
            _ => $"ffmpeg gave up (exit code {exitCode})",
        };
        return new SourceException(
            SourceFault.BrokenOff,
            $"{address.Display} broke off after {frames} frames: {end}. {Quote(LastTelling(errors))}".TrimEnd(),
            isTransient: isLive);
    }

    /// <summary>The last line that says more than that something failed; empty when there is none.</summary>
    public static string LastTelling(IReadOnlyList<string> errors) =>
        errors.LastOrDefault(line => !Generic().IsMatch(line)) ?? (errors.Count > 0 ? errors[^1] : "");

    private static (Rule Rule, string Line)? Explain(IReadOnlyList<string> errors, bool isLocalFile)
    {
        foreach (Rule rule in _rules)
        {
            if (isLocalFile && rule.Fault == SourceFault.ConnectionFailed)
            {
                continue;
            }

            if (errors.LastOrDefault(rule.Pattern.IsMatch) is { } line)
            {
                return (rule, line);
            }
        }

        return null;
    }

    private static string Quote(string line) => line.Length == 0 ? "" : $"(ffmpeg: {line})";

    private sealed record Rule(Regex Pattern, SourceFault Fault, bool IsTransient, string Explanation);

    [GeneratedRegex("401 Unauthorized|403 Forbidden|407 Proxy|authorization failed|Authentication failed", RegexOptions.IgnoreCase)]
    private static partial Regex Unauthorized();

    [GeneratedRegex("404 Not Found|410 Gone|404 Stream Not Found", RegexOptions.IgnoreCase)]
    private static partial Regex HttpNotFound();

    [GeneratedRegex("5XX Server Error|HTTP error 5[0-9][0-9]|50[0-9] (Internal|Bad|Service|Gateway)|453 Not Enough Bandwidth", RegexOptions.IgnoreCase)]
    private static partial Regex ServerError();

    [GeneratedRegex("4XX Client Error|400 Bad Request|HTTP error 4[0-9][0-9]", RegexOptions.IgnoreCase)]
    private static partial Regex Rejected();

    [GeneratedRegex("Connection refused")]
    private static partial Regex Refused();

    [GeneratedRegex("Failed to resolve hostname|Name or service not known|name resolution|No address associated")]
    private static partial Regex UnknownHost();

    [GeneratedRegex("No route to host|Network is unreachable|timed out|Connection reset|Host is down|Network is down|Cannot assign requested address|Input/output error|End of file|Broken pipe|Software caused connection abort")]
    private static partial Regex Unreachable();

    [GeneratedRegex("Device or resource busy|Address already in use")]
    private static partial Regex Busy();

    [GeneratedRegex("Device creation failed|No device available for decoder|hwaccel initiali[sz]ation|Failed setup for format|Cannot load lib(nv)?cu|No VA display|Failed to initialise VAAPI|Unknown hwaccel")]
    private static partial Regex Hardware();

    [GeneratedRegex("Permission denied|Operation not permitted")]
    private static partial Regex Denied();

    [GeneratedRegex("No such device|Inappropriate ioctl|[Nn]ot a video capture device|VIDIOC_")]
    private static partial Regex NoDevice();

    [GeneratedRegex("matches no streams|does not contain any stream")]
    private static partial Regex NoVideo();

    [GeneratedRegex("moov atom not found|EBML header parsing failed")]
    private static partial Regex NoIndex();

    [GeneratedRegex("No such file or directory")]
    private static partial Regex Missing();

    [GeneratedRegex("Decoder .*not found|no decoder found|Decoding requested, but no decoder", RegexOptions.IgnoreCase)]
    private static partial Regex NoDecoder();

    [GeneratedRegex("Unrecognized option|Option .* not found|Option not found|Unknown filter|No such filter")]
    private static partial Regex OldFfmpeg();

    [GeneratedRegex("Invalid data found|could not find codec parameters|Invalid argument", RegexOptions.IgnoreCase)]
    private static partial Regex Invalid();

    [GeneratedRegex("^(Error opening input|Error opening output|Conversion failed|Error splitting|Task finished|Terminating thread|Nothing was written)")]
    private static partial Regex Generic();
}
