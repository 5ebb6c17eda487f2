namespace AuStream.Models.Evaluating;

/// <summary>Pearson's correlation coefficient (PCC).</summary>
public static class PearsonCorrelation
{
    /// <summary>Correlation of two lists, −1 to 1; NaN when one of them does not vary or there are fewer than two values.</summary>
    /// <exception cref="ArgumentException">The lists differ in length.</exception>
    public static double Of(ReadOnlySpan<float> labels, ReadOnlySpan<float> predictions)
    {
        SameLength.Require(labels.Length, predictions.Length);
        double labelMean = Mean.Of(labels);
        double predictionMean = Mean.Of(predictions);
        double shared = 0;
        double labelSpread = 0;
        double predictionSpread = 0;
        for (int i = 0; i < labels.Length; i++)
        {
            double label = labels[i] - labelMean;
            double prediction = predictions[i] - predictionMean;
            shared += label * prediction;
            labelSpread += label * label;
            predictionSpread += prediction * prediction;
        }

        double scale = Math.Sqrt(labelSpread * predictionSpread);
        return scale == 0 ? double.NaN : Math.Clamp(shared / scale, -1, 1);
    }
}
