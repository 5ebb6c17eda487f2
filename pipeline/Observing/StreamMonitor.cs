using AuStream.Stages.Publishing;

namespace AuStream.Pipeline.Observing;

/// <summary>Follows one stream through restarts of its graph. Thread-safe; <see cref="Take"/> is for one reader.</summary>
public sealed class StreamMonitor(string id, TimeProvider time)
{
    /// <summary>The state in which frames come.</summary>
    public const string Running = "running";

    /// <summary>The state of a file that was read to its end.</summary>
    public const string Ended = "ended";

    private readonly Lock _gate = new();
    private StreamTotals _past = StreamTotals.None;
    private StreamMetrics? _metrics;
    private IReadOnlyList<IResultSink> _sinks = [];
    private bool _isMeasuring;
    private string _state = "starting";
    private long _starts;
    private long _lastFrames;
    private long _lastTimestamp = time.GetTimestamp();

    /// <summary>The stream's id.</summary>
    public string Id { get; } = id;

    /// <summary>What it is doing.</summary>
    public string State
    {
        get => Volatile.Read(ref _state);
        set => Volatile.Write(ref _state, value);
    }

    /// <summary>Whether it does what it should: frames come, or its file is at its end.</summary>
    public bool IsReady => State is Running or Ended;

    /// <summary>How long frames have been inside without one coming out; zero while nothing is measured.</summary>
    public TimeSpan Stuck
    {
        get
        {
            lock (_gate)
            {
                return _isMeasuring ? _metrics!.Stuck : TimeSpan.Zero;
            }
        }
    }

    /// <summary>Numbers of the running graph, or of the latest one.</summary>
    public StreamMetrics? Metrics => Volatile.Read(ref _metrics);

    /// <summary>Times a graph was started again after a fault or with another configuration.</summary>
    public long Restarts => Math.Max(0, Interlocked.Read(ref _starts) - 1);

    /// <summary>Why sinks of the running graph cannot deliver now; empty where all can.</summary>
    public IReadOnlyList<string> Troubles
    {
        get
        {
            lock (_gate)
            {
                return [.. _sinks.Select(sink => sink.Trouble is { } trouble ? $"{sink.Kind}: {trouble}" : null).OfType<string>()];
            }
        }
    }

    /// <summary>A graph begins; what the one before it counted is kept.</summary>
    public void Follow(StreamMetrics metrics, IReadOnlyList<IResultSink> sinks)
    {
        ArgumentNullException.ThrowIfNull(metrics);
        ArgumentNullException.ThrowIfNull(sinks);
        lock (_gate)
        {
            Fold();
            Volatile.Write(ref _metrics, metrics);
            _sinks = [.. sinks];
            _isMeasuring = true;
            Interlocked.Increment(ref _starts);
        }
    }

    /// <summary>The graph has ended, before its sinks are disposed. Does nothing when none was followed.</summary>
    public void Leave()
    {
        lock (_gate)
        {
            Fold();
        }
    }

    /// <summary>Everything since the program started.</summary>
    public StreamTotals Totals()
    {
        lock (_gate)
        {
            return _isMeasuring ? _past.Plus(_metrics!, _sinks, hasEnded: false) : _past;
        }
    }

    /// <summary>The numbers now; the frame rate covers the time since the previous call.</summary>
    public StreamSnapshot Take()
    {
        StreamMetrics? metrics = Metrics;
        long frames = metrics?.FramesOut ?? 0;
        long now = time.GetTimestamp();
        double seconds = time.GetElapsedTime(_lastTimestamp, now).TotalSeconds;
        double rate = seconds <= 0 ? 0 : Math.Max(0, frames - _lastFrames) / seconds;
        _lastFrames = frames;
        _lastTimestamp = now;
        return new StreamSnapshot(
            State,
            rate,
            metrics?.Latency.Percentile(0.5) ?? TimeSpan.Zero,
            metrics?.Latency.Percentile(0.99) ?? TimeSpan.Zero,
            metrics?.FacesNow ?? 0,
            frames,
            metrics?.FramesDropped() ?? 0,
            metrics?.Events ?? 0,
            metrics?.Reconnects ?? 0);
    }

    private void Fold()
    {
        if (_isMeasuring)
        {
            _past = _past.Plus(_metrics!, _sinks, hasEnded: true);
            _isMeasuring = false;
            _sinks = [];
        }
    }
}
