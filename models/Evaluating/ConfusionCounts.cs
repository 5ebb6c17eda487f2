namespace AuStream.Models.Evaluating;

/// <summary>How often presence was told right and wrong.</summary>
/// <param name="TruePositives">Present and called present.</param>
/// <param name="FalsePositives">Absent and called present.</param>
/// <param name="FalseNegatives">Present and called absent.</param>
/// <param name="TrueNegatives">Absent and called absent.</param>
public readonly record struct ConfusionCounts(long TruePositives, long FalsePositives, long FalseNegatives, long TrueNegatives)
{
    /// <summary>Frames counted.</summary>
    public long Total => TruePositives + FalsePositives + FalseNegatives + TrueNegatives;

    /// <summary>Share of the frames called present that are, 0–1; NaN when none was.</summary>
    public double Precision => TruePositives + FalsePositives == 0 ? double.NaN : (double)TruePositives / (TruePositives + FalsePositives);

    /// <summary>Share of the present frames that were called so, 0–1; NaN when there is none.</summary>
    public double Recall => TruePositives + FalseNegatives == 0 ? double.NaN : (double)TruePositives / (TruePositives + FalseNegatives);

    /// <summary>Counts frame by frame. Frames without a label are for the caller to leave out.</summary>
    /// <exception cref="ArgumentException">The lists differ in length.</exception>
    public static ConfusionCounts Of(ReadOnlySpan<bool> labels, ReadOnlySpan<bool> predictions)
    {
        SameLength.Require(labels.Length, predictions.Length);
        long hits = 0;
        long positives = 0;
        long called = 0;
        for (int i = 0; i < labels.Length; i++)
        {
            hits += labels[i] && predictions[i] ? 1 : 0;
            positives += labels[i] ? 1 : 0;
            called += predictions[i] ? 1 : 0;
        }

        return new ConfusionCounts(hits, called - hits, positives - hits, labels.Length - positives - called + hits);
    }
}
