using AuStream.Models.Evaluating;
using AuStream.Testing;
using FsCheck;
using FsCheck.Fluent;

namespace AuStream.Models.Tests.Evaluating;

public sealed class RankingMetricsTests
{
    [Fact]
    public void The_area_under_the_ROC_counts_pairs_and_ties_half()
    {
        AreaUnderRoc.Of([true, true, false, false], [0.9f, 0.5f, 0.5f, 0.1f]).ShouldBe(3.5 / 4, 1e-12);
        AreaUnderRoc.Of([false, true], [0.2f, 0.2f]).ShouldBe(0.5, 1e-12);
        AreaUnderRoc.Of([true, true], [1, 2]).ShouldBe(double.NaN);
        AreaUnderRoc.Of([false], [1]).ShouldBe(double.NaN);
        AreaUnderRoc.Of([true, false], [float.PositiveInfinity, float.NegativeInfinity]).ShouldBe(1);
    }

    [Fact]
    public void The_area_under_the_ROC_is_the_share_of_pairs_in_the_right_order() => Prop.ForAll(Seeds.Any, seed =>
    {
        (bool[] labels, float[] scores) = RandomCase(seed);
        double won = 0;
        double pairs = 0;
        for (int i = 0; i < labels.Length; i++)
        {
            for (int j = 0; j < labels.Length; j++)
            {
                if (labels[i] && !labels[j])
                {
                    pairs++;
                    won += scores[i] > scores[j] ? 1 : (scores[i] == scores[j] ? 0.5 : 0);
                }
            }
        }

        AreaUnderRoc.Of(labels, scores).ShouldBe(won / pairs, 1e-12);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Average_precision_adds_precision_at_every_rise_of_recall()
    {
        AveragePrecision.Of([true, true, false, false], [0.9f, 0.5f, 0.5f, 0.1f]).ShouldBe((1 + (2.0 / 3)) / 2, 1e-12);
        AveragePrecision.Of([true, false, false], [0.5f, 0.9f, 0.1f]).ShouldBe(0.5, 1e-12);
        AveragePrecision.NormalizedOf([true, false, false], [0.5f, 0.9f, 0.1f]).ShouldBe(1 / 1.5, 1e-12);
        AveragePrecision.NormalizedOf([true, true, false, false], [0.9f, 0.5f, 0.5f, 0.1f]).ShouldBe((1 + (2.0 / 3)) / 2, 1e-12);
        AveragePrecision.Of([false], [1]).ShouldBe(double.NaN);
        AveragePrecision.NormalizedOf([true], [1]).ShouldBe(double.NaN);
    }

    [Fact]
    public void Without_ties_average_precision_is_the_mean_precision_at_the_positives() => Prop.ForAll(Seeds.Any, seed =>
    {
        Random random = new(seed);
        bool[] labels = [.. Enumerable.Range(0, 30).Select(i => i == 0 || random.Next(3) == 0)];
        float[] scores = [.. Enumerable.Range(0, 30).Select(i => (float)i)];
        random.Shuffle(scores);
        double expected = Enumerable.Range(0, 30).Where(i => labels[i])
            .Average(i => (double)Enumerable.Range(0, 30).Count(k => labels[k] && scores[k] >= scores[i]) / scores.Count(score => score >= scores[i]));

        AveragePrecision.Of(labels, scores).ShouldBe(expected, 1e-12);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_score_that_is_not_a_number_is_refused() =>
        Should.Throw<ArgumentException>(() => AreaUnderRoc.Of([true, false], [float.NaN, 1]));

    private static (bool[] Labels, float[] Scores) RandomCase(int seed)
    {
        Random random = new(seed);
        int count = random.Next(2, 40);
        bool[] labels = [.. Enumerable.Range(0, count).Select(i => i == 0 || (i > 1 && random.Next(2) == 0))];
        return (labels, [.. Enumerable.Range(0, count).Select(_ => random.Next(10) / 10f)]);
    }
}
