namespace AuStream.Models.Evaluating;

/// <summary>F1-frame: harmonic mean of precision and recall over frames.</summary>
public static class F1Frame
{
    /// <summary>2 TP / (2 TP + FP + FN), 0–1; NaN when nothing is present and nothing was called present.</summary>
    public static double Of(in ConfusionCounts counts)
    {
        double denominator = (2.0 * counts.TruePositives) + counts.FalsePositives + counts.FalseNegatives;
        return denominator == 0 ? double.NaN : 2 * counts.TruePositives / denominator;
    }

    /// <inheritdoc cref="Of(in ConfusionCounts)"/>
    public static double Of(ReadOnlySpan<bool> labels, ReadOnlySpan<bool> predictions) => Of(ConfusionCounts.Of(labels, predictions));
}
