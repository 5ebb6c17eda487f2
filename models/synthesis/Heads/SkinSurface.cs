using System.Numerics;

namespace AuStream.Synthesis.Heads;

/// <summary>Finds the place on a head's skin that a rectangle of its texture covers. Immutable, thread-safe.</summary>
internal sealed class SkinSurface
{
    private readonly MeshPart _skin;
    private readonly int[] _firstCorners;

    /// <param name="skin">The skin.</param>
    /// <param name="low">Lower corner of the rectangle in texture coordinates (u right, v up).</param>
    /// <param name="high">Upper corner.</param>
    public SkinSurface(MeshPart skin, Vector2 low, Vector2 high)
    {
        _skin = skin;
        var inside = new List<int>();
        for (int i = 0; i < skin.Triangles.Length; i += 3)
        {
            (Vector2 a, Vector2 b, Vector2 c) = Corners(i);
            Vector2 least = Vector2.Min(a, Vector2.Min(b, c));
            Vector2 most = Vector2.Max(a, Vector2.Max(b, c));
            if (most.X >= low.X && most.Y >= low.Y && least.X <= high.X && least.Y <= high.Y)
            {
                inside.Add(i);
            }
        }

        _firstCorners = [.. inside];
    }

    /// <summary>The place with these texture coordinates; null where the skin has none or they lie outside the rectangle.</summary>
    public SkinPoint? Find(Vector2 coordinates)
    {
        foreach (int i in _firstCorners)
        {
            (Vector2 a, Vector2 b, Vector2 c) = Corners(i);
            (Vector2 ab, Vector2 ac, Vector2 at) = (b - a, c - a, coordinates - a);
            float area = (ab.X * ac.Y) - (ab.Y * ac.X);
            if (area == 0)
            {
                continue;
            }

            float weightB = ((at.X * ac.Y) - (at.Y * ac.X)) / area;
            float weightC = ((ab.X * at.Y) - (ab.Y * at.X)) / area;
            if (weightB >= 0 && weightC >= 0 && weightB + weightC <= 1)
            {
                return new SkinPoint(Vertex(i), Vertex(i + 1), Vertex(i + 2), weightB, weightC);
            }
        }

        return null;
    }

    /// <summary>The place of the rectangle's skin that is nearest to a point.</summary>
    /// <param name="point">The point, in the unit of the positions.</param>
    /// <param name="positions">The rig's vertices.</param>
    public SkinPoint Nearest(Vector3 point, ReadOnlySpan<Vector3> positions)
    {
        (SkinPoint best, float least) = (default, float.PositiveInfinity);
        foreach (int i in _firstCorners)
        {
            (int a, int b, int c) = (Vertex(i), Vertex(i + 1), Vertex(i + 2));
            (Vector3 ab, Vector3 ac, Vector3 at) = (positions[b] - positions[a], positions[c] - positions[a], point - positions[a]);
            (float bb, float bc, float cc) = (ab.LengthSquared(), Vector3.Dot(ab, ac), ac.LengthSquared());
            (float toB, float toC) = (Vector3.Dot(at, ab), Vector3.Dot(at, ac));
            float scale = (bb * cc) - (bc * bc);
            if (scale <= 0)
            {
                continue;
            }

            // Pulled back onto the triangle where the foot of the perpendicular lies outside of it.
            float weightB = Math.Clamp(((cc * toB) - (bc * toC)) / scale, 0, 1);
            float weightC = Math.Clamp(((bb * toC) - (bc * toB)) / scale, 0, 1 - weightB);
            var candidate = new SkinPoint(a, b, c, weightB, weightC);
            float distance = Vector3.DistanceSquared(candidate.On(positions), point);
            if (distance < least)
            {
                (best, least) = (candidate, distance);
            }
        }

        return best;
    }

    /// <summary>The rectangle around some points of a head's texture, wider by a margin on all sides.</summary>
    public static SkinSurface Around(MeshPart skin, ReadOnlySpan<Vector2> points, float margin)
    {
        (Vector2 low, Vector2 high) = (points[0], points[0]);
        foreach (Vector2 point in points)
        {
            (low, high) = (Vector2.Min(low, point), Vector2.Max(high, point));
        }

        return new SkinSurface(skin, low - new Vector2(margin), high + new Vector2(margin));
    }

    private int Vertex(int corner) => _skin.Vertices[_skin.Triangles[corner]];

    private (Vector2 A, Vector2 B, Vector2 C) Corners(int first) =>
        (_skin.TextureCoordinates[first], _skin.TextureCoordinates[first + 1], _skin.TextureCoordinates[first + 2]);
}
