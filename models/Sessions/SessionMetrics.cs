namespace AuStream.Models.Sessions;

/// <summary>What a network did since it was loaded, all runners together. Thread-safe.</summary>
public sealed class SessionMetrics
{
    private long _underWay;
    private long _failures;

    /// <summary>Seconds per call.</summary>
    public FixedHistogram Seconds { get; } = new(FixedHistogram.Seconds);

    /// <summary>Items per call; the sum is the items computed.</summary>
    public FixedHistogram BatchSizes { get; } = new(FixedHistogram.BatchSizes);

    /// <summary>Calls under way now.</summary>
    public long UnderWay => Interlocked.Read(ref _underWay);

    /// <summary>Calls that failed.</summary>
    public long Failures => Interlocked.Read(ref _failures);

    internal void Begin() => Interlocked.Increment(ref _underWay);

    internal void End(int batch, TimeSpan elapsed)
    {
        Interlocked.Decrement(ref _underWay);
        Seconds.Record(elapsed.TotalSeconds);
        BatchSizes.Record(batch);
    }

    internal void Fail()
    {
        Interlocked.Decrement(ref _underWay);
        Interlocked.Increment(ref _failures);
    }
}
