namespace AuStream.Models.Evaluating;

/// <summary>Confidence intervals by drawing whole subjects with replacement: frames of one person are not independent.</summary>
/// <remarks>Percentile method, linear between order statistics. Draws in which the metric is undefined (NaN) are left out. The same
/// seed gives the same interval on every machine: draws come from SplitMix64 (Steele, Lea, Flood 2014), the k-th subject of a draw
/// being the high 64 bits of output · subjects.</remarks>
public static class SubjectBootstrap
{
    /// <summary>Estimates the interval of a metric.</summary>
    /// <param name="subjects">Subject of every row.</param>
    /// <param name="metric">The metric over a list of row numbers, in which a row may occur several times.</param>
    /// <param name="draws">Number of draws, at least 1.</param>
    /// <param name="confidence">Share of draws within the interval, above 0 and below 1.</param>
    /// <param name="seed">Any.</param>
    public static ConfidenceInterval Estimate(
        IReadOnlyList<int> subjects, Func<int[], double> metric, int draws = 1000, double confidence = 0.95, ulong seed = 1)
    {
        ArgumentNullException.ThrowIfNull(subjects);
        ArgumentNullException.ThrowIfNull(metric);
        ArgumentOutOfRangeException.ThrowIfLessThan(draws, 1);
        if (!(confidence is > 0 and < 1))
        {
            throw new ArgumentOutOfRangeException(nameof(confidence), confidence, "The confidence lies between 0 and 1.");
        }

        int[][] rows = [.. Enumerable.Range(0, subjects.Count).GroupBy(row => subjects[row]).OrderBy(group => group.Key).Select(group => group.ToArray())];
        List<double> values = new(draws);
        for (int draw = 0; draw < draws; draw++)
        {
            double value = metric([.. Enumerable.Range(0, rows.Length).SelectMany(_ => rows[Pick(ref seed, rows.Length)])]);
            if (!double.IsNaN(value))
            {
                values.Add(value);
            }
        }

        return ConfidenceInterval.OfDraws(values, confidence);
    }

    /// <summary>How often each subject is drawn, draw after draw: the same draws as <see cref="Estimate"/> makes.</summary>
    /// <param name="subjects">Number of subjects, 0 or more.</param>
    /// <param name="draws">Number of draws.</param>
    /// <param name="seed">Any.</param>
    /// <returns>One array of counts per draw; every draw reuses it.</returns>
    public static IEnumerable<int[]> Weights(int subjects, int draws = 1000, ulong seed = 1)
    {
        int[] weights = new int[subjects];
        for (int draw = 0; draw < draws; draw++)
        {
            Array.Clear(weights);
            for (int i = 0; i < subjects; i++)
            {
                weights[Pick(ref seed, subjects)]++;
            }

            yield return weights;
        }
    }

    private static int Pick(ref ulong state, int count)
    {
        state += 0x9E3779B97F4A7C15;
        ulong mixed = (state ^ (state >> 30)) * 0xBF58476D1CE4E5B9;
        mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
        return (int)Math.BigMul(mixed ^ (mixed >> 31), (ulong)count, out _);
    }
}
