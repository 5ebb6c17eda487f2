using System.Numerics;
using System.Runtime.CompilerServices;
using AuStream.Synthesis.Assets;
using AuStream.Synthesis.Heads;
using AuStream.Synthesis.Scene;

namespace AuStream.Synthesis.People;

/// <summary>Where the hair of a worn pair of brows lies on MakeHuman's skin. Worked out once for every pair; thread-safe.</summary>
internal static class WornBrows
{
    private const int OfOneBrow = 5;

    /// <summary>Steps along a triangle's side at which the texture's coverage is read.</summary>
    private const int Steps = 10;

    /// <summary>Share of the hair that may lie beyond a brow's first and last point: single hairs make no end.</summary>
    private const float Beyond = 0.015f;

    private static readonly ConditionalWeakTable<MakeHumanHead, ConditionalWeakTable<WornMesh, SkinPoint[]>> Known = [];

    /// <summary>The points 17–26 of the 68 scheme: the middle of the hair at five even steps, from the right tail to the left one.</summary>
    public static SkinPoint[] Of(MakeHumanHead head, WornItem brows) =>
        Known.GetValue(head, static _ => []).GetValue(brows.Mesh, mesh => Find(head, mesh, brows.Material.Albedo!));

    private static SkinPoint[] Find(MakeHumanHead head, WornMesh mesh, Texture texture)
    {
        var positions = new Vector3[mesh.VertexCount];
        mesh.Fit(head.Rig.Neutral, positions);
        List<(Vector3 Place, float Amount)> hair = Hair(mesh, positions, texture);
        var points = new SkinPoint[2 * OfOneBrow];
        foreach (bool isLeft in (ReadOnlySpan<bool>)[false, true])
        {
            // Both sides run from the tail to the inner end.
            (Vector3 Place, float Amount)[] side = [.. hair.Where(h => h.Place.X > 0 == isLeft).OrderByDescending(h => MathF.Abs(h.Place.X))];
            Vector3[] line = Line(side);
            for (int i = 0; i < OfOneBrow; i++)
            {
                points[isLeft ? points.Length - 1 - i : i] = head.BrowSkin.Nearest(line[i], head.Rig.Neutral);
            }
        }

        return points;
    }

    private static List<(Vector3 Place, float Amount)> Hair(WornMesh mesh, Vector3[] positions, Texture texture)
    {
        var hair = new List<(Vector3, float)>();
        for (int t = 0; t < mesh.Triangles.Length; t += 3)
        {
            (Vector3 a, Vector3 b, Vector3 c) = (positions[mesh.Triangles[t]], positions[mesh.Triangles[t + 1]], positions[mesh.Triangles[t + 2]]);
            (Vector2 ua, Vector2 ub, Vector2 uc) = (mesh.TextureCoordinates[t], mesh.TextureCoordinates[t + 1], mesh.TextureCoordinates[t + 2]);
            float area = Vector3.Cross(b - a, c - a).Length();
            for (int i = 0; i < Steps; i++)
            {
                for (int j = 0; i + j < Steps; j++)
                {
                    (float toB, float toC) = ((i + 0.33f) / Steps, (j + 0.33f) / Steps);
                    float amount = Coverage(texture, ua + ((ub - ua) * toB) + ((uc - ua) * toC)) * area;
                    if (amount > 0)
                    {
                        hair.Add((a + ((b - a) * toB) + ((c - a) * toC), amount));
                    }
                }
            }
        }

        return hair;
    }

    /// <summary>Middles of a brow's hair at five even steps of its width.</summary>
    private static Vector3[] Line((Vector3 Place, float Amount)[] hair)
    {
        float all = hair.Sum(h => h.Amount);
        float outer = Reached(hair, all * Beyond);
        float inner = Reached(hair, all * (1 - Beyond));
        var line = new Vector3[OfOneBrow];
        for (int i = 0; i < line.Length; i++)
        {
            float at = float.Lerp(outer, inner, i / (OfOneBrow - 1f));
            float reach = MathF.Abs(outer - inner) / 12;
            (Vector3 sum, float weight) = (Vector3.Zero, 0);
            foreach ((Vector3 place, float amount) in hair)
            {
                if (MathF.Abs(MathF.Abs(place.X) - at) <= reach)
                {
                    sum += place * amount;
                    weight += amount;
                }
            }

            Vector3 middle = sum / weight;
            line[i] = middle with { X = MathF.CopySign(at, middle.X) };
        }

        return line;
    }

    /// <summary>How far from the middle of the face the hair has added up to an amount, coming from the tail.</summary>
    private static float Reached((Vector3 Place, float Amount)[] hair, float amount)
    {
        float sum = 0;
        foreach ((Vector3 place, float own) in hair)
        {
            sum += own;
            if (sum >= amount)
            {
                return MathF.Abs(place.X);
            }
        }

        return MathF.Abs(hair[^1].Place.X);
    }

    private static float Coverage(Texture texture, Vector2 coordinates)
    {
        int column = Math.Clamp((int)(coordinates.X * texture.Width), 0, texture.Width - 1);
        int row = Math.Clamp((int)((1 - coordinates.Y) * texture.Height), 0, texture.Height - 1);
        float coverage = texture.Pixels[(((row * texture.Width) + column) * 4) + 3];
        return coverage < 0.15f ? 0 : coverage;
    }
}
