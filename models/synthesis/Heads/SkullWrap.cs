using System.Numerics;

namespace AuStream.Synthesis.Heads;

/// <summary>
/// Moves things made for one head (hair, hats, collars) onto another: seen from the middle of the skull, every point keeps its
/// direction and its distance relative to the skin below it. Immutable, thread-safe.
/// </summary>
internal sealed class SkullWrap
{
    private const int Rows = 18;
    private const int Columns = 24;

    private static readonly Vector3 s_middle = new(0, 1.5f, -5.5f);

    private readonly float[] _ratios;

    /// <param name="from">Skin of the head that things were made for.</param>
    /// <param name="to">Skin of the head that is to wear them.</param>
    public SkullWrap(IEnumerable<Vector3> from, IEnumerable<Vector3> to)
    {
        float[] a = Radii(from);
        float[] b = Radii(to);
        _ratios = new float[Rows * Columns];
        for (int i = 0; i < _ratios.Length; i++)
        {
            _ratios[i] = b[i] / a[i];
        }
    }

    /// <summary>Where a point goes. Below the chin the neck's own width counts, so the ratio fades to 1 there.</summary>
    public Vector3 Apply(Vector3 point)
    {
        Vector3 offset = point - s_middle;
        (float row, float column) = Direction(offset);
        int r = Math.Clamp((int)(row - 0.5f), 0, Rows - 2);
        float rowShare = Math.Clamp(row - 0.5f - r, 0, 1);
        float c = column - 0.5f + Columns;
        int c0 = (int)c % Columns;
        int c1 = (c0 + 1) % Columns;
        float columnShare = c - (int)c;
        float ratio = float.Lerp(
            float.Lerp(_ratios[(r * Columns) + c0], _ratios[(r * Columns) + c1], columnShare),
            float.Lerp(_ratios[((r + 1) * Columns) + c0], _ratios[((r + 1) * Columns) + c1], columnShare),
            rowShare);
        float onHead = Math.Clamp((point.Y + 13) / 6, 0, 1);
        return s_middle + (offset * float.Lerp(1, ratio, onHead));
    }

    private static (float Row, float Column) Direction(Vector3 offset)
    {
        float polar = MathF.Acos(Math.Clamp(offset.Y / offset.Length(), -1, 1)) / MathF.PI;
        float turn = (MathF.Atan2(offset.X, offset.Z) / MathF.Tau) + 0.5f;
        return (polar * Rows, turn * Columns);
    }

    /// <summary>Mean distance of the skin by direction, holes filled from their neighbours, smoothed.</summary>
    private static float[] Radii(IEnumerable<Vector3> skin)
    {
        var sums = new float[Rows * Columns];
        var counts = new float[Rows * Columns];
        foreach (Vector3 p in skin)
        {
            (float row, float column) = Direction(p - s_middle);
            int at = (Math.Min((int)row, Rows - 1) * Columns) + ((int)column % Columns);
            sums[at] += Vector3.Distance(p, s_middle);
            counts[at]++;
        }

        for (int pass = 0; pass < 24; pass++)
        {
            var nextSums = (float[])sums.Clone();
            var nextCounts = (float[])counts.Clone();
            for (int i = 0; i < sums.Length; i++)
            {
                int row = i / Columns;
                int column = i % Columns;
                foreach ((int dr, int dc) in ((int, int)[])[(-1, 0), (1, 0), (0, -1), (0, 1)])
                {
                    int r = row + dr;
                    int n = (r * Columns) + ((column + dc + Columns) % Columns);
                    if (r is >= 0 and < Rows && counts[n] > 0 && (counts[i] == 0 || pass < 2))
                    {
                        // Neighbours weigh as one vertex each, so that they fill holes and smooth a little.
                        nextSums[i] += sums[n] / counts[n];
                        nextCounts[i]++;
                    }
                }
            }

            (sums, counts) = (nextSums, nextCounts);
        }

        return [.. sums.Select((s, i) => s / counts[i])];
    }
}
