namespace AuStream.Models.Evaluating;

/// <summary>
/// F1-norm: F1-frame as if the label were present in half of the frames. L. Jeni, J. Cohn, F. De la Torre, "Facing imbalanced
/// data", ACII 2013; used by Ding 2013 and Chu 2017.
/// </summary>
/// <remarks>The counts of frames without the action unit (FP and TN) are multiplied by positives / negatives. Chu 2017 writes "false
/// negatives and true negatives", which would weight one of the positives' own counts; the authors' published code scales FP and TN.</remarks>
public static class F1Norm
{
    /// <summary>2 TP / (2 TP + FN + FP · positives / negatives), 0–1; NaN when one of the two classes is missing.</summary>
    public static double Of(in ConfusionCounts counts)
    {
        long positives = counts.TruePositives + counts.FalseNegatives;
        long negatives = counts.FalsePositives + counts.TrueNegatives;
        if (positives == 0 || negatives == 0)
        {
            return double.NaN;
        }

        double falsePositives = (double)counts.FalsePositives * positives / negatives;
        return 2.0 * counts.TruePositives / ((2.0 * counts.TruePositives) + counts.FalseNegatives + falsePositives);
    }

    /// <inheritdoc cref="Of(in ConfusionCounts)"/>
    public static double Of(ReadOnlySpan<bool> labels, ReadOnlySpan<bool> predictions) => Of(ConfusionCounts.Of(labels, predictions));
}
