using AuStream.Stages.Decoding.Ffmpeg;
using AuStream.Stages.Frames;

namespace AuStream.Stages.Decoding.Pictures;

/// <summary>Decodes single pictures, each by an ffmpeg of its own, so that a damaged one harms no other. Thread-safe.</summary>
internal sealed class PictureDecoder(SourceOptions options, FfmpegExecutable ffmpeg, FramePool pool, TimeProvider time)
{
    /// <summary>Decodes one picture, upright as its EXIF says. Blocks the calling thread.</summary>
    /// <param name="path">The file.</param>
    /// <param name="display">The file as a person knows it.</param>
    /// <param name="cancellationToken">Ends ffmpeg.</param>
    /// <exception cref="SourceException">It cannot be read; the message names the file and the remedy.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public VideoFrame Decode(string path, string display, CancellationToken cancellationToken)
    {
        PictureFormat format = ReadFormat(path, display);
        int? orientation = format.IsJpeg ? ReadOrientation(path) : null;
        using var decoder = new FfmpegDecoder(ffmpeg, FfmpegArguments.ForPicture(path, format, orientation, options, ffmpeg), pool);
        using var watchdog = new StallWatchdog(time, options.OpenTimeout, decoder.Kill);
        using CancellationTokenRegistration registration = cancellationToken.UnsafeRegister(static state => ((FfmpegDecoder)state!).Kill(), decoder);
        watchdog.Arm(options.OpenTimeout);
        if (decoder.TryDecode(out VideoFrame? frame, out _))
        {
            return frame;
        }

        cancellationToken.ThrowIfCancellationRequested();
        if (watchdog.HasExpired)
        {
            throw new SourceException(SourceFault.Stalled, $"{display} could not be decoded within {options.OpenTimeout.TotalSeconds:0.###} s. It may be damaged, or its disk too slow.");
        }

        decoder.WaitForExit();
        var address = new SourceAddress(SourceAddressKind.LocalFile, path, display);
        throw FfmpegFailure.Opening(address, isLive: false, decoder.Log.Errors);
    }

    private static PictureFormat ReadFormat(string path, string display)
    {
        ReadOnlySpan<byte> start = FileStart.Read(path, display);
        return PictureFormat.Recognise(start)
            ?? (start.StartsWith("GIF8"u8) ? new PictureFormat("GIF", null) : null)
            ?? throw new SourceException(SourceFault.NotAVideo, $"{display} is no picture in a known format, whatever its name says. Check that it opens in a picture viewer, or convert it to PNG.");
    }

    private static int ReadOrientation(string path)
    {
        using FileStream file = File.OpenRead(path);
        return JpegOrientation.Read(file);
    }
}
