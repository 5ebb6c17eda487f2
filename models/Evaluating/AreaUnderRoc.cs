namespace AuStream.Models.Evaluating;

/// <summary>Area under the receiver operating characteristic.</summary>
public static class AreaUnderRoc
{
    /// <summary>Chance that a frame with the action unit scores higher than one without, ties counting half (Mann–Whitney), 0–1; NaN
    /// when one of the two classes is missing.</summary>
    /// <exception cref="ArgumentException">The lists differ in length, or a score is not a number.</exception>
    public static double Of(ReadOnlySpan<bool> labels, ReadOnlySpan<float> scores)
    {
        RankedScores ranked = RankedScores.Descending(labels, scores);
        double pairsWon = 0;
        long positivesAbove = 0;
        foreach ((int positives, int negatives) in ranked.Ties)
        {
            pairsWon += negatives * (positivesAbove + (positives / 2.0));
            positivesAbove += positives;
        }

        return ranked.Positives == 0 || ranked.Negatives == 0 ? double.NaN : pairsWon / ranked.Positives / ranked.Negatives;
    }
}
