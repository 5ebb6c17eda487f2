using System.Numerics;

namespace AuStream.Synthesis.Heads;

/// <summary>Finds the twelve iBUG points of the eyes on the margins of the lids, two rows of vertices out from where facial skin meets the skin of the eye socket.</summary>
internal static class LidMargin
{
    /// <summary>Number of the first of the points.</summary>
    public const int FirstPoint = 36;

    /// <summary>Rows of vertices between the seam of the texture and the edge of the lid.</summary>
    private const int RowsInside = 2;

    /// <summary>Vertices of points 36 to 47.</summary>
    public static int[] Find(Vector3[] neutral, MeshPart skin, MeshPart sockets)
    {
        HashSet<int> inside = [.. skin.Vertices.Intersect(sockets.Vertices)];
        int[] margin = [];
        for (int row = 0; row < RowsInside; row++)
        {
            margin = Neighbours(skin, inside);
            inside.UnionWith(margin);
        }

        return [.. FindEye(neutral, [.. margin.Where(v => neutral[v].X < 0)]), .. FindEye(neutral, [.. margin.Where(v => neutral[v].X > 0)])];
    }

    private static int[] Neighbours(MeshPart skin, HashSet<int> inside)
    {
        var found = new SortedSet<int>();
        for (int t = 0; t < skin.Triangles.Length; t += 3)
        {
            int[] corners = [skin.Vertices[skin.Triangles[t]], skin.Vertices[skin.Triangles[t + 1]], skin.Vertices[skin.Triangles[t + 2]]];
            if (corners.Any(inside.Contains))
            {
                found.UnionWith(corners.Where(v => !inside.Contains(v)));
            }
        }

        return [.. found];
    }

    /// <summary>In iBUG's order: from the corner with smaller x over the upper lid to the other corner and back along the lower lid.</summary>
    private static int[] FindEye(Vector3[] neutral, int[] ring)
    {
        int first = ring.MinBy(v => neutral[v].X);
        int last = ring.MaxBy(v => neutral[v].X);
        Vector3 from = neutral[first];
        Vector3 to = neutral[last];

        // Above or below the line between the corners.
        float Height(int v) => neutral[v].Y - float.Lerp(from.Y, to.Y, (neutral[v].X - from.X) / (to.X - from.X));
        int At(float share, bool upper)
        {
            float x = float.Lerp(from.X, to.X, share);
            return ring.Where(v => v != first && v != last && Height(v) > 0 == upper).MinBy(v => MathF.Abs(neutral[v].X - x));
        }

        return [first, At(1 / 3f, true), At(2 / 3f, true), last, At(2 / 3f, false), At(1 / 3f, false)];
    }
}
