using AuStream.Models.Evaluating;
using AuStream.Testing;
using FsCheck;
using FsCheck.Fluent;

namespace AuStream.Models.Tests.Evaluating;

public sealed class IntensityMetricsTests
{
    [Fact]
    public void Consistency_forgives_an_offset_but_not_a_scale()
    {
        IntraclassCorrelation.Of([1, 2, 3], [2, 3, 4]).ShouldBe(1, 1e-12);
        IntraclassCorrelation.Of([0, 1, 2, 3], [0, 2, 4, 6]).ShouldBe(0.8, 1e-12);
        IntraclassCorrelation.Of([1, 2, 3], [3, 2, 1]).ShouldBe(-1, 1e-12);
        IntraclassCorrelation.Of([1], [1]).ShouldBe(double.NaN);
        IntraclassCorrelation.Of([2, 2], [3, 3]).ShouldBe(double.NaN);
    }

    [Fact]
    public void ICC_is_the_ratio_of_mean_squares_of_the_two_way_table() => Prop.ForAll(Seeds.Any, seed =>
    {
        Random random = new(seed);
        int count = random.Next(2, 30);
        float[] labels = [.. Enumerable.Range(0, count).Select(_ => 5 * random.NextSingle())];
        float[] predictions = [.. labels.Select(label => label + random.NextSingle())];

        double grand = labels.Concat(predictions).Average();
        double[] rows = [.. labels.Zip(predictions, (a, b) => ((double)a + b) / 2)];
        double between = 2 * rows.Sum(row => Math.Pow(row - grand, 2)) / (count - 1);
        double error = 0;
        foreach (float[] rater in new[] { labels, predictions })
        {
            double column = rater.Average(value => (double)value);
            error += rater.Select((value, i) => Math.Pow(value - rows[i] - column + grand, 2)).Sum() / (count - 1);
        }

        IntraclassCorrelation.Of(labels, predictions).ShouldBe((between - error) / (between + error), 1e-9);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Correlation_ignores_offset_and_scale()
    {
        PearsonCorrelation.Of([0, 1, 2, 3], [1, 3, 5, 7]).ShouldBe(1, 1e-12);
        PearsonCorrelation.Of([0, 1, 2], [0, 1, 0]).ShouldBe(0, 1e-12);
        PearsonCorrelation.Of([1, 2, 3], [1, 3, 2]).ShouldBe(0.5, 1e-12);
        PearsonCorrelation.Of([1, 2, 3], [4, 4, 4]).ShouldBe(double.NaN);
        PearsonCorrelation.Of([], []).ShouldBe(double.NaN);
    }

    [Fact]
    public void Relations_are_pairwise_correlations_and_their_distance_is_Euclidean()
    {
        double[,] labels = ActionUnitRelation.Matrix([[1, 2, 3], [1, 3, 2], [4, 4, 4]]);
        double[,] predictions = ActionUnitRelation.Matrix([[1, 2, 3], [1, 2, 3], [3, 4, 5]]);

        labels[0, 0].ShouldBe(1, 1e-12);
        labels[0, 1].ShouldBe(0.5, 1e-12);
        labels[1, 0].ShouldBe(0.5, 1e-12);
        labels[0, 2].ShouldBe(double.NaN);
        ActionUnitRelation.Distance(labels, predictions).ShouldBe(Math.Sqrt(2 * 0.25), 1e-12, "pairs without variance are left out");
        Should.Throw<ArgumentException>(() => ActionUnitRelation.Distance(labels, new double[2, 2]));
    }
}
