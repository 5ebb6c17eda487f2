using AuStream.Models.Sessions;
using AuStream.Testing;

namespace AuStream.Models.Tests.Sessions;

public sealed class FixedHistogramTests
{
    [Fact]
    public void A_value_falls_into_the_first_bucket_whose_bound_it_does_not_exceed()
    {
        FixedHistogram histogram = new([1, 2, 4]);
        foreach (double value in (double[])[0, 1, 1.5, 2, 4, 4.1, 1000])
        {
            histogram.Record(value);
        }

        histogram.Counts().ShouldBe([2, 2, 1, 2]);
        histogram.Sum.ShouldBe(1012.6, 1e-9);
    }

    [Fact]
    public void Recording_from_many_threads_loses_nothing_and_allocates_nothing()
    {
        FixedHistogram histogram = new(FixedHistogram.Seconds);

        Parallel.For(0, 8, _ =>
        {
            for (int i = 0; i < 5000; i++)
            {
                histogram.Record(0.5);
            }
        });

        histogram.Counts().Sum().ShouldBe(40_000);
        histogram.Sum.ShouldBe(20_000);
        AllocationMeter.Least(() => histogram.Record(0.01)).ShouldBe(0);
    }

    [Theory]
    [InlineData(2, 1)]
    [InlineData(1, 1)]
    [InlineData(1, double.NaN)]
    public void Bounds_must_ascend(double first, double second) =>
        Should.Throw<ArgumentException>(() => new FixedHistogram([first, second]));
}
