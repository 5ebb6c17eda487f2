using System.Numerics;

namespace AuStream.Synthesis.Skin;

/// <summary>Smooth curves through points (uniform Catmull–Rom splines).</summary>
internal static class Curve
{
    /// <summary>Points along the curve, ends included.</summary>
    /// <param name="points">Two or more points that it runs through.</param>
    /// <param name="stepsPerSpan">Steps between neighbouring points, 1 or more.</param>
    public static Vector2[] Through(ReadOnlySpan<Vector2> points, int stepsPerSpan)
    {
        var result = new Vector2[((points.Length - 1) * stepsPerSpan) + 1];
        for (int span = 0; span < points.Length - 1; span++)
        {
            Vector2 before = span > 0 ? points[span - 1] : (2 * points[0]) - points[1];
            Vector2 from = points[span];
            Vector2 to = points[span + 1];
            Vector2 after = span + 2 < points.Length ? points[span + 2] : (2 * to) - from;
            for (int step = 0; step < stepsPerSpan; step++)
            {
                float t = (float)step / stepsPerSpan;
                result[(span * stepsPerSpan) + step] = 0.5f * ((2 * from) + (t * (to - before))
                    + (t * t * ((2 * before) - (5 * from) + (4 * to) - after))
                    + (t * t * t * ((3 * from) - before - (3 * to) + after)));
            }
        }

        result[^1] = points[^1];
        return result;
    }

    /// <summary>A closed curve through points; the last point joins the first.</summary>
    public static Vector2[] Around(ReadOnlySpan<Vector2> points, int stepsPerSpan)
    {
        int n = points.Length;
        var result = new Vector2[n * stepsPerSpan];
        Span<Vector2> window = stackalloc Vector2[4];
        for (int span = 0; span < n; span++)
        {
            for (int k = 0; k < 4; k++)
            {
                window[k] = points[(span + k - 1 + n) % n];
            }

            Vector2[] middle = Through(window, stepsPerSpan);
            middle.AsSpan(stepsPerSpan, stepsPerSpan).CopyTo(result.AsSpan(span * stepsPerSpan));
        }

        return result;
    }
}
