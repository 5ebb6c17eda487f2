namespace AuStream.Pipeline.Observing;

/// <summary>Follows one stream through restarts of its graph. Thread-safe for one writer and one reader.</summary>
public sealed class StreamMonitor(string id, TimeProvider time)
{
    private StreamMetrics? _metrics;
    private string _state = "starting";
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

    /// <summary>Numbers of the running graph.</summary>
    public StreamMetrics? Metrics
    {
        get => Volatile.Read(ref _metrics);
        set => Volatile.Write(ref _metrics, value);
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
}
