using AuStream.Synthesis.ActionUnits;
using AuStream.Synthesis.Randomness;

namespace AuStream.Synthesis.Tests.ActionUnits;

public class ExpressionSamplerTests
{
    private static readonly Expression[] s_drawn = [.. Enumerable.Range(0, 6000).Select(i => ExpressionSampler.Sample(new RandomStream(11).Split((ulong)i)))];

    [Fact]
    public void The_same_stream_gives_the_same_expression()
    {
        for (int i = 0; i < 50; i++)
        {
            Expression a = ExpressionSampler.Sample(new RandomStream(5).Split((ulong)i));
            Expression b = ExpressionSampler.Sample(new RandomStream(5).Split((ulong)i));
            foreach (int unit in ActionUnitSet.Numbers)
            {
                a.ActionUnits[unit, FaceSide.Right].ShouldBe(b.ActionUnits[unit, FaceSide.Right]);
                a.ActionUnits[unit, FaceSide.Left].ShouldBe(b.ActionUnits[unit, FaceSide.Left]);
            }

            a.Gaze.ShouldBe(b.Gaze);
        }
    }

    [Fact]
    public void Every_action_unit_occurs_weakly_and_strongly()
    {
        foreach (int unit in ActionUnitSet.Numbers)
        {
            float[] strengths = [.. s_drawn.Select(e => e.ActionUnits.Mean(unit))];
            strengths.Count(s => s is > 0.1f and < 0.45f).ShouldBeGreaterThan(30, $"AU{unit} weak");
            strengths.Count(s => s > 0.55f).ShouldBeGreaterThan(60, $"AU{unit} strong");
            strengths.Count(s => s < 0.1f).ShouldBeGreaterThan(3000, $"AU{unit} absent");
        }
    }

    [Fact]
    public void About_one_in_seven_is_neutral()
    {
        int neutral = s_drawn.Count(e => ActionUnitSet.Numbers.All(unit => e.ActionUnits.Mean(unit) < 0.15f));
        ((double)neutral / s_drawn.Length).ShouldBeInRange(0.12, 0.24);
    }

    [Fact]
    public void No_upper_face_unit_is_predictable_from_another()
    {
        int[] upper = [1, 2, 4, 5, 6, 7, 9, 12, 15, 20];
        foreach (int a in upper)
        {
            foreach (int b in upper.Where(u => u > a))
            {
                Math.Abs(Correlation(a, b)).ShouldBeLessThan(0.6, $"AU{a} and AU{b}");
            }
        }
    }

    [Fact]
    public void Smiles_come_with_raised_cheeks_more_often_than_not()
    {
        Expression[] smiles = [.. s_drawn.Where(e => e.ActionUnits.Mean(12) > 0.5f)];
        double withCheeks = (double)smiles.Count(e => e.ActionUnits.Mean(6) > 0.2f) / smiles.Length;
        double without = (double)s_drawn.Count(e => e.ActionUnits.Mean(12) < 0.1f && e.ActionUnits.Mean(6) > 0.2f) / s_drawn.Length;
        withCheeks.ShouldBeGreaterThan(3 * without);
    }

    private static double Correlation(int a, int b)
    {
        double[] x = [.. s_drawn.Select(e => (double)e.ActionUnits.Mean(a))];
        double[] y = [.. s_drawn.Select(e => (double)e.ActionUnits.Mean(b))];
        double meanX = x.Average();
        double meanY = y.Average();
        double xy = x.Zip(y).Sum(p => (p.First - meanX) * (p.Second - meanY));
        return xy / Math.Sqrt(x.Sum(v => (v - meanX) * (v - meanX)) * y.Sum(v => (v - meanY) * (v - meanY)));
    }
}
