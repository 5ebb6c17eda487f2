namespace AuStream.Models.Evaluating;

/// <summary>Sums over a subject's frames from which the correlations of intensity follow. Values lie within 0–5, so that sums of squares lose nothing.</summary>
internal readonly record struct RatingMoments(double Count, double Labels, double Scores, double LabelSquares, double ScoreSquares, double Products)
{
    /// <summary>Frames whose label is NaN are left out.</summary>
    public static RatingMoments Of(float[] labels, float[] scores)
    {
        RatingMoments sum = default;
        for (int i = 0; i < labels.Length; i++)
        {
            double label = labels[i];
            double score = scores[i];
            sum = double.IsNaN(label) ? sum : sum.Plus(new RatingMoments(1, label, score, label * label, score * score, label * score), 1);
        }

        return sum;
    }

    public static RatingMoments Sum(RatingMoments[] subjects, int[] weights)
    {
        RatingMoments sum = default;
        for (int subject = 0; subject < subjects.Length; subject++)
        {
            sum = sum.Plus(subjects[subject], weights[subject]);
        }

        return sum;
    }

    /// <inheritdoc cref="Evaluating.IntraclassCorrelation"/>
    public double IntraclassCorrelation()
    {
        (double labels, double scores, double shared) = Spreads();

        // Σ(l + s)²/2 − Σ(l − s)²/2 = 2 Σls and their sum is Σl² + Σs², deviations from the means throughout.
        return Count < 2 || labels + scores <= 0 ? double.NaN : 2 * shared / (labels + scores);
    }

    /// <inheritdoc cref="Evaluating.PearsonCorrelation"/>
    public double PearsonCorrelation()
    {
        (double labels, double scores, double shared) = Spreads();
        return labels <= 0 || scores <= 0 ? double.NaN : Math.Clamp(shared / Math.Sqrt(labels * scores), -1, 1);
    }

    private (double Labels, double Scores, double Shared) Spreads() => (
        Rounded(LabelSquares, Labels * Labels / Count),
        Rounded(ScoreSquares, Scores * Scores / Count),
        Products - (Labels * Scores / Count));

    // A difference within rounding is none: the values do not vary.
    private static double Rounded(double squares, double ofMean) => squares - ofMean <= 1e-12 * squares ? 0 : squares - ofMean;

    private RatingMoments Plus(in RatingMoments other, int weight) => new(
        Count + (weight * other.Count),
        Labels + (weight * other.Labels),
        Scores + (weight * other.Scores),
        LabelSquares + (weight * other.LabelSquares),
        ScoreSquares + (weight * other.ScoreSquares),
        Products + (weight * other.Products));
}
