namespace AuStream.Models.Evaluating;

/// <summary>One action unit's metrics when every subject counts as often as a draw says. Thread-safe.</summary>
internal sealed class ResampledScores
{
    private readonly ConfusionCounts[] _counts;
    private readonly int[] _rankedSubjects;
    private readonly bool[] _rankedLabels;
    private readonly bool[] _endsTie;
    private readonly RatingMoments[]? _moments;
    private readonly EventTally[]? _events;

    /// <exception cref="ArgumentException">The sample's lists differ in length, or a score is not a number.</exception>
    public ResampledScores(ActionUnitSample sample, int subjects)
    {
        sample.Validate();
        int[][] rows = [.. Enumerable.Range(0, subjects).Select(_ => Array.Empty<int>())];
        foreach (IGrouping<int, int> group in Enumerable.Range(0, sample.Count).GroupBy(row => sample.Subjects[row]))
        {
            rows[group.Key] = [.. group];
        }

        _counts = Array.ConvertAll(rows, own => ConfusionCounts.Of(Take(sample.Labels, own), Take(sample.Calls, own)));
        float[] keys = Array.ConvertAll(sample.Scores, score => -score);
        int[] order = [.. Enumerable.Range(0, sample.Count)];
        Array.Sort(keys, order);
        _rankedSubjects = Take(sample.Subjects, order);
        _rankedLabels = Take(sample.Labels, order);
        _endsTie = [.. Enumerable.Range(0, keys.Length).Select(i => i + 1 == keys.Length || keys[i] != keys[i + 1])];
        _moments = sample.Intensities is { } levels ? Array.ConvertAll(rows, own => RatingMoments.Of(Take(levels, own), Take(sample.Scores, own))) : null;
        _events = sample.Sequences is { } sequences
            ? Array.ConvertAll(rows, own => EventTally.Of(Take(sample.Labels, own), Take(sample.Calls, own), Take(sequences, own)))
            : null;
    }

    /// <summary>Every metric, indexed by <see cref="EvaluationMetric"/>.</summary>
    /// <param name="weights">How often each subject counts.</param>
    public double[] Of(int[] weights)
    {
        double[] values = ActionUnitScores.NotDefined();
        ConfusionCounts counts = default;
        for (int subject = 0; subject < _counts.Length; subject++)
        {
            counts = Add(counts, _counts[subject], weights[subject]);
        }

        values[(int)EvaluationMetric.F1Frame] = Evaluating.F1Frame.Of(counts);
        values[(int)EvaluationMetric.F1Norm] = Evaluating.F1Norm.Of(counts);
        values[(int)EvaluationMetric.Accuracy] = Evaluating.Accuracy.Of(counts);
        values[(int)EvaluationMetric.FalsePresence] = Evaluating.FalsePresence.Of(counts);
        values[(int)EvaluationMetric.FinalScore] = Evaluating.FinalScore.Of(counts);
        Rank(weights, counts.TruePositives + counts.FalseNegatives, counts.FalsePositives + counts.TrueNegatives, values);
        if (_moments is not null)
        {
            RatingMoments moments = RatingMoments.Sum(_moments, weights);
            values[(int)EvaluationMetric.IntraclassCorrelation] = moments.IntraclassCorrelation();
            values[(int)EvaluationMetric.PearsonCorrelation] = moments.PearsonCorrelation();
        }

        if (_events is not null)
        {
            values[(int)EvaluationMetric.F1Event] = EventTally.AreaUnderCurve(_events, weights);
        }

        return values;
    }

    private void Rank(int[] weights, long positives, long negatives, double[] values)
    {
        if (positives == 0)
        {
            return;
        }

        double balance = (double)positives / negatives;
        double pairsWon = 0;
        double precisions = 0;
        double normalizedPrecisions = 0;
        long hits = 0;
        long falseAlarms = 0;
        long tiedPositives = 0;
        long tiedNegatives = 0;
        for (int i = 0; i < _rankedLabels.Length; i++)
        {
            int weight = weights[_rankedSubjects[i]];
            (tiedPositives, tiedNegatives) = _rankedLabels[i] ? (tiedPositives + weight, tiedNegatives) : (tiedPositives, tiedNegatives + weight);
            if (!_endsTie[i])
            {
                continue;
            }

            pairsWon += tiedNegatives * (hits + (tiedPositives / 2.0));
            hits += tiedPositives;
            falseAlarms += tiedNegatives;
            if (tiedPositives > 0)
            {
                precisions += tiedPositives * ((double)hits / (hits + falseAlarms));
                normalizedPrecisions += tiedPositives * (hits / (hits + (falseAlarms * balance)));
            }

            (tiedPositives, tiedNegatives) = (0, 0);
        }

        values[(int)EvaluationMetric.AveragePrecision] = precisions / positives;
        if (negatives > 0)
        {
            values[(int)EvaluationMetric.AreaUnderRoc] = pairsWon / positives / negatives;
            values[(int)EvaluationMetric.NormalizedAveragePrecision] = normalizedPrecisions / positives;
        }
    }

    private static ConfusionCounts Add(in ConfusionCounts sum, in ConfusionCounts one, int weight) => new(
        sum.TruePositives + (weight * one.TruePositives),
        sum.FalsePositives + (weight * one.FalsePositives),
        sum.FalseNegatives + (weight * one.FalseNegatives),
        sum.TrueNegatives + (weight * one.TrueNegatives));

    private static T[] Take<T>(T[] values, int[] rows) => Array.ConvertAll(rows, row => values[row]);
}
