using System.Runtime.CompilerServices;
using AuStream.Stages.Decoding.Ffmpeg;
using AuStream.Stages.Decoding.Nut;
using AuStream.Stages.Frames;
using AuStream.Stages.Limiting;

namespace AuStream.Stages.Decoding;

/// <summary>A video file, a network stream or a camera, decoded by one ffmpeg on one thread of its own.</summary>
/// <remarks>That thread starts ffmpeg and outlives it, because the kernel ends ffmpeg when the thread that started it ends.</remarks>
internal sealed class VideoSource : IFrameSource
{
    private const int FramesAhead = 3;

    private static readonly string[] _formatsWithoutClock = ["mpjpeg", "mjpeg", "h264", "hevc", "m4v", "mpegvideo", "av1", "ivf", "image2pipe"];

    // ffmpeg takes any text for a drawing in letters.
    private static readonly string[] _codecsOfText = ["ansi", "bintext", "xbin", "idf"];

    private readonly SourceAddress _address;
    private readonly SourceOptions _options;
    private readonly FfmpegExecutable _ffmpeg;
    private readonly FramePool _pool;
    private readonly TimeProvider _time;
    private readonly FrameChannel<VideoFrame> _frames = FrameChannel.CreateLossless(FramesAhead);
    private readonly TaskCompletionSource<SourceDescription> _opened = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Thread _thread;
    private FfmpegDecoder? _decoder;
    private SourceDescription? _description;
    private DateTimeOffset _openedAt;
    private long _firstReceived;
    private long _sequence;
    private long _lastPts;
    private int _enumerations;
    private volatile bool _stopping;

    private VideoSource(SourceAddress address, SourceOptions options, FfmpegExecutable ffmpeg, FramePool pool, TimeProvider time)
    {
        _address = address;
        _options = options;
        _ffmpeg = ffmpeg;
        _pool = pool;
        _time = time;
        _thread = new Thread(Run) { IsBackground = true, Name = $"decode {options.StreamId}" };
    }

    /// <inheritdoc/>
    public SourceDescription Description => _description!;

    private bool UsesArrivalTime { get; set; }

    private bool IsLive => _description is null ? _address.Kind != SourceAddressKind.LocalFile : _description.Kind == SourceKind.Live;

