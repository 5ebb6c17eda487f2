using System.Numerics;
using System.Runtime.CompilerServices;

namespace AuStream.Synthesis.Shading;

/// <summary>How much of each triangle of a blended part its texture covers. Made once per mesh and texture and kept as long as they live. Thread-safe.</summary>
internal static class CardCoverage
{
    /// <summary>Nothing is drawn: the triangle lies in an empty part of the texture.</summary>
    public const byte Empty = 0;

    /// <summary>Strands with much light between them.</summary>
    public const byte Thin = 1;

    /// <summary>More than half is covered: throws a shadow.</summary>
    public const byte Dense = 2;

    private const int ShadowLevel = 2;
    private const float LeastCoverage = 0.02f;

    private static readonly ConditionalWeakTable<Vector2[], ConditionalWeakTable<MipTexture, byte[]>> s_known = [];

    /// <summary>Coverage per triangle.</summary>
    /// <param name="coordinates">Texture coordinates, three per triangle; shared between poses.</param>
    /// <param name="albedo">The texture.</param>
    public static byte[] Of(Vector2[] coordinates, MipTexture albedo) =>
        s_known.GetOrCreateValue(coordinates).GetValue(albedo, texture => Measure(coordinates, texture));

    private static byte[] Measure(Vector2[] coordinates, MipTexture albedo)
    {
        var coverage = new byte[coordinates.Length / 3];
        for (int t = 0; t < coverage.Length; t++)
        {
            Vector2 a = coordinates[3 * t];
            Vector2 b = coordinates[(3 * t) + 1];
            Vector2 c = coordinates[(3 * t) + 2];
            bool isDense = albedo.Sample((a + b + c) / 3, ShadowLevel).W >= 0.5f;
            coverage[t] = isDense ? Dense : IsEmpty(albedo, a, b, c) ? Empty : Thin;
        }

        return coverage;
    }

    private static bool IsEmpty(MipTexture albedo, Vector2 a, Vector2 b, Vector2 c)
    {
        // As many rows of points as texels are crossed, at most 24.
        Vector2 size = new(albedo.Width, albedo.Height);
        float longest = MathF.Max(((b - a) * size).Length(), MathF.Max(((c - a) * size).Length(), ((c - b) * size).Length()));
        int steps = Math.Clamp((int)longest, 2, 24);
        int level = longest > 48 ? 2 : longest > 24 ? 1 : 0;
        for (int i = 0; i <= steps; i++)
        {
            for (int j = 0; i + j <= steps; j++)
            {
                Vector2 at = a + ((b - a) * ((float)i / steps)) + ((c - a) * ((float)j / steps));
                if (albedo.SampleLevel(at, level).W >= LeastCoverage)
                {
                    return false;
                }
            }
        }

        return true;
    }
}
