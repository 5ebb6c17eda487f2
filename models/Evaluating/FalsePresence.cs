namespace AuStream.Models.Evaluating;

/// <summary>
/// Share of the frames without the action unit that are called present (1 − specificity). What shows on recordings in which most action units never happen:
/// there F1 is 0 or not defined, whether a network says nothing or cries wolf.
/// </summary>
public static class FalsePresence
{
    /// <summary>FP / (FP + TN), 0–1; NaN when the action unit is present in every frame.</summary>
    public static double Of(in ConfusionCounts counts) =>
        counts.FalsePositives + counts.TrueNegatives == 0 ? double.NaN : (double)counts.FalsePositives / (counts.FalsePositives + counts.TrueNegatives);

    /// <inheritdoc cref="Of(in ConfusionCounts)"/>
    public static double Of(ReadOnlySpan<bool> labels, ReadOnlySpan<bool> predictions) => Of(ConfusionCounts.Of(labels, predictions));
}
