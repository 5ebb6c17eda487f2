using AuStream.Pipeline.Observing;
using FsCheck;
using FsCheck.Fluent;

namespace AuStream.Graph.Tests.Observing;

public sealed class LatencyHistogramTests
{
    [Fact]
    public void Percentiles_are_within_a_bucket_of_the_exact_ones()
    {
        Prop.ForAll<int[], byte>(static (values, share) =>
        {
            long[] sorted = [.. values.Select(value => (long)Math.Abs(value % 50_000_000)).Order()];
            if (sorted.Length == 0)
            {
                return true;
            }

            LatencyHistogram histogram = new();
            foreach (long value in sorted)
            {
                histogram.Record(TimeSpan.FromMicroseconds(value));
            }

            double wanted = share / 255.0;
            long exact = sorted[Math.Max(0, (int)Math.Ceiling(wanted * sorted.Length) - 1)];
            double measured = histogram.Percentile(wanted).TotalMicroseconds;
            return measured >= exact && measured <= Math.Max(exact + 1, exact * 1.032);
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void An_empty_histogram_says_zero()
    {
        new LatencyHistogram().Percentile(0.99).ShouldBe(TimeSpan.Zero);
    }

    [Fact]
    public void Reset_forgets()
    {
        LatencyHistogram histogram = new();
        histogram.Record(TimeSpan.FromSeconds(1));
        histogram.Reset();
        histogram.Count.ShouldBe(0);
        histogram.Maximum.ShouldBe(TimeSpan.Zero);
    }
}
