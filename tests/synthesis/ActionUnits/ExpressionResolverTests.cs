using AuStream.Synthesis.ActionUnits;

namespace AuStream.Synthesis.Tests.ActionUnits;

public class ExpressionResolverTests
{
    [Fact]
    public void Of_two_that_exclude_each_other_the_difference_remains()
    {
        var expression = new Expression();
        expression.ActionUnits.SetBoth(28, 0.9f);
        expression.ActionUnits.SetBoth(27, 0.4f);
        SidedStrengths resolved = ExpressionResolver.Resolve(expression);
        resolved.Mean(28).ShouldBe(0.5f, 1e-5f);
        resolved.Mean(27).ShouldBe(0);
    }

    [Fact]
    public void A_blink_takes_raised_lids_along()
    {
        var expression = new Expression { Blink = 1 };
        expression.ActionUnits.SetBoth(5, 1);
        SidedStrengths resolved = ExpressionResolver.Resolve(expression);
        resolved.Mean(43).ShouldBe(1);
        resolved.Mean(5).ShouldBe(0);
    }

    [Fact]
    public void Sides_are_resolved_apart()
    {
        var expression = new Expression();
        expression.ActionUnits[12, FaceSide.Left] = 0.8f;
        expression.ActionUnits[15, FaceSide.Right] = 0.6f;
        SidedStrengths resolved = ExpressionResolver.Resolve(expression);
        resolved[12, FaceSide.Left].ShouldBe(0.8f);
        resolved[15, FaceSide.Right].ShouldBe(0.6f);
    }

    [Fact]
    public void What_goes_together_is_left_alone()
    {
        var expression = new Expression();
        foreach (int unit in (int[])[1, 2, 4, 5, 7, 20, 25])
        {
            expression.ActionUnits.SetBoth(unit, 0.7f);
        }

        SidedStrengths resolved = ExpressionResolver.Resolve(expression);
        foreach (int unit in (int[])[1, 2, 4, 5, 7, 20, 25])
        {
            resolved.Mean(unit).ShouldBe(0.7f);
        }
    }
}
