namespace AuStream.Stages.Sampling;

/// <summary>What a network expects of a pixel: value = pixel · scale + bias per channel, with pixel 0–255.</summary>
public readonly record struct Normalization(
    float RedScale, float GreenScale, float BlueScale, float RedBias, float GreenBias, float BlueBias)
{
    /// <summary>Maps 0–255 to [<paramref name="low"/>, <paramref name="high"/>] in every channel.</summary>
    public static Normalization ToRange(float low, float high)
    {
        float scale = (high - low) / 255f;
        return new Normalization(scale, scale, scale, low, low, low);
    }

    /// <summary>value = (pixel − mean) / deviation per channel in the order R, G, B; both in 0–255.</summary>
    /// <exception cref="ArgumentException">Not three values each, or a deviation that is not above 0.</exception>
    public static Normalization FromMeanAndDeviation(IReadOnlyList<float> mean, IReadOnlyList<float> deviation)
    {
        ArgumentNullException.ThrowIfNull(mean);
        ArgumentNullException.ThrowIfNull(deviation);
        if (mean.Count != 3 || deviation.Count != 3 || !deviation.All(value => value > 0))
        {
            throw new ArgumentException("A normalisation needs three means and three deviations above 0 (R, G, B).");
        }

        return new Normalization(
            1 / deviation[0], 1 / deviation[1], 1 / deviation[2],
            -mean[0] / deviation[0], -mean[1] / deviation[1], -mean[2] / deviation[2]);
    }
}
