using System.Numerics;

namespace AuStream.Synthesis.Heads;

/// <summary>Finds the four nearest of a set of points, sorted by height so that the search can stop early.</summary>
internal sealed class NearestVertices
{
    private readonly int[] _order;
    private readonly Vector3[] _sorted;

    public NearestVertices(IReadOnlyList<Vector3> positions, IEnumerable<int> candidates)
    {
        _order = [.. candidates.OrderBy(v => positions[v].Y).ThenBy(v => v)];
        _sorted = [.. _order.Select(v => positions[v])];
    }

    /// <summary>Number of candidates.</summary>
    public int Count => _order.Length;

    /// <summary>The up to four nearest, nearest first.</summary>
    public int Find(Vector3 point, Span<int> vertices, Span<float> distances)
    {
        distances.Fill(float.MaxValue);
        int found = 0;
        int above = LowerBound(point.Y);
        int below = above - 1;
        while (below >= 0 || above < _sorted.Length)
        {
            float limit = found < 4 ? float.MaxValue : distances[3];
            bool goUp = below < 0 || (above < _sorted.Length && _sorted[above].Y - point.Y < point.Y - _sorted[below].Y);
            int at = goUp ? above++ : below--;
            float height = MathF.Abs(_sorted[at].Y - point.Y);
            if (height * height > limit)
            {
                break;
            }

            float d = Vector3.DistanceSquared(_sorted[at], point);
            if (d < limit)
            {
                int slot = Math.Min(found, 3);
                while (slot > 0 && distances[slot - 1] > d)
                {
                    distances[slot] = distances[slot - 1];
                    vertices[slot] = vertices[slot - 1];
                    slot--;
                }

                distances[slot] = d;
                vertices[slot] = _order[at];
                found = Math.Min(found + 1, 4);
            }
        }

        for (int i = 0; i < found; i++)
        {
            distances[i] = MathF.Sqrt(distances[i]);
        }

        return found;
    }

    private int LowerBound(float y)
    {
        int low = 0;
        int high = _sorted.Length;
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (_sorted[middle].Y < y)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low;
    }
}
