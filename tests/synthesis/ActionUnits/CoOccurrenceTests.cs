using AuStream.Synthesis.ActionUnits;
using AuStream.Synthesis.Randomness;

namespace AuStream.Synthesis.Tests.ActionUnits;

public class CoOccurrenceTests
{
    private static readonly int[] s_units = [1, 2, 4, 6, 7, 10, 12, 14, 15, 17, 23, 24];

    /// <summary>
    /// Correlation of the presence of twelve action units in BP4D, upper triangle row by row: figure 5 (top) of Ali et al., "Facial Action
    /// Units Detection Under Pose Variations Using Deep Regions Learning", 2017.
    /// </summary>
    private static readonly float[] s_published =
    [
        0.43f, 0.02f, -0.02f, -0.02f, 0.1f, 0.04f, -0.08f, -0.16f, -0.11f, -0.16f, -0.17f,
        -0.16f, 0.09f, -0.03f, 0.1f, 0.17f, 0.01f, -0.12f, -0.1f, -0.09f, -0.1f,
        -0.14f, 0.04f, -0.16f, -0.36f, -0.13f, -0.17f, -0.06f, -0.11f, -0.05f,
        0.47f, 0.49f, 0.52f, 0.23f, 0.17f, 0.03f, 0.09f, -0.07f,
        0.33f, 0.29f, 0.11f, 0.16f, 0.09f, 0.06f, -0.03f,
        0.47f, 0.22f, 0.19f, -0.01f, 0.03f, -0.18f,
        0.18f, 0.16f, 0, 0.1f, -0.11f,
        0.13f, 0.14f, 0.13f, 0.23f,
        0.23f, 0.14f, 0.08f,
        0.21f, 0.4f,
        0.19f,
    ];

    private static readonly float[][] s_ranks = Draw(0.25f);

    [Fact]
    public void Each_unit_is_as_frequent_as_wanted_and_its_ranks_are_even()
    {
        for (int i = 0; i < ActionUnitSet.Count; i++)
        {
            float[] active = [.. s_ranks.Select(r => r[i]).Where(r => r >= 0)];
            ((double)active.Length / s_ranks.Length).ShouldBe(0.25, 0.02);
            active.Average().ShouldBe(0.5f, 0.03f);
            active.ShouldAllBe(r => r <= 1);
        }
    }

    [Fact]
    public void Units_go_together_as_published_for_spontaneous_faces()
    {
        double[] drawn = new double[s_published.Length];
        int at = 0;
        for (int a = 0; a < s_units.Length; a++)
        {
            for (int b = a + 1; b < s_units.Length; b++)
            {
                drawn[at++] = Presence(s_units[a], s_units[b]);
            }
        }

        at.ShouldBe(s_published.Length);
        Correlation(drawn, [.. s_published.Select(p => (double)p)]).ShouldBeGreaterThan(0.6);

        // The strong pairs of BP4D are strong here too.
        for (int i = 0; i < drawn.Length; i++)
        {
            if (s_published[i] > 0.3f)
            {
                drawn[i].ShouldBeGreaterThan(0.15, $"pair {i}, published {s_published[i]}");
            }
        }
    }

    [Fact]
    public void Strong_smiles_come_with_strongly_raised_cheeks()
    {
        int cheek = ActionUnitSet.IndexOf(6);
        int smile = ActionUnitSet.IndexOf(12);
        float[][] both = [.. s_ranks.Where(r => r[cheek] >= 0 && r[smile] >= 0)];
        Correlation([.. both.Select(r => (double)r[cheek])], [.. both.Select(r => (double)r[smile])]).ShouldBeGreaterThan(0.3);
    }

    [Theory]
    [InlineData(-3f, 0.00135f)]
    [InlineData(-1f, 0.15866f)]
    [InlineData(0f, 0.5f)]
    [InlineData(0.6745f, 0.75f)]
    [InlineData(2f, 0.97725f)]
    public void The_normal_distribution_is_right_to_three_digits(float value, float share) =>
        CoOccurrence.NormalDistribution(value).ShouldBe(share, 6e-4f);

    private static float[][] Draw(float rate)
    {
        var rates = new float[ActionUnitSet.Count];
        Array.Fill(rates, rate);
        var random = new RandomStream(4);
        var ranks = new float[12000][];
        for (int i = 0; i < ranks.Length; i++)
        {
            ranks[i] = new float[ActionUnitSet.Count];
            CoOccurrence.Draw(random, rates, ranks[i]);
        }

        return ranks;
    }

    private static double Presence(int a, int b)
    {
        int i = ActionUnitSet.IndexOf(a);
        int j = ActionUnitSet.IndexOf(b);
        return Correlation([.. s_ranks.Select(r => r[i] >= 0 ? 1.0 : 0)], [.. s_ranks.Select(r => r[j] >= 0 ? 1.0 : 0)]);
    }

    private static double Correlation(double[] x, double[] y)
    {
        double meanX = x.Average();
        double meanY = y.Average();
        double xy = x.Zip(y).Sum(p => (p.First - meanX) * (p.Second - meanY));
        return xy / Math.Sqrt(x.Sum(v => (v - meanX) * (v - meanX)) * y.Sum(v => (v - meanY) * (v - meanY)));
    }
}
