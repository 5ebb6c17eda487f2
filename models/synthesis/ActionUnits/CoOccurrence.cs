using AuStream.Synthesis.Randomness;

namespace AuStream.Synthesis.ActionUnits;

/// <summary>
/// Draws which action units are active together, and how strongly, as people show them unposed: a Gaussian copula, so that how often a
/// unit occurs and what it goes with are set apart. The correlations follow the pairs that recordings of spontaneous behaviour show
/// (BP4D; docs/synthesis-action-units.md compares the numbers). Thread-safe.
/// </summary>
internal static class CoOccurrence
{
    /// <summary>Correlation of the strengths of two action units, before units that exclude each other are sorted out; 0 where not listed.</summary>
    private static readonly (int A, int B, float Correlation)[] s_pairs =
    [
        (1, 2, 0.70f), (1, 4, 0.20f), (1, 5, 0.30f), (2, 5, 0.40f), (1, 15, 0.20f), (1, 20, 0.15f), (2, 6, -0.15f), (2, 7, -0.20f),
        (4, 7, 0.50f), (4, 9, 0.40f), (4, 15, 0.20f), (4, 17, 0.15f), (4, 23, 0.20f), (4, 24, 0.15f),
        (6, 7, 0.50f), (6, 9, 0.20f), (6, 10, 0.50f), (6, 12, 0.80f), (6, 14, 0.15f), (6, 25, 0.30f), (6, 43, 0.10f),
        (7, 9, 0.35f), (7, 10, 0.40f), (7, 12, 0.35f), (7, 43, 0.15f), (9, 10, 0.50f), (9, 17, 0.15f), (10, 12, 0.50f), (10, 25, 0.30f),
        (12, 14, 0.20f), (12, 15, -0.30f), (12, 17, -0.20f), (12, 18, -0.20f), (12, 25, 0.35f), (14, 17, 0.25f), (14, 23, 0.20f), (14, 24, 0.25f),
        (15, 17, 0.60f), (15, 23, 0.20f), (15, 24, 0.25f), (17, 23, 0.45f), (17, 24, 0.50f), (23, 24, 0.50f),
        (5, 20, 0.20f), (5, 25, 0.20f), (5, 26, 0.25f), (5, 43, -0.50f), (20, 25, 0.45f), (20, 26, 0.15f),
        (25, 26, 0.55f), (25, 27, 0.40f), (26, 27, 0.40f), (24, 25, -0.40f), (24, 26, -0.30f), (24, 27, -0.30f), (23, 25, -0.15f),
        (17, 25, -0.25f), (17, 27, -0.20f), (28, 25, -0.35f), (28, 26, -0.25f), (18, 25, -0.10f),
    ];

    private static readonly float[] s_factor = CholeskyFactor();

    /// <summary>Draws one combination.</summary>
    /// <param name="random">Source of chance.</param>
    /// <param name="rates">How often each action unit is active, 0–1, in the order of <see cref="ActionUnitSet.Numbers"/>.</param>
    /// <param name="ranks">Written: −1 for an inactive unit, else where its strength lies among all strengths of the unit, 0 (weakest) to 1.</param>
    public static void Draw(RandomStream random, ReadOnlySpan<float> rates, Span<float> ranks)
    {
        int count = ActionUnitSet.Count;
        Span<float> independent = stackalloc float[count];
        for (int i = 0; i < count; i++)
        {
            independent[i] = random.Normal();
            float value = 0;
            for (int k = 0; k <= i; k++)
            {
                value += s_factor[(i * count) + k] * independent[k];
            }

            float above = 1 - NormalDistribution(value);
            ranks[i] = above < rates[i] ? 1 - (above / rates[i]) : -1;
        }
    }

    /// <summary>Share of a normal distribution below a value: Abramowitz and Stegun 7.1.27 (error below 5e-4), which needs no exponential.</summary>
    internal static float NormalDistribution(float value)
    {
        float x = MathF.Abs(value) * 0.70710678f;
        float series = 1 + (x * (0.278393f + (x * (0.230389f + (x * (0.000972f + (x * 0.078108f)))))));
        float tail = 0.5f / (series * series * series * series);
        return value < 0 ? tail : 1 - tail;
    }

    private static float[] CholeskyFactor()
    {
        int count = ActionUnitSet.Count;
        var matrix = new float[count * count];
        for (int i = 0; i < count; i++)
        {
            matrix[(i * count) + i] = 1;
        }

        foreach ((int a, int b, float correlation) in s_pairs)
        {
            matrix[(ActionUnitSet.IndexOf(a) * count) + ActionUnitSet.IndexOf(b)] = correlation;
            matrix[(ActionUnitSet.IndexOf(b) * count) + ActionUnitSet.IndexOf(a)] = correlation;
        }

        var factor = new float[count * count];
        for (int i = 0; i < count; i++)
        {
            for (int j = 0; j <= i; j++)
            {
                float sum = matrix[(i * count) + j];
                for (int k = 0; k < j; k++)
                {
                    sum -= factor[(i * count) + k] * factor[(j * count) + k];
                }

                if (i == j && sum <= 0)
                {
                    throw new InvalidOperationException($"The correlations up to AU{ActionUnitSet.Numbers[i]} contradict each other");
                }

                factor[(i * count) + j] = i == j ? MathF.Sqrt(sum) : sum / factor[(j * count) + j];
            }
        }

        return factor;
    }
}
