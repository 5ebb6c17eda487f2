using System.Text.RegularExpressions;

namespace AuStream.Stages.Decoding;

/// <summary>Where a source is: a path, a device or a URL, as a person wrote it.</summary>
/// <param name="Kind">How it is reached.</param>
/// <param name="Location">Full path, or the URL with its password: for the decoder only, never for a message.</param>
/// <param name="Display">The same without passwords: for messages, logs and results.</param>
internal sealed partial record SourceAddress(SourceAddressKind Kind, string Location, string Display)
{
    private static readonly string[] _streamSchemes = ["rtsp", "rtsps", "rtmp", "rtmps", "rtp", "udp", "tcp", "srt"];

    /// <summary>True for RTSP, plain or encrypted.</summary>
    public bool IsRtsp => Kind == SourceAddressKind.NetworkStream && Location.StartsWith("rtsp", StringComparison.Ordinal);

    /// <summary>Understands what a person wrote, and checks what can be checked without opening it.</summary>
    /// <exception cref="SourceException">It is empty, of an unknown kind, or not there.</exception>
    public static SourceAddress Parse(string text)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            throw new SourceException(SourceFault.UnsupportedAddress, "The source is empty. Give a video file, a picture, a folder of pictures, a camera (/dev/video0) or a URL.");
        }

        Match match = Scheme().Match(text);
        if (!match.Success)
        {
            return ParsePath(text);
        }

        string scheme = match.Groups[1].Value.ToLowerInvariant();
        if (scheme == "file")
        {
            return Uri.TryCreate(text, UriKind.Absolute, out Uri? file) && file.Host.Length == 0
                ? ParsePath(file.LocalPath)
                : throw new SourceException(SourceFault.UnsupportedAddress, $"{text} does not name a file of this machine. Write file:///folder/name, or the path alone.");
        }

        string display = SecretMask.Apply(text);
        bool isWeb = scheme is "http" or "https";
        if (!isWeb && !_streamSchemes.Contains(scheme))
        {
            throw new SourceException(
                SourceFault.UnsupportedAddress,
                $"{display}: {scheme}:// is not supported. Supported are http, https, {string.Join(", ", _streamSchemes)}, cameras (/dev/video0), files and folders.");
        }

        if (text.AsSpan(match.Length).Trim("/@: ").IsEmpty)
        {
            throw new SourceException(SourceFault.UnsupportedAddress, $"{display} names no host. Write {scheme}://host/path.");
        }

        return new SourceAddress(isWeb ? SourceAddressKind.Web : SourceAddressKind.NetworkStream, scheme + text[scheme.Length..], display);
    }

    private static SourceAddress ParsePath(string text)
    {
        string path = Path.GetFullPath(text);
        if (Directory.Exists(path))
        {
            return new SourceAddress(SourceAddressKind.Folder, path, text);
        }

        if (CameraDevice().IsMatch(path))
        {
            return File.Exists(path)
                ? new SourceAddress(SourceAddressKind.Camera, path, text)
                : throw new SourceException(SourceFault.NotFound, $"There is no camera {text}. {CamerasOfThisMachine()}");
        }

        return File.Exists(path)
            ? new SourceAddress(SourceAddressKind.LocalFile, path, text)
            : throw new SourceException(SourceFault.NotFound, MissingFile(text, path));
    }

    private static string MissingFile(string text, string path)
    {
        string? folder = Path.GetDirectoryName(path);
        string hint = folder is null || Directory.Exists(folder)
            ? "Check the name"
            : $"Its folder {folder} does not exist, or may not be read; check the path";
        return $"There is no file or folder {text}. {hint}{(path == text ? "" : $" (looked for {path})")}.";
    }

    private static string CamerasOfThisMachine()
    {
        string[] devices = Directory.Exists("/dev") ? Directory.GetFiles("/dev", "video*") : [];
        Array.Sort(devices, NaturalOrder.Compare);
        return devices.Length == 0
            ? "This machine has none: connect it, or check that its driver is loaded and that a container is given the device."
            : $"This machine has {string.Join(", ", devices)}.";
    }

    [GeneratedRegex("^([A-Za-z][A-Za-z0-9+.-]+)://", RegexOptions.CultureInvariant)]
    private static partial Regex Scheme();

    [GeneratedRegex("^/dev/(video[0-9]+|v4l/.+)$", RegexOptions.CultureInvariant)]
    private static partial Regex CameraDevice();
}
