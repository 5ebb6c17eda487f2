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
    private static readonly TimeSpan _descriptionLimit = TimeSpan.FromSeconds(5);

    private readonly FfmpegProcess _process;
    private readonly NutReader _reader;
    private readonly FramePool _pool;
    private NutVideoStream? _stream;
    private YuvColor _color;
    private long _firstTicks;
    private bool _hasFirstFrame;

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

    /// <summary>Decodes the next frame.</summary>
    /// <param name="frame">The frame, without an envelope; the caller owns it.</param>
    /// <param name="ptsMicroseconds">Its time since the first frame in µs, as the source says it.</param>
    /// <returns>False when there is none any more, be it the end or ffmpeg's death: <see cref="WaitForExit"/> tells.</returns>
    /// <exception cref="NutFormatException">ffmpeg wrote something else than it was asked for.</exception>
    public bool TryDecode([System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out VideoFrame? frame, out long ptsMicroseconds)
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

    /// <summary>Waits for ffmpeg to end by itself.</summary>
    /// <returns>Its exit code; 128 + n when signal n ended it.</returns>
    public int WaitForExit() => _process.WaitForExit();

    /// <summary>Ends ffmpeg at once.</summary>
    public void Kill() => _process.Kill();

    /// <summary>Ends ffmpeg and reaps it.</summary>
    public void Dispose() => _process.Dispose();
}
