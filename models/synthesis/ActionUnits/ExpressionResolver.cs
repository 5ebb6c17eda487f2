namespace AuStream.Synthesis.ActionUnits;

/// <summary>
/// Makes an expression anatomically possible: of two action units that exclude each other only their difference remains
/// (so curves over time stay continuous); closing lids win over raised ones. Strengths end in 0–1.2.
/// </summary>
public static class ExpressionResolver
{
    private static readonly (int A, int B)[] s_exclusive =
    [
        (12, 15), (12, 18), (12, 28), (18, 20), (14, 18), (28, 18), (28, 27), (28, 26), (28, 25), (28, 10), (24, 25), (24, 26), (24, 27),
        (24, 10), (23, 27), (27, 17), (27, 18), (28, 20), (24, 28), (23, 28),
    ];

    /// <summary>True when an active unit leaves no room for another.</summary>
    internal static bool IsExcluded(SidedStrengths strengths, int unit)
    {
        foreach ((int a, int b) in s_exclusive)
        {
            if ((a == unit && strengths.Mean(b) > 0) || (b == unit && strengths.Mean(a) > 0))
            {
                return true;
            }
        }

        return unit == 5 && strengths.Mean(43) > 0;
    }

    /// <summary>The strengths that will be posed and labelled.</summary>
    public static SidedStrengths Resolve(Expression expression)
    {
        ArgumentNullException.ThrowIfNull(expression);
        var resolved = new SidedStrengths();
        foreach (FaceSide side in (ReadOnlySpan<FaceSide>)[FaceSide.Right, FaceSide.Left])
        {
            foreach (int unit in ActionUnitSet.Numbers)
            {
                resolved[unit, side] = Math.Clamp(expression.ActionUnits[unit, side], 0, 1.2f);
            }

            resolved[43, side] = MathF.Min(1, MathF.Max(resolved[43, side], expression.Blink));
            resolved[5, side] *= 1 - resolved[43, side];
            foreach ((int a, int b) in s_exclusive)
            {
                float strengthA = resolved[a, side];
                float strengthB = resolved[b, side];
                resolved[a, side] = MathF.Max(0, strengthA - strengthB);
                resolved[b, side] = MathF.Max(0, strengthB - strengthA);
            }
        }

        return resolved;
    }
}
