using System.Numerics;

namespace AuStream.Synthesis.Heads;

/// <summary>
/// An eyeball of radius 1 around the origin that looks along +z: a sphere cap with the cornea's bulge. The texture is polar:
/// the pupil lies at (.5, .5), and distance from there is proportional to the angle from the line of sight.
/// </summary>
public static class EyeballMesh
{
    private const int Segments = 32;
    private const float MaximumAngle = 1.9f;
    private static readonly float[] s_rings = MakeRings();

    /// <summary>Unit positions; multiply by the radius of the eye.</summary>
    public static IReadOnlyList<Vector3> Positions { get; } = MakePositions();

    /// <summary>Triangles, counter-clockwise from outside.</summary>
    public static int[] Triangles { get; } = MakeTriangles();

    /// <summary>Texture coordinates per triangle corner.</summary>
    public static Vector2[] TextureCoordinates { get; } = MakeCoordinates();

    /// <summary>Radius in the texture (u or v units) of a circle at an angle in radians from the line of sight.</summary>
    public static float TextureRadius(float angle) => 0.5f * angle / MaximumAngle;

    private static float[] MakeRings()
    {
        // Fine around the edge of the cornea, coarse behind.
        var rings = new List<float> { 0.06f, 0.12f, 0.18f, 0.24f, 0.30f, 0.35f, 0.39f, 0.43f, 0.48f, 0.55f };
        for (float a = 0.64f; a < MaximumAngle; a += 0.11f)
        {
            rings.Add(a);
        }

        rings.Add(MaximumAngle);
        return [.. rings];
    }

    private static Vector3[] MakePositions()
    {
        var positions = new Vector3[1 + (s_rings.Length * Segments)];
        positions[0] = new Vector3(0, 0, 1.04f);
        for (int r = 0; r < s_rings.Length; r++)
        {
            float angle = s_rings[r];
            float share = MathF.Min(angle / 0.46f, 1);
            float radius = 1 + (0.04f * (1 - (share * share)));
            for (int s = 0; s < Segments; s++)
            {
                float turn = s * MathF.Tau / Segments;
                positions[1 + (r * Segments) + s] = radius * new Vector3(MathF.Sin(angle) * MathF.Cos(turn), MathF.Sin(angle) * MathF.Sin(turn), MathF.Cos(angle));
            }
        }

        return positions;
    }

    private static int[] MakeTriangles()
    {
        var triangles = new List<int>();
        for (int s = 0; s < Segments; s++)
        {
            int next = (s + 1) % Segments;
            triangles.AddRange([0, 1 + s, 1 + next]);
            for (int r = 0; r + 1 < s_rings.Length; r++)
            {
                int inner = 1 + (r * Segments);
                int outer = inner + Segments;
                triangles.AddRange([inner + s, outer + s, outer + next, inner + s, outer + next, inner + next]);
            }
        }

        return [.. triangles];
    }

    private static Vector2[] MakeCoordinates()
    {
        var coordinates = new Vector2[Triangles.Length];
        for (int i = 0; i < Triangles.Length; i++)
        {
            int vertex = Triangles[i];
            float angle = vertex == 0 ? 0 : s_rings[(vertex - 1) / Segments];
            float turn = (vertex - 1) % Segments * MathF.Tau / Segments;
            float radius = TextureRadius(angle);
            coordinates[i] = new Vector2(0.5f + (radius * MathF.Cos(turn)), 0.5f + (radius * MathF.Sin(turn)));
        }

        return coordinates;
    }
}
