using System.Numerics;

namespace AuStream.Pipeline.Observing;

/// <summary>Counts durations in logarithmic buckets of at most 3.2 % width, from 1 µs to over an hour, without allocating. Thread-safe.</summary>
public sealed class LatencyHistogram
{
    private const int SubBucketBits = 5;
    private const int SubBuckets = 1 << SubBucketBits;
    private readonly long[] _counts = new long[33 * SubBuckets];
    private long _total;
    private long _maximum;

    /// <summary>Durations recorded so far.</summary>
    public long Count => Volatile.Read(ref _total);

    /// <summary>The longest duration recorded.</summary>
    public TimeSpan Maximum => TimeSpan.FromMicroseconds(Volatile.Read(ref _maximum));

    /// <summary>Adds one duration; negative ones count as zero.</summary>
    public void Record(TimeSpan duration)
    {
        long microseconds = Math.Clamp(duration.Ticks / TimeSpan.TicksPerMicrosecond, 0, uint.MaxValue);
        Interlocked.Increment(ref _counts[BucketOf(microseconds)]);
        Interlocked.Increment(ref _total);
        long known = Volatile.Read(ref _maximum);
        while (microseconds > known)
        {
            long seen = Interlocked.CompareExchange(ref _maximum, microseconds, known);
            if (seen == known)
            {
                break;
            }

            known = seen;
        }
    }

    /// <summary>The duration that the given share (0–1) of all recorded ones does not exceed; zero when none was recorded.</summary>
    public TimeSpan Percentile(double share)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(share, 0);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(share, 1);
        long rank = (long)Math.Ceiling(share * Count);
        long seen = 0;
        for (int bucket = 0; bucket < _counts.Length; bucket++)
        {
            seen += Volatile.Read(ref _counts[bucket]);
            if (seen >= rank && seen > 0)
            {
                return TimeSpan.FromMicroseconds(Math.Min(UpperBoundOf(bucket), Volatile.Read(ref _maximum)));
            }
        }

        return TimeSpan.Zero;
    }

    /// <summary>Forgets everything.</summary>
    public void Reset()
    {
        Array.Clear(_counts);
        Volatile.Write(ref _total, 0);
        Volatile.Write(ref _maximum, 0);
    }

    private static int BucketOf(long microseconds)
    {
        if (microseconds < SubBuckets)
        {
            return (int)microseconds;
        }

        int exponent = BitOperations.Log2((ulong)microseconds) - SubBucketBits;
        int mantissa = (int)(microseconds >> exponent) - SubBuckets;
        return ((exponent + 1) << SubBucketBits) + mantissa;
    }

    private static double UpperBoundOf(int bucket)
    {
        if (bucket < SubBuckets)
        {
            return bucket;
        }

        int exponent = (bucket >> SubBucketBits) - 1;
        long mantissa = (bucket & (SubBuckets - 1)) + SubBuckets;
        return ((mantissa + 1) << exponent) - 1;
    }
}
