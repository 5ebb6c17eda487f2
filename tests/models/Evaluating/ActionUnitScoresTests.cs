using AuStream.Models.Evaluating;

namespace AuStream.Models.Tests.Evaluating;

public sealed class ActionUnitScoresTests
{
    [Fact]
    public void Every_metric_has_the_value_of_its_own_class()
    {
        ActionUnitSample sample = Sample(seed: 1);
        ActionUnitScores scores = ActionUnitScores.Of(sample);

        scores[EvaluationMetric.F1Frame].ShouldBe(F1Frame.Of(sample.Labels, sample.Calls));
        scores[EvaluationMetric.F1Norm].ShouldBe(F1Norm.Of(sample.Labels, sample.Calls));
        scores[EvaluationMetric.F1Event].ShouldBe(F1Event.AreaUnderCurve(sample.Labels, sample.Calls, sample.Sequences));
        scores[EvaluationMetric.Accuracy].ShouldBe(Accuracy.Of(sample.Labels, sample.Calls));
        scores[EvaluationMetric.FinalScore].ShouldBe(FinalScore.Of(sample.Labels, sample.Calls));
        scores[EvaluationMetric.AreaUnderRoc].ShouldBe(AreaUnderRoc.Of(sample.Labels, sample.Scores));
        scores[EvaluationMetric.AveragePrecision].ShouldBe(AveragePrecision.Of(sample.Labels, sample.Scores));
        scores[EvaluationMetric.NormalizedAveragePrecision].ShouldBe(AveragePrecision.NormalizedOf(sample.Labels, sample.Scores));
        scores[EvaluationMetric.IntraclassCorrelation].ShouldBe(IntraclassCorrelation.Of(sample.Intensities, sample.Scores));
        scores[EvaluationMetric.PearsonCorrelation].ShouldBe(PearsonCorrelation.Of(sample.Intensities, sample.Scores));
    }

    [Fact]
    public void Frames_without_an_intensity_count_for_presence_only()
    {
        ActionUnitSample sample = Sample(seed: 2);
        float[] partly = [.. sample.Intensities!];
        partly[3] = partly[10] = float.NaN;
        ActionUnitScores scores = ActionUnitScores.Of(sample with { Intensities = partly });

        ActionUnitSample known = sample.Where(row => row is not (3 or 10));
        scores[EvaluationMetric.IntraclassCorrelation].ShouldBe(IntraclassCorrelation.Of(known.Intensities, known.Scores));
        scores[EvaluationMetric.F1Frame].ShouldBe(F1Frame.Of(sample.Labels, sample.Calls));
    }

    [Fact]
    public void A_mean_leaves_out_action_units_for_which_a_metric_is_not_defined()
    {
        ActionUnitSample sample = Sample(seed: 3);
        ActionUnitScores here = ActionUnitScores.Of(sample);
        ActionUnitScores never = ActionUnitScores.Of(sample with { Labels = new bool[sample.Count], Sequences = null, Intensities = null });
        ActionUnitScores mean = ActionUnitScores.Mean([here, never]);

        never[EvaluationMetric.AreaUnderRoc].ShouldBe(double.NaN);
        mean[EvaluationMetric.AreaUnderRoc].ShouldBe(here[EvaluationMetric.AreaUnderRoc]);
        mean[EvaluationMetric.Accuracy].ShouldBe((here[EvaluationMetric.Accuracy] + never[EvaluationMetric.Accuracy]) / 2, 1e-15);
    }

    [Fact]
    public void Intervals_are_those_of_the_plain_bootstrap_for_every_metric()
    {
        ActionUnitSample sample = Sample(seed: 4);
        ActionUnitIntervals intervals = ActionUnitIntervals.Estimate([sample], subjects: 6, draws: 60, seed: 9);

        foreach (EvaluationMetric metric in Enum.GetValues<EvaluationMetric>())
        {
            ConfidenceInterval plain = SubjectBootstrap.Estimate(sample.Subjects, rows => ActionUnitScores.Of(Drawn(sample, rows))[metric], draws: 60, seed: 9);
            intervals.Of(0, metric).Low.ShouldBe(plain.Low, 1e-9, metric.ToString());
            intervals.Of(0, metric).High.ShouldBe(plain.High, 1e-9, metric.ToString());
            intervals.OfMean(metric).ShouldBe(intervals.Of(0, metric));
        }
    }

    [Fact]
    public void The_interval_of_a_mean_is_narrower_than_those_of_independent_action_units()
    {
        ActionUnitSample[] samples = [.. Enumerable.Range(10, 8).Select(seed => Sample(seed))];
        ActionUnitIntervals intervals = ActionUnitIntervals.Estimate(samples, subjects: 6, draws: 200);
        double Width(ConfidenceInterval interval) => interval.High - interval.Low;

        double typical = Enumerable.Range(0, samples.Length).Average(unit => Width(intervals.Of(unit, EvaluationMetric.AreaUnderRoc)));
        Width(intervals.OfMean(EvaluationMetric.AreaUnderRoc)).ShouldBeLessThan(0.8 * typical);
    }

    [Fact]
    public void A_sample_whose_lists_differ_in_length_is_refused() =>
        Should.Throw<ArgumentException>(() => ActionUnitScores.Of(Sample(seed: 5) with { Calls = new bool[3] }));

    /// <summary>Six people of 30 frames each; scores in steps, so that there are ties.</summary>
    private static ActionUnitSample Sample(int seed)
    {
        Random random = new(seed);
        int[] subjects = [.. Enumerable.Range(0, 180).Select(row => row / 30)];
        float[] intensities = [.. subjects.Select(_ => (float)random.Next(6))];
        float[] scores = [.. intensities.Select(level => Math.Clamp(MathF.Round((level + (float)(4 * random.NextDouble()) - 2) * 2) / 2, 0, 5))];
        return new ActionUnitSample
        {
            Labels = [.. intensities.Select(level => level >= 2)],
            Calls = [.. scores.Select(score => score >= 1.5f)],
            Scores = scores,
            Intensities = intensities,
            Subjects = subjects,
            Sequences = [.. subjects.Select((subject, row) => (2 * subject) + (row % 30 / 15))],
        };
    }

    // A subject drawn twice appears twice, as two stretches of video.
    private static ActionUnitSample Drawn(ActionUnitSample sample, int[] rows)
    {
        T[] Take<T>(T[] values) => [.. rows.Select(row => values[row])];
        int copy = 0;
        int[] sequences = new int[rows.Length];
        for (int i = 0; i < rows.Length; i++)
        {
            copy += i == 0 || rows[i] != rows[i - 1] + 1 || sample.Sequences![rows[i]] != sample.Sequences[rows[i - 1]] ? 1 : 0;
            sequences[i] = copy;
        }

        return new ActionUnitSample
        {
            Labels = Take(sample.Labels),
            Calls = Take(sample.Calls),
            Scores = Take(sample.Scores),
            Intensities = Take(sample.Intensities!),
            Subjects = Take(sample.Subjects),
            Sequences = sequences,
        };
    }
}
