namespace AuStream.Models.Evaluating;

/// <summary>Confidence intervals of every metric, per action unit and of the mean, from one set of draws of whole subjects.</summary>
/// <remarks>The same draws and percentiles as <see cref="SubjectBootstrap.Estimate"/>, but a draw costs one pass over the frames
/// instead of a new sample: the subjects' counts, moments and events are added up with the draw's weights.</remarks>
public sealed class ActionUnitIntervals
{
    private readonly ConfidenceInterval[][] _units;
    private readonly ConfidenceInterval[] _mean;

    private ActionUnitIntervals(ConfidenceInterval[][] units, ConfidenceInterval[] mean)
    {
        _units = units;
        _mean = mean;
    }

    /// <summary>Estimates the intervals.</summary>
    /// <param name="samples">One sample per action unit; subjects are numbered alike in all.</param>
    /// <param name="subjects">Number of subjects, including those without a labelled frame.</param>
    /// <param name="draws">Number of draws, at least 1.</param>
    /// <param name="seed">Any.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <exception cref="ArgumentException">A sample's lists differ in length.</exception>
    public static ActionUnitIntervals Estimate(
        IReadOnlyList<ActionUnitSample> samples, int subjects, int draws = 1000, ulong seed = 1, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(samples);
        ArgumentOutOfRangeException.ThrowIfLessThan(draws, 1);
        ResampledScores[] units = [.. samples.Select(sample => new ResampledScores(sample, subjects))];
        int metrics = ActionUnitScores.NotDefined().Length;
        List<double>[][] drawn = [.. Enumerable.Range(0, units.Length + 1).Select(_ => Enumerable.Range(0, metrics).Select(_ => new List<double>()).ToArray())];
        double[][] values = new double[units.Length][];
        foreach (int[] weights in SubjectBootstrap.Weights(subjects, draws, seed))
        {
            cancellationToken.ThrowIfCancellationRequested();
            Parallel.For(0, units.Length, unit => values[unit] = units[unit].Of(weights));
            for (int unit = 0; unit < units.Length; unit++)
            {
                Keep(drawn[unit], values[unit]);
            }

            Keep(drawn[^1], ActionUnitScores.MeanOf(values));
        }

        ConfidenceInterval[][] intervals = [.. drawn.Select(lists => lists.Select(list => ConfidenceInterval.OfDraws(list)).ToArray())];
        return new ActionUnitIntervals(intervals[..^1], intervals[^1]);
    }

    /// <summary>95 % interval of an action unit's metric.</summary>
    public ConfidenceInterval Of(int unit, EvaluationMetric metric) => _units[unit][(int)metric];

    /// <summary>95 % interval of the mean over the action units.</summary>
    public ConfidenceInterval OfMean(EvaluationMetric metric) => _mean[(int)metric];

    private static void Keep(List<double>[] lists, double[] values)
    {
        for (int metric = 0; metric < lists.Length; metric++)
        {
            if (!double.IsNaN(values[metric]))
            {
                lists[metric].Add(values[metric]);
            }
        }
    }
}
