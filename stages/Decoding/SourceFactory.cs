using AuStream.Stages.Decoding.Ffmpeg;
using AuStream.Stages.Decoding.Pictures;
using AuStream.Stages.Frames;

namespace AuStream.Stages.Decoding;

/// <summary>Opens sources of every kind.</summary>
public static class SourceFactory
{
    private static readonly string[] _endingsOfMotionJpeg = [".mjpeg", ".mjpg"];

    /// <summary>
    /// Opens a video file, a picture, a folder of pictures, a webcam (<c>/dev/video0</c>) or a URL (http, https, rtsp, rtsps,
    /// rtmp, rtmps, rtp, udp, tcp, srt). For video it returns when the first frame is decoded, so that what opens does play.
    /// </summary>
    /// <param name="uriOrPath">What a person wrote. Passwords in it appear in no message.</param>
    /// <param name="options">How to read it.</param>
    /// <param name="pool">Where the frames' memory comes from; it may serve several sources.</param>
    /// <param name="time">The clock for arrival times and timeouts.</param>
    /// <param name="cancellationToken">Ends the wait, and the decoder with it.</param>
    /// <returns>The source; the caller disposes it, at the latest after reading it.</returns>
    /// <exception cref="SourceException">It cannot be opened; the message names it and the remedy.</exception>
    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    /// <exception cref="OperationCanceledException">The wait was cancelled.</exception>
    public static async Task<IFrameSource> OpenAsync(
        string uriOrPath, SourceOptions options, FramePool pool, TimeProvider time, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(uriOrPath);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(pool);
        ArgumentNullException.ThrowIfNull(time);
        options.Validate();
        SourceAddress address = SourceAddress.Parse(uriOrPath);
        bool isPicture = address.Kind == SourceAddressKind.LocalFile && IsPicture(address);
        FfmpegExecutable ffmpeg = await FfmpegExecutable.FindAsync(options.FfmpegPath, cancellationToken).ConfigureAwait(false);
        var pictures = new PictureDecoder(options, ffmpeg, pool, time);
        return address.Kind == SourceAddressKind.Folder ? PictureSource.OpenFolder(address, options, pictures, time)
            : isPicture ? PictureSource.OpenFile(address, options, pictures, time)
            : await VideoSource.OpenAsync(address, options, ffmpeg, pool, time, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>What a person wrote, without passwords: for messages about a source that is not open yet.</summary>
    public static string DisplayOf(string uriOrPath) => SecretMask.Apply(uriOrPath);

    /// <summary>True when it is a picture or a folder of pictures, as far as can be told without opening it.</summary>
    public static bool IsPictures(string uriOrPath)
    {
        try
        {
            SourceAddress address = SourceAddress.Parse(uriOrPath);
            return address.Kind == SourceAddressKind.Folder || (address.Kind == SourceAddressKind.LocalFile && IsPicture(address));
        }
        catch (SourceException)
        {
            // Opening it will say what is wrong.
            return false;
        }
    }

    private static bool IsPicture(SourceAddress address) =>
        PictureFormat.Recognise(FileStart.Read(address.Location, address.Display)) is not null
        && !_endingsOfMotionJpeg.Contains(Path.GetExtension(address.Location).ToLowerInvariant());
}
