namespace AuStream.Models.Evaluating;

/// <summary>An interval of a metric.</summary>
/// <param name="Low">Lower end; NaN when the metric was undefined in every draw.</param>
/// <param name="High">Upper end.</param>
public readonly record struct ConfidenceInterval(double Low, double High)
{
    /// <summary>The percentiles around the middle of what was drawn, linear between order statistics; NaN to NaN without a draw.</summary>
    /// <param name="values">A metric's value per draw, none of them NaN; sorted in place.</param>
    /// <param name="confidence">Share of the draws within, above 0 and below 1.</param>
    public static ConfidenceInterval OfDraws(List<double> values, double confidence = 0.95)
    {
        ArgumentNullException.ThrowIfNull(values);
        values.Sort();
        return new ConfidenceInterval(Quantile(values, (1 - confidence) / 2), Quantile(values, (1 + confidence) / 2));
    }

    private static double Quantile(List<double> sorted, double share)
    {
        if (sorted.Count == 0)
        {
            return double.NaN;
        }

        double position = share * (sorted.Count - 1);
        int below = (int)position;
        int above = Math.Min(below + 1, sorted.Count - 1);
        return sorted[below] + ((sorted[above] - sorted[below]) * (position - below));
    }
}
