using AuStream.Stages.Alignment;
using AuStream.Stages.Sampling;
using AuStream.Testing;
using FsCheck;
using FsCheck.Fluent;

namespace AuStream.Stages.Tests.Alignment;

public sealed class SimilarityEstimatorTests
{
    [Fact]
    public void Any_similarity_is_recovered_from_points_that_it_moved() => Prop.ForAll(Seeds.Any, seed =>
    {
        Random random = new(seed);
        double[] source = RandomPoints(random, random.Next(2, 20), 2000);
        AffineMap truth = RandomSimilarity(random);
        double[] target = Move(source, truth);

        SimilarityEstimator.TryEstimate(source, target, out AffineMap map).ShouldBeTrue();

        map.XX.ShouldBe(truth.XX, 1e-9 * truth.Scale);
        map.YX.ShouldBe(truth.YX, 1e-9 * truth.Scale);
        map.X0.ShouldBe(truth.X0, 1e-5);
        map.Y0.ShouldBe(truth.Y0, 1e-5);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void With_noise_it_is_the_least_squares_solution_of_the_normal_equations() => Prop.ForAll(Seeds.Any, seed =>
    {
        Random random = new(seed);
        double[] source = RandomPoints(random, random.Next(2, 20), 1000);
        double[] target = [.. Move(source, RandomSimilarity(random)).Select(value => value + (40 * (random.NextDouble() - 0.5)))];

        SimilarityEstimator.TryEstimate(source, target, out AffineMap map).ShouldBeTrue();

        (double a, double b, double c, double d) = NormalEquations.Solve(source, target);
        for (int i = 0; i < source.Length; i += 2)
        {
            (double x, double y) = map.Apply(source[i], source[i + 1]);
            x.ShouldBe((a * source[i]) - (b * source[i + 1]) + c, 1e-5);
            y.ShouldBe((b * source[i]) + (a * source[i + 1]) + d, 1e-5);
        }
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_mirrored_target_gets_the_best_map_without_a_reflection()
    {
        double[] source = [0, 0, 10, 0, 0, 4];
        double[] mirrored = [0, 0, -10, 0, 0, 4];

        SimilarityEstimator.TryEstimate(source, mirrored, out AffineMap map).ShouldBeTrue();

        map.Determinant.ShouldBeGreaterThan(0);
    }

    [Theory]
    [InlineData(new double[] { }, new double[] { }, "no points")]
    [InlineData(new double[] { 1, 2 }, new double[] { 3, 4 }, "one point")]
    [InlineData(new double[] { 5, 5, 5, 5, 5, 5 }, new double[] { 0, 0, 1, 0, 0, 1 }, "the source in one place")]
    [InlineData(new double[] { 0, 0, 1, 0, 0, 1 }, new double[] { 5, 5, 5, 5, 5, 5 }, "the target in one place")]
    [InlineData(new double[] { 1, 1, -1, -1, 1, -1, -1, 1 }, new double[] { -1, 1, 1, -1, -1, -1, 1, 1 }, "a square and its mirror image")]
    [InlineData(new double[] { 0, 0, double.NaN, 0, 0, 1 }, new double[] { 0, 0, 1, 0, 0, 1 }, "NaN in the source")]
    [InlineData(new double[] { 0, 0, 1, 0, 0, 1 }, new double[] { 0, 0, 1, 0, 0, double.PositiveInfinity }, "infinity in the target")]
    public void Points_that_determine_no_similarity_give_false_and_the_identity(double[] source, double[] target, string why)
    {
        SimilarityEstimator.TryEstimate(source, target, out AffineMap map).ShouldBeFalse(why);
        map.ShouldBe(AffineMap.Identity);
    }

    [Fact]
    public void Lists_of_different_or_odd_length_are_refused()
    {
        Should.Throw<ArgumentException>(() => SimilarityEstimator.TryEstimate(new double[4], new double[6], out _));
        Should.Throw<ArgumentException>(() => SimilarityEstimator.TryEstimate(new double[5], new double[5], out _));
    }

    private static double[] RandomPoints(Random random, int count, double range) =>
        [.. Enumerable.Range(0, 2 * count).Select(_ => range * random.NextDouble())];

    private static AffineMap RandomSimilarity(Random random)
    {
        double scale = Math.Exp(6 * (random.NextDouble() - 0.5));
        double angle = 2 * Math.PI * random.NextDouble();
        double a = scale * Math.Cos(angle);
        double b = scale * Math.Sin(angle);
        return new AffineMap(a, -b, 4000 * (random.NextDouble() - 0.5), b, a, 4000 * (random.NextDouble() - 0.5));
    }

    private static double[] Move(double[] points, AffineMap map)
    {
        double[] moved = new double[points.Length];
        for (int i = 0; i < points.Length; i += 2)
        {
            (moved[i], moved[i + 1]) = map.Apply(points[i], points[i + 1]);
        }

        return moved;
    }
}
