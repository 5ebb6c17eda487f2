using AuStream.Synthesis.ActionUnits;
using AuStream.Synthesis.Randomness;

namespace AuStream.Synthesis.Tests.ActionUnits;

public class ExpressionSamplerTests
{
    private static readonly Expression[] s_drawn = [.. Enumerable.Range(0, 20000).Select(i => ExpressionSampler.Sample(new RandomStream(11).Split((ulong)i)))];

    private static readonly Dictionary<int, float>[] s_strengths = [.. s_drawn.Select(e => ActionUnitSet.Numbers.ToDictionary(u => u, ExpressionResolver.Resolve(e).Mean))];

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
    public void Every_action_unit_is_present_often_and_the_hard_ones_no_less()
    {
        foreach (int unit in ActionUnitSet.Numbers)
        {
            // A dropped jaw and a raised upper lip part the lips too, which makes AU25 present in 45 % when it is measured.
            (double low, double high) = unit switch { 25 => (0.25, 0.36), 26 => (0.17, 0.30), 27 or 28 => (0.055, 0.11), _ => (0.145, 0.235) };
            Share(s => s[unit] >= 0.2f).ShouldBeInRange(low, high, $"AU{unit}");
        }

        double hard = ((int[])[5, 7, 14, 15, 17, 20, 23, 24]).Average(unit => Share(s => s[unit] >= 0.2f));
        double easy = ((int[])[1, 2, 4, 6, 9, 10, 12]).Average(unit => Share(s => s[unit] >= 0.2f));
        hard.ShouldBeGreaterThan(0.98 * easy);
    }

    [Fact]
    public void Intensities_spread_from_A_to_E_with_few_traces_below()
    {
        foreach (int unit in ActionUnitSet.Numbers.Where(u => u != 27))
        {
            double present = Share(s => s[unit] >= 0.2f);
            (Share(s => s[unit] is >= 0.2f and < 0.5f) / present).ShouldBeInRange(0.25, 0.62, $"AU{unit} from A to B");
            (Share(s => s[unit] >= 0.8f) / present).ShouldBeInRange(0.14, 0.45, $"AU{unit} from D to E");
            Share(s => s[unit] is > 0.01f and < 0.2f).ShouldBeLessThan(unit is 25 or 26 ? 0.11 : 0.07, $"AU{unit} below A");
        }
    }

    [Fact]
    public void One_in_twenty_is_neutral_beside_the_neutral_pictures_that_every_person_has()
    {
        Share(s => s.All(u => u.Value < 0.16f)).ShouldBeInRange(0.04, 0.10);
    }

    [Fact]
    public void Conditional_rates_lie_between_those_of_spontaneous_faces_and_chance()
    {
        // Half the draws follow spontaneous faces, half are mixtures in which nothing follows from anything else.
        foreach ((int unit, int given, double low, double high) in ((int, int, double, double)[])
            [(6, 12, 0.70, 0.85), (2, 1, 0.32, 0.55), (7, 4, 0.25, 0.45), (12, 10, 0.28, 0.50), (9, 10, 0.24, 0.45), (17, 15, 0.28, 0.50), (24, 17, 0.22, 0.45), (23, 17, 0.24, 0.45), (7, 6, 0.28, 0.48), (25, 26, 0.48, 0.80), (25, 20, 0.40, 0.70)])
        {
            double conditional = Share(s => s[unit] >= 0.2f && s[given] >= 0.6f) / Share(s => s[given] >= 0.6f);
            conditional.ShouldBeInRange(low, high, $"AU{unit} given AU{given} at C or more");
        }
    }

    [Theory]
    [InlineData(9, 0.14)]
    [InlineData(14, 0.05)]
    [InlineData(20, 0.14)]
    public void Combinations_with_a_smile_seldom_hold_what_smiles_are_mistaken_for(int unit, double atLeast)
    {
        // Against draws without combinations, where nothing follows from a smile: relative to how often the unit occurs at all.
        double Lift(bool combinations)
        {
            SidedStrengths[] drawn = [.. Enumerable.Range(0, 12000).Select(i => ExpressionSampler.Sample(new RandomStream(12).Split((ulong)i), combinations).ActionUnits)];
            SidedStrengths[] smiles = [.. drawn.Where(units => units.Mean(12) >= 0.2f)];
            return (smiles.Count(units => units.Mean(unit) >= 0.2f) / (double)smiles.Length) / (drawn.Count(units => units.Mean(unit) >= 0.2f) / (double)drawn.Length);
        }

        Lift(combinations: true).ShouldBeLessThan(Lift(combinations: false) - atLeast);
    }

