using System.Diagnostics.CodeAnalysis;
using AuStream.Stages.Decoding.Nut;
using AuStream.Stages.Frames;

namespace AuStream.Stages.Decoding.Ffmpeg;

/// <summary>One run of ffmpeg over one video stream, frame by frame, straight from its pipe into pooled frames.</summary>
/// <remarks>
/// Use it on one thread that lives as long as it does; <see cref="Kill"/> may be called from any thread and ends a blocked
/// <see cref="TryDecode"/>. Decoding a frame allocates nothing in steady state.
/// </remarks>
internal sealed class FfmpegDecoder : IDisposable
{
    private const long ShortestIntervalMicroseconds = 500;

    private static readonly TimeSpan _descriptionLimit = TimeSpan.FromSeconds(5);

    private readonly FfmpegProcess _process;
    private readonly NutReader _reader;
    private readonly FramePool _pool;
    private NutVideoStream? _stream;
    private YuvColor _color;
    private long _firstTicks;
    private bool _hasFirstFrame;
    private VideoFrame? _second;
    private long _secondPts;

    /// <summary>Starts ffmpeg.</summary>
    /// <exception cref="SourceException">It does not start.</exception>
    public FfmpegDecoder(FfmpegExecutable ffmpeg, IEnumerable<string> arguments, FramePool pool)
    {
        _pool = pool;
        _process = FfmpegProcess.Start(ffmpeg, arguments, Log);
        _reader = new NutReader(_process.Output);
    }

    /// <summary>What ffmpeg says.</summary>
    public FfmpegLog Log { get; } = new();

    /// <summary>
    /// Leaves out a first frame that has the same time as the second. ffmpeg's RTSP reader loses the time of the very first
    /// picture and puts the second one's in its place, so that the two cannot both be right, and the first is not.
    /// </summary>
    public bool SkipsUntimedStart { get; init; }

    /// <summary>Decodes the next frame.</summary>
    /// <param name="frame">The frame, without an envelope; the caller owns it.</param>
    /// <param name="ptsMicroseconds">Its time since the first frame in µs, as the source says it.</param>
    /// <returns>False when there is none any more, be it the end or ffmpeg's death: <see cref="WaitForExit"/> tells.</returns>
    /// <exception cref="NutFormatException">ffmpeg wrote something else than it was asked for.</exception>
    public bool TryDecode([NotNullWhen(true)] out VideoFrame? frame, out long ptsMicroseconds)
    {
        if (_second is not null)
        {
            (frame, ptsMicroseconds, _second) = (_second, _secondPts, null);
            return true;
        }

        bool isFirst = !_hasFirstFrame;
        if (!TryReadFrame(out frame, out ptsMicroseconds))
        {
            return false;
        }

        if (isFirst && SkipsUntimedStart && TryReadFrame(out _second, out _secondPts) && _secondPts < ShortestIntervalMicroseconds)
        {
            frame.Dispose();
            (frame, ptsMicroseconds, _second) = (_second, 0, null);
        }

        return true;
    }

    /// <summary>Waits for ffmpeg to end by itself.</summary>
    /// <returns>Its exit code; 128 + n when signal n ended it.</returns>
    public int WaitForExit() => _process.WaitForExit();

    /// <summary>Ends ffmpeg at once.</summary>
    public void Kill() => _process.Kill();

    /// <summary>Ends ffmpeg and reaps it.</summary>
    public void Dispose()
    {
        _second?.Dispose();
        _process.Dispose();
    }

    private bool TryReadFrame([NotNullWhen(true)] out VideoFrame? frame, out long ptsMicroseconds)
    {
        frame = null;
        ptsMicroseconds = 0;
        try
        {
            _stream ??= _reader.ReadHeaders();
            if (_stream is null || !_reader.TryReadFrame(out long ticks, out int size))
            {
                return false;
            }

            if (size != VideoFrame.ByteCount(_stream.Width, _stream.Height))
            {
                throw new NutFormatException($"A picture has {size} bytes, which is not {_stream.Width} × {_stream.Height} pixels.");
            }

            if (!_hasFirstFrame)
            {
                Log.WaitForOutputDescription(_descriptionLimit);
                _color = ColorOf.Pictures(Log.Facts);
                _firstTicks = ticks;
                _hasFirstFrame = true;
            }

            frame = _pool.Rent(_stream.Width, _stream.Height, _color);
            _reader.ReadPicture(frame.Buffer.Span);
            ptsMicroseconds = _stream.ToMicroseconds(ticks - _firstTicks);
            return true;
        }
        catch (IOException)
        {
            // ffmpeg died within a frame (EndOfStreamException is an IOException).
            frame?.Dispose();
            frame = null;
            return false;
        }
    }
}
