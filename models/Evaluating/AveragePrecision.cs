namespace AuStream.Models.Evaluating;

/// <summary>Area under the precision–recall curve (APR), plain and normalised for skew (nAPR, Ali).</summary>
public static class AveragePrecision
{
    /// <summary>Σ (rise of recall) · precision over falling thresholds, frames of equal score counted at once, 0–1; NaN without positives.</summary>
    /// <exception cref="ArgumentException">The lists differ in length, or a score is not a number.</exception>
    public static double Of(ReadOnlySpan<bool> labels, ReadOnlySpan<float> scores) => Of(RankedScores.Descending(labels, scores), 1);

    /// <summary>The same as if the label were present in half of the frames: false positives are multiplied by positives / negatives.
    /// NaN when one of the two classes is missing.</summary>
    /// <exception cref="ArgumentException">The lists differ in length, or a score is not a number.</exception>
    public static double NormalizedOf(ReadOnlySpan<bool> labels, ReadOnlySpan<float> scores)
    {
        RankedScores ranked = RankedScores.Descending(labels, scores);
        return ranked.Negatives == 0 ? double.NaN : Of(ranked, (double)ranked.Positives / ranked.Negatives);
    }

    private static double Of(RankedScores ranked, double weightOfNegatives)
    {
        if (ranked.Positives == 0)
        {
            return double.NaN;
        }

        double sum = 0;
        long hits = 0;
        double falseAlarms = 0;
        foreach ((int positives, int negatives) in ranked.Ties)
        {
            hits += positives;
            falseAlarms += negatives * weightOfNegatives;
            sum += positives == 0 ? 0 : positives * (hits / (hits + falseAlarms));
        }

        return sum / ranked.Positives;
    }
}
