using AuStream.Models.Evaluating;

namespace AuStream.Models.Tests.Evaluating;

public sealed class SubjectBootstrapTests
{
    [Fact]
    public void Two_subjects_of_zero_and_one_have_means_of_zero_half_and_one_in_the_ratio_one_two_one()
    {
        int[] subjects = [7, 7, 3, 3];
        double Mean(int[] rows) => rows.Average(row => row < 2 ? 0.0 : 1.0);

        SubjectBootstrap.Estimate(subjects, Mean).ShouldBe(new ConfidenceInterval(0, 1));
        SubjectBootstrap.Estimate(subjects, Mean, confidence: 0.4).ShouldBe(new ConfidenceInterval(0.5, 0.5));
    }

    [Fact]
    public void Whole_subjects_are_drawn()
    {
        int[] subjects = [1, 2, 2, 2, 3];
        SubjectBootstrap.Estimate(subjects, rows =>
        {
            rows.Count(row => row == 1).ShouldBe(rows.Count(row => row == 2));
            rows.Count(row => row == 1).ShouldBe(rows.Count(row => row == 3));
            (rows.Length - (2 * rows.Count(row => row == 1))).ShouldBe(3);
            return 0;
        });
    }

    [Fact]
    public void Draws_come_from_SplitMix64()
    {
        // First outputs for seed 1234567: 6457827717110365317, 3203168211198807973, 9817491932198370423, 4593380528125082431, 16408922859458223821.
        int[] drawn = [];
        SubjectBootstrap.Estimate([.. Enumerable.Range(0, 1000)], rows =>
        {
            drawn = rows[..5];
            return 0;
        }, draws: 1, seed: 1234567);

        drawn.ShouldBe([350, 173, 532, 249, 889]);
    }

    [Fact]
    public void Draws_without_a_value_are_left_out()
    {
        int[] subjects = [0, 1];
        SubjectBootstrap.Estimate(subjects, rows => rows.Distinct().Count() == 2 ? 0.7 : double.NaN).ShouldBe(new ConfidenceInterval(0.7, 0.7));
        SubjectBootstrap.Estimate(subjects, _ => double.NaN).ShouldBe(new ConfidenceInterval(double.NaN, double.NaN));
    }

    [Fact]
    public void The_interval_of_a_mean_has_about_the_width_of_its_standard_error()
    {
        Random random = new(4);
        float[] values = [.. Enumerable.Range(0, 400).Select(_ => random.NextSingle())];
        ConfidenceInterval interval = SubjectBootstrap.Estimate(
            [.. Enumerable.Range(0, 400)], rows => rows.Average(row => values[row]), draws: 2000);

        double standardError = Math.Sqrt(1.0 / 12 / 400);
        (interval.High - interval.Low).ShouldBe(2 * 1.96 * standardError, 0.15 * 2 * 1.96 * standardError);
        values.Average().ShouldBeInRange((float)interval.Low, (float)interval.High);
    }

    [Fact]
    public void Options_out_of_range_are_refused()
    {
        Should.Throw<ArgumentOutOfRangeException>(() => SubjectBootstrap.Estimate([0], _ => 0, draws: 0));
        Should.Throw<ArgumentOutOfRangeException>(() => SubjectBootstrap.Estimate([0], _ => 0, confidence: 1));
    }
}
