namespace AuStream.Models.Evaluating;

/// <summary>Share of frames told right.</summary>
public static class Accuracy
{
    /// <summary>(TP + TN) / all, 0–1; NaN without frames.</summary>
    public static double Of(in ConfusionCounts counts) =>
        counts.Total == 0 ? double.NaN : (double)(counts.TruePositives + counts.TrueNegatives) / counts.Total;

    /// <inheritdoc cref="Of(in ConfusionCounts)"/>
    public static double Of(ReadOnlySpan<bool> labels, ReadOnlySpan<bool> predictions) => Of(ConfusionCounts.Of(labels, predictions));
}
