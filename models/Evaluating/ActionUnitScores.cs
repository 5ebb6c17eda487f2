namespace AuStream.Models.Evaluating;

/// <summary>All metrics of one action unit, or their means over several.</summary>
/// <remarks>Values are indexed by <see cref="EvaluationMetric"/>; NaN where a metric is not defined.</remarks>
public sealed class ActionUnitScores
{
    private static readonly int s_metrics = Enum.GetValues<EvaluationMetric>().Length;

    private readonly double[] _values;

    private ActionUnitScores(double[] values)
    {
        _values = values;
    }

    /// <summary>A metric's value.</summary>
    public double this[EvaluationMetric metric] => _values[(int)metric];

    /// <summary>Computes every metric.</summary>
    /// <exception cref="ArgumentException">The sample's lists differ in length, or a score is not a number.</exception>
    public static ActionUnitScores Of(ActionUnitSample sample)
    {
        ArgumentNullException.ThrowIfNull(sample);
        sample.Validate();
        ConfusionCounts counts = ConfusionCounts.Of(sample.Labels, sample.Calls);
        (float[] levels, float[] scores) = WithIntensity(sample);
        double[] values = NotDefined();
        values[(int)EvaluationMetric.F1Frame] = Evaluating.F1Frame.Of(counts);
        values[(int)EvaluationMetric.F1Norm] = Evaluating.F1Norm.Of(counts);
        values[(int)EvaluationMetric.Accuracy] = Evaluating.Accuracy.Of(counts);
        values[(int)EvaluationMetric.FalsePresence] = Evaluating.FalsePresence.Of(counts);
        values[(int)EvaluationMetric.FinalScore] = Evaluating.FinalScore.Of(counts);
        values[(int)EvaluationMetric.AreaUnderRoc] = Evaluating.AreaUnderRoc.Of(sample.Labels, sample.Scores);
        values[(int)EvaluationMetric.AveragePrecision] = Evaluating.AveragePrecision.Of(sample.Labels, sample.Scores);
        values[(int)EvaluationMetric.NormalizedAveragePrecision] = Evaluating.AveragePrecision.NormalizedOf(sample.Labels, sample.Scores);
        if (sample.Sequences is { } sequences)
        {
            values[(int)EvaluationMetric.F1Event] = Evaluating.F1Event.AreaUnderCurve(sample.Labels, sample.Calls, sequences);
        }

        if (levels.Length > 0)
        {
            values[(int)EvaluationMetric.IntraclassCorrelation] = Evaluating.IntraclassCorrelation.Of(levels, scores);
            values[(int)EvaluationMetric.PearsonCorrelation] = Evaluating.PearsonCorrelation.Of(levels, scores);
        }

        return new ActionUnitScores(values);
    }

    /// <summary>Mean of every metric over those action units for which it is defined; NaN where it is for none.</summary>
    public static ActionUnitScores Mean(IReadOnlyCollection<ActionUnitScores> scores)
    {
        ArgumentNullException.ThrowIfNull(scores);
        return new ActionUnitScores(MeanOf([.. scores.Select(one => one._values)]));
    }

    internal static double[] NotDefined()
    {
        double[] values = new double[s_metrics];
        Array.Fill(values, double.NaN);
        return values;
    }

    internal static double[] MeanOf(IReadOnlyList<double[]> scores)
    {
        double[] means = NotDefined();
        for (int metric = 0; metric < means.Length; metric++)
        {
            double[] defined = [.. scores.Select(values => values[metric]).Where(value => !double.IsNaN(value))];
            means[metric] = defined.Length == 0 ? double.NaN : defined.Average();
        }

        return means;
    }

    private static (float[] Levels, float[] Scores) WithIntensity(ActionUnitSample sample)
    {
        if (sample.Intensities is not { } levels)
        {
            return ([], []);
        }

        int[] rows = [.. Enumerable.Range(0, sample.Count).Where(row => !float.IsNaN(levels[row]))];
        return (Array.ConvertAll(rows, row => levels[row]), Array.ConvertAll(rows, row => sample.Scores[row]));
    }
}
