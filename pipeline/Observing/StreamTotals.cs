using AuStream.Models.Sessions;
using AuStream.Stages.Publishing;

namespace AuStream.Pipeline.Observing;

/// <summary>What a stream did since the program started, all its restarts together.</summary>
public sealed record StreamTotals
{
    /// <summary>Nothing yet.</summary>
    public static StreamTotals None { get; } = new();

    /// <summary>Frames that the decoder delivered.</summary>
    public long FramesIn { get; init; }

    /// <summary>Frames whose results were handed to the sinks.</summary>
    public long FramesOut { get; init; }

    /// <summary>Frames dropped because measuring was slower than the camera.</summary>
    public long DroppedByOverload { get; init; }

    /// <summary>Frames that were under way when a stage failed.</summary>
    public long DroppedByFault { get; init; }

    /// <summary>Visible faces summed over all frames.</summary>
    public long Faces { get; init; }

    /// <summary>Event messages.</summary>
    public long Events { get; init; }

    /// <summary>Times the source was opened again.</summary>
    public long Reconnects { get; init; }

    /// <summary>Latencies per bucket of <see cref="FixedHistogram.Seconds"/>.</summary>
    public IReadOnlyList<long> LatencyCounts { get; init; } = new long[FixedHistogram.Seconds.Count + 1];

    /// <summary>Sum of the latencies in seconds.</summary>
    public double LatencySum { get; init; }

    /// <summary>Seconds of work per stage.</summary>
    public IReadOnlyDictionary<string, double> StageSeconds { get; init; } = new Dictionary<string, double>();

    /// <summary>What the sinks did, by kind.</summary>
    public IReadOnlyDictionary<string, SinkCounters> Sinks { get; init; } = new Dictionary<string, SinkCounters>();

    /// <summary>These totals and those of a graph.</summary>
    /// <param name="metrics">What the graph counted.</param>
    /// <param name="sinks">The graph's sinks.</param>
    /// <param name="hasEnded">Whether the graph has ended, so that what it did not finish is lost.</param>
    public StreamTotals Plus(StreamMetrics metrics, IReadOnlyList<IResultSink> sinks, bool hasEnded)
    {
        ArgumentNullException.ThrowIfNull(metrics);
        ArgumentNullException.ThrowIfNull(sinks);
        // Read before FramesOut and after it could disagree by a frame; a running graph has no lost frames.
        long lost = hasEnded ? metrics.FramesUnderWay : 0;
        long[] latencies = metrics.LatencySeconds.Counts();
        Dictionary<string, double> stages = new(StageSeconds);
        foreach (StageClock clock in metrics.Clocks)
        {
            stages[clock.Name] = stages.GetValueOrDefault(clock.Name) + (clock.MillisecondsPerFrame * clock.Count / 1000);
        }

        Dictionary<string, SinkCounters> delivered = new(Sinks);
        foreach (IResultSink sink in sinks)
        {
            delivered[sink.Kind] = delivered.GetValueOrDefault(sink.Kind) + sink.Counters;
        }

        return new StreamTotals
        {
            FramesIn = FramesIn + metrics.FramesIn,
            FramesOut = FramesOut + metrics.FramesOut,
            DroppedByOverload = DroppedByOverload + metrics.FramesDropped(),
            DroppedByFault = DroppedByFault + lost,
            Faces = Faces + metrics.Faces,
            Events = Events + metrics.Events,
            Reconnects = Reconnects + metrics.Reconnects,
            LatencyCounts = [.. LatencyCounts.Zip(latencies, (before, now) => before + now)],
            LatencySum = LatencySum + metrics.LatencySeconds.Sum,
            StageSeconds = stages,
            Sinks = delivered,
        };
    }
}
