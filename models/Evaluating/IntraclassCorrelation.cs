namespace AuStream.Models.Evaluating;

/// <summary>ICC(3,1): consistency of two raters. P. Shrout, J. Fleiss, "Intraclass correlations", Psychological Bulletin 1979.</summary>
public static class IntraclassCorrelation
{
    /// <summary>(BMS − EMS) / (BMS + EMS), −1 to 1, with the mean squares between frames and of the residual; a constant offset between
    /// the raters costs nothing, a different scale does. NaN with fewer than two frames or when nothing varies.</summary>
    /// <exception cref="ArgumentException">The lists differ in length.</exception>
    public static double Of(ReadOnlySpan<float> labels, ReadOnlySpan<float> predictions)
    {
        SameLength.Require(labels.Length, predictions.Length);
        if (labels.Length < 2)
        {
            return double.NaN;
        }

        double labelMean = Mean.Of(labels);
        double predictionMean = Mean.Of(predictions);
        double between = 0;
        double residual = 0;
        for (int i = 0; i < labels.Length; i++)
        {
            double label = labels[i] - labelMean;
            double prediction = predictions[i] - predictionMean;

            // Two raters: the frame's mean deviates by half the sum, and each rating from it by half the difference.
            between += (label + prediction) * (label + prediction) / 2;
            residual += (label - prediction) * (label - prediction) / 2;
        }

        // Both mean squares have the same degrees of freedom, frames − 1, which cancel out.
        return between + residual == 0 ? double.NaN : (between - residual) / (between + residual);
    }
}