    /// <summary>Starts decoding and waits for the first frame.</summary>
    /// <exception cref="SourceException">There is none, or not in time.</exception>
    public static async Task<VideoSource> OpenAsync(
        SourceAddress address, SourceOptions options, FfmpegExecutable ffmpeg, FramePool pool, TimeProvider time, CancellationToken cancellationToken)
    {
        var source = new VideoSource(address, options, ffmpeg, pool, time);
        source._thread.Start();
        try
        {
            await source._opened.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
            return source;
        }
        catch
        {
            await source.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<VideoFrame> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (Interlocked.Increment(ref _enumerations) > 1)
        {
            throw new InvalidOperationException($"{_address.Display} was read before: a source is read once.");
        }

        try
        {
            while (await _frames.ReadAsync(cancellationToken).ConfigureAwait(false) is { } frame)
            {
                yield return frame;
            }
        }
        finally
        {
            await DisposeAsync().ConfigureAwait(false);
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _stopping = true;
        _frames.Dispose();
        Interlocked.MemoryBarrier();
        Volatile.Read(ref _decoder)?.Kill();
        await _ended.Task.ConfigureAwait(false);
    }

    private void Run()
    {
        Exception? error = null;
        try
        {
            using var watchdog = new StallWatchdog(_time, ShortestTimeout(), () => Volatile.Read(ref _decoder)?.Kill());
            using var decoder = new FfmpegDecoder(_ffmpeg, FfmpegArguments.ForVideo(_address, _options, _ffmpeg), _pool)
            {
                SkipsUntimedStart = _address.IsRtsp,
            };
            Volatile.Write(ref _decoder, decoder);

            // Either the decoder is seen by DisposeAsync, or its wish to stop is seen here.
            Interlocked.MemoryBarrier();
            Decode(decoder, watchdog);
        }
        catch (SourceException known)
        {
            error = known;
        }
        catch (Exception unexpected)
        {
            // Nothing may escape a thread. What ends here is told to whoever reads the source.
            error = new SourceException(SourceFault.Other, $"{_address.Display} cannot be decoded: {unexpected.Message}", IsLive, unexpected);
        }
        finally
        {
            _frames.Complete(error);
            _opened.TrySetException(error ?? new OperationCanceledException());
            _ = _opened.Task.Exception;
            _ended.SetResult();
        }
    }

    private TimeSpan ShortestTimeout()
    {
        TimeSpan stall = _options.StallTimeout < _options.FileStallTimeout ? _options.StallTimeout : _options.FileStallTimeout;
        return stall < _options.OpenTimeout ? stall : _options.OpenTimeout;
    }

    private void Decode(FfmpegDecoder decoder, StallWatchdog watchdog)
    {
        bool hasWarnedOfShape = false;
        watchdog.Arm(_options.OpenTimeout);
        while (!_stopping && decoder.TryDecode(out VideoFrame? frame, out long pts))
        {
            watchdog.Disarm();
            if (!Deliver(decoder.Log, frame, pts))
            {
                return;
            }

            if (decoder.Log.HasChangedShape && !hasWarnedOfShape)
            {
                hasWarnedOfShape = true;
                ReportChangedShape();
            }

            watchdog.Arm(IsLive ? _options.StallTimeout : _options.FileStallTimeout);
        }

        if (!_stopping)
        {
            ReportEnd(decoder, watchdog);
        }
    }

    private bool Deliver(FfmpegLog log, VideoFrame frame, long pts)
    {
        try
        {
            if (_description is null)
            {
                Describe(log.Facts, frame);
            }

            Stamp(frame, pts);
        }
        catch
        {
            frame.Dispose();
            throw;
        }

        return _frames.Write(frame);
    }

    private void Describe(InputFacts facts, VideoFrame frame)
    {
        if (_codecsOfText.Contains(facts.Stream.Codec))
        {
            throw new SourceException(SourceFault.NotAVideo, $"Cannot read {_address.Display}: it is text, no video. Check the path.");
        }

        SourceKind kind = _address.Kind switch
        {
            SourceAddressKind.LocalFile => SourceKind.File,
            SourceAddressKind.Web when facts.Format is "image2" || facts.Format.EndsWith("_pipe", StringComparison.Ordinal) => SourceKind.Pictures,
            SourceAddressKind.Web when facts.Duration is not null => SourceKind.File,
            _ => SourceKind.Live,
        };
        double rate = facts.Stream.FramesPerSecond;
        bool isCountable = _options.Repeat == 0 && kind == SourceKind.File && facts.Duration is not null && rate > 0;
        UsesArrivalTime = kind == SourceKind.Live && _formatsWithoutClock.Contains(facts.Format);
        _openedAt = _time.GetUtcNow();
        _description = new SourceDescription(
            _address.Display,
            kind,
            frame.Width,
            frame.Height,
            kind == SourceKind.Pictures ? 0 : rate,
            _options.Repeat == 0 ? facts.Duration : null,
            isCountable ? (long)Math.Round(facts.Duration!.Value.TotalSeconds * rate) : null,
            facts.Stream.Codec);
        _opened.TrySetResult(_description);
    }

    private void Stamp(VideoFrame frame, long pts)
    {
        long received = _time.GetTimestamp();
        if (_sequence == 0)
        {
            _firstReceived = received;
        }

        if (UsesArrivalTime)
        {
            pts = (long)_time.GetElapsedTime(_firstReceived, received).TotalMicroseconds;
        }

        _lastPts = Math.Max(_lastPts, pts);
        DateTimeOffset captured = IsLive ? _time.GetUtcNow() : _openedAt.AddMicroseconds(_lastPts);
        frame.Envelope = new Envelope(_options.StreamId, _sequence++, _lastPts, captured, received);
        if (_description!.Kind == SourceKind.Pictures)
        {
            frame.FileName = Path.GetFileName(_address.Display.Split('?', '#')[0]);
        }
    }

    private void ReportChangedShape()
    {
        if (IsLive)
        {
            throw new SourceException(
                SourceFault.PictureShapeChanged, $"{_address.Display} changed the shape of its picture and has to be opened again.", isTransient: true);
        }

        Warn("the picture changes its shape within the file; from there on it is stretched to the shape of the first frame, and faces with it. Split the file there for exact results");
    }

    private void ReportEnd(FfmpegDecoder decoder, StallWatchdog watchdog)
    {
        if (watchdog.HasExpired)
        {
            TimeSpan limit = _sequence == 0 ? _options.OpenTimeout : IsLive ? _options.StallTimeout : _options.FileStallTimeout;
            throw new SourceException(
                SourceFault.Stalled,
                $"{_address.Display} sent no picture for {limit.TotalSeconds:0.###} s. Check that it is on, and the network between.",
                isTransient: IsLive);
        }

        int exitCode = decoder.WaitForExit();
        IReadOnlyList<string> errors = decoder.Log.Errors;
        if (_sequence == 0)
        {
            throw FfmpegFailure.Opening(_address, IsLive, errors);
        }

        if (exitCode != 0 || (IsLive && errors.Count > 0))
        {
            throw FfmpegFailure.BrokenOff(_address, IsLive, exitCode, _sequence, errors);
        }

        if (errors.Count > 0)
        {
            Warn($"{decoder.Log.ErrorCount} errors while decoding; the {_sequence} frames that can be decoded were delivered. The file may be damaged or cut off. (ffmpeg: {FfmpegFailure.LastTelling(errors)})");
        }
    }

    private void Warn(string message) => _options.OnWarning?.Invoke(new SourceWarning(_address.Display, $"{_address.Display}: {message}."));
}
