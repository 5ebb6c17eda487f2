namespace AuStream.Models.Evaluating;

/// <summary>The EmotioNet challenge's score (Benitez-Quiroz 2017): mean of accuracy and F1.</summary>
public static class FinalScore
{
    /// <summary>(accuracy + F1) / 2, 0–1; NaN when either is.</summary>
    public static double Of(in ConfusionCounts counts) => (Accuracy.Of(counts) + F1Frame.Of(counts)) / 2;

    /// <inheritdoc cref="Of(in ConfusionCounts)"/>
    public static double Of(ReadOnlySpan<bool> labels, ReadOnlySpan<bool> predictions) => Of(ConfusionCounts.Of(labels, predictions));
}
