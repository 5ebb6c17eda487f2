namespace AuStream.Models.Sessions;

/// <summary>Counts values in buckets with fixed upper bounds, as Prometheus and OpenTelemetry do. Thread-safe; recording allocates nothing.</summary>
public sealed class FixedHistogram
{
    private readonly double[] _bounds;
    private readonly long[] _counts;
    private double _sum;

    /// <param name="bounds">Upper bounds, each included in its bucket, ascending; a last bucket without a bound is added.</param>
    /// <exception cref="ArgumentException">The bounds do not ascend, or there is none.</exception>
    public FixedHistogram(IReadOnlyList<double> bounds)
    {
        ArgumentNullException.ThrowIfNull(bounds);
        _bounds = [.. bounds];
        for (int i = 0; i < _bounds.Length; i++)
        {
            if (!double.IsFinite(_bounds[i]) || (i > 0 && _bounds[i] <= _bounds[i - 1]))
            {
                throw new ArgumentException("The bounds must be finite and ascend.", nameof(bounds));
            }
        }

        _counts = new long[_bounds.Length + 1];
    }

    /// <summary>Bounds for times of milliseconds to seconds, in seconds.</summary>
    public static IReadOnlyList<double> Seconds { get; } = [0.001, 0.0025, 0.005, 0.01, 0.02, 0.04, 0.08, 0.15, 0.3, 0.6, 1.2, 2.5, 5, 10];

    /// <summary>Bounds for batch sizes.</summary>
    public static IReadOnlyList<double> BatchSizes { get; } = [1, 2, 4, 8, 16, 32, 64, 128, 256];

    /// <summary>The upper bounds.</summary>
    public IReadOnlyList<double> Bounds => _bounds;

    /// <summary>Sum of all values.</summary>
    public double Sum => Volatile.Read(ref _sum);

    /// <summary>Adds a value.</summary>
    public void Record(double value)
    {
        int bucket = 0;
        while (bucket < _bounds.Length && value > _bounds[bucket])
        {
            bucket++;
        }

        Interlocked.Increment(ref _counts[bucket]);
        double seen = Volatile.Read(ref _sum);
        while (true)
        {
            double before = Interlocked.CompareExchange(ref _sum, seen + value, seen);
            if (before.Equals(seen))
            {
                return;
            }

            seen = before;
        }
    }

    /// <summary>Values per bucket so far, the last one without an upper bound. A copy.</summary>
    public long[] Counts()
    {
        long[] copy = new long[_counts.Length];
        for (int i = 0; i < copy.Length; i++)
        {
            copy[i] = Interlocked.Read(ref _counts[i]);
        }

        return copy;
    }
}
