using AuStream.Models.Sessions;

namespace AuStream.Pipeline.Observing;

/// <summary>What a stream counts while it runs. Counters are written by the stream's stages and may be read at any time.</summary>
public sealed class StreamMetrics
{
    private readonly TimeProvider _time;
    private long _lastProgress;
    private long _framesIn;
    private long _framesOut;
    private long _faces;
    private long _events;
    private long _reconnects;
    private int _facesNow;

    /// <param name="time">Clock of the stage timers.</param>
    public StreamMetrics(TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(time);
        _time = time;
        _lastProgress = time.GetTimestamp();
        FaceClock = new StageClock("faces", time);
        ActionUnitClock = new StageClock("action_units", time);
        TemporalClock = new StageClock("temporal", time);
        SmoothingClock = new StageClock("smoothing", time);
        PublishingClock = new StageClock("publishing", time);
        DecodingClock = new StageClock("decode_wait", time);
    }

    /// <summary>Frames that the decoder delivered.</summary>
    public long FramesIn => Volatile.Read(ref _framesIn);

    /// <summary>Frames whose results were handed to the sinks.</summary>
    public long FramesOut => Volatile.Read(ref _framesOut);

    /// <summary>Visible faces summed over all frames.</summary>
    public long Faces => Volatile.Read(ref _faces);

    /// <summary>Visible faces in the latest frame.</summary>
    public int FacesNow => Volatile.Read(ref _facesNow);

    /// <summary>Event messages handed to the sinks.</summary>
    public long Events => Volatile.Read(ref _events);

    /// <summary>Frames dropped by the limiter, read from it.</summary>
    public Func<long> FramesDropped { get; set; } = static () => 0;

    /// <summary>Time from a frame's arrival to the end of its publication.</summary>
    public LatencyHistogram Latency { get; } = new();

    /// <summary>The same since the latest published statistics.</summary>
    public LatencyHistogram IntervalLatency { get; } = new();

    /// <summary>Seconds from a frame's arrival to the end of its publication.</summary>
    public FixedHistogram LatencySeconds { get; } = new(FixedHistogram.Seconds);

    /// <summary>Frames that are between the decoder and the sinks now.</summary>
    public long FramesUnderWay => Math.Max(0, FramesIn - FramesOut - FramesDropped());

    /// <summary>How long frames have been under way without one coming out; zero while none is under way.</summary>
    public TimeSpan Stuck => FramesUnderWay == 0 ? TimeSpan.Zero : _time.GetElapsedTime(Volatile.Read(ref _lastProgress));

    /// <summary>Times the source was opened again.</summary>
    public long Reconnects => Volatile.Read(ref _reconnects);

    /// <summary>Waiting for the decoder, i.e. how much faster the rest is.</summary>
    public StageClock DecodingClock { get; }

    /// <summary>Detection, tracking and landmarks.</summary>
    public StageClock FaceClock { get; }

    /// <summary>Alignment and the action unit network.</summary>
    public StageClock ActionUnitClock { get; }

    /// <summary>Neutral reference, temporal head and late fusion; no frames where there are none.</summary>
    public StageClock TemporalClock { get; }

    /// <summary>Scores to events.</summary>
    public StageClock SmoothingClock { get; }

    /// <summary>All sinks.</summary>
    public StageClock PublishingClock { get; }

    /// <summary>All stage clocks in order of the chain.</summary>
    public IReadOnlyList<StageClock> Clocks => [DecodingClock, FaceClock, ActionUnitClock, TemporalClock, SmoothingClock, PublishingClock];

    /// <summary>Counts a decoded frame.</summary>
    public void CountFrameIn()
    {
        if (FramesUnderWay == 0)
        {
            Volatile.Write(ref _lastProgress, _time.GetTimestamp());
        }

        Interlocked.Increment(ref _framesIn);
    }

    /// <summary>Counts one reopening of the source.</summary>
    public void CountReconnect() => Interlocked.Increment(ref _reconnects);

    /// <summary>Counts a finished frame.</summary>
    public void CountFrameOut(int visibleFaces, int events, TimeSpan latency)
    {
        Latency.Record(latency);
        IntervalLatency.Record(latency);
        LatencySeconds.Record(latency.TotalSeconds);
        Volatile.Write(ref _lastProgress, _time.GetTimestamp());
        Interlocked.Add(ref _faces, visibleFaces);
        Interlocked.Add(ref _events, events);
        Volatile.Write(ref _facesNow, visibleFaces);
        Interlocked.Increment(ref _framesOut);
    }
}