    [Fact]
    public void No_action_unit_is_predictable_from_another()
    {
        foreach (int a in ActionUnitSet.Numbers.Where(u => u is not (25 or 26 or 27)))
        {
            foreach (int b in ActionUnitSet.Numbers.Where(u => u > a))
            {
                // Cheeks and smile go together as in BP4D (.52), everything else less.
                Math.Abs(Correlation(a, b)).ShouldBeLessThan((a, b) == (6, 12) ? 0.6 : 0.45, $"AU{a} and AU{b}");
            }
        }
    }

    [Fact]
    public void Without_combinations_cheeks_do_not_follow_a_smile()
    {
        bool[][] present = [.. Enumerable.Range(0, 6000)
            .Select(i => ExpressionSampler.Sample(new RandomStream(11).Split((ulong)i), combinations: false).ActionUnits)
            .Select(units => (bool[])[units.Mean(6) >= 0.2f, units.Mean(12) >= 0.2f])];

        double cheeks = present.Count(pair => pair[0]) / (double)present.Length;
        double cheeksOfSmiles = present.Count(pair => pair[0] && pair[1]) / (double)present.Count(pair => pair[1]);
        cheeksOfSmiles.ShouldBe(cheeks, 0.05);
    }

    [Fact]
    public void Smirks_and_sneers_of_one_side_are_common()
    {
        foreach ((int unit, double low, double high) in ((int, double, double)[])[(14, 0.2, 0.5), (10, 0.08, 0.3), (12, 0.06, 0.25), (2, 0.06, 0.25), (15, 0.06, 0.25), (24, 0, 0)])
        {
            Expression[] strong = [.. s_drawn.Where(e => MathF.Max(e.ActionUnits[unit, FaceSide.Left], e.ActionUnits[unit, FaceSide.Right]) > 0.4f)];
            double oneSided = strong.Count(e => MathF.Abs(e.ActionUnits[unit, FaceSide.Left] - e.ActionUnits[unit, FaceSide.Right]) > 0.45f * MathF.Max(e.ActionUnits[unit, FaceSide.Left], e.ActionUnits[unit, FaceSide.Right]));
            (oneSided / strong.Length).ShouldBeInRange(low, high, $"AU{unit}");
        }
    }

    [Fact]
    public void One_in_eight_speaks_with_movements_of_the_mouth_that_are_no_labelled_unit()
    {
        double speaking = s_drawn.Count(e => e.Funnel != 0 || e.LowerLipDown != 0) / (double)s_drawn.Length;
        speaking.ShouldBeInRange(0.08, 0.13);
        s_drawn.Count(e => e.Funnel > 0.1f).ShouldBeGreaterThan(200);
        s_drawn.Count(e => e.LipSeal > 0 || e.JawSideways != 0 || e.CheekPuffLeft > 0).ShouldBeGreaterThan(1000);
    }

    [Fact]
    public void Units_that_exclude_each_other_are_not_drawn_together()
    {
        foreach ((int a, int b) in ((int, int)[])[(12, 15), (24, 25), (24, 26), (28, 25), (28, 26), (23, 27), (17, 27), (14, 18)])
        {
            // Speech may open lips that another unit presses; the resolver takes the difference.
            double both = s_drawn.Count(e => e.ActionUnits.Mean(a) > 0.2f && e.ActionUnits.Mean(b) > 0.2f) / (double)s_drawn.Length;
            both.ShouldBeLessThan(0.012, $"AU{a} and AU{b}");
        }
    }

    private static double Share(Func<Dictionary<int, float>, bool> condition) => (double)s_strengths.Count(condition) / s_strengths.Length;

    private static double Correlation(int a, int b)
    {
        double[] x = [.. s_strengths.Select(s => (double)s[a])];
        double[] y = [.. s_strengths.Select(s => (double)s[b])];
        double meanX = x.Average();
        double meanY = y.Average();
        double xy = x.Zip(y).Sum(p => (p.First - meanX) * (p.Second - meanY));
        return xy / Math.Sqrt(x.Sum(v => (v - meanX) * (v - meanX)) * y.Sum(v => (v - meanY) * (v - meanY)));
    }
}
