using System.Numerics;

namespace AuStream.Synthesis.Headwear;

/// <summary>How far a head reaches in every direction from its middle, without holes and hollows: what cloth lies on. Immutable.</summary>
internal sealed class HeadHull
{
    private const int Columns = 48;
    private const int Rows = 30;

    // Below the chin the neck goes on to the shoulders; cloth falls around it instead.
    private const float Lowest = -13;

    private readonly float[] _radii = new float[Columns * Rows];

    /// <param name="identity">Vertices of the head mesh at rest, head space.</param>
    /// <param name="skin">Which of them are skin.</param>
    /// <param name="points68">The face's points at rest.</param>
    public HeadHull(Vector3[] identity, IReadOnlyList<int> skin, Vector3[] points68)
    {
        Points68 = points68;
        float front = float.MinValue;
        float back = float.MaxValue;
        foreach (int v in skin)
        {
            if (identity[v].Y > 2)
            {
                front = MathF.Max(front, identity[v].Z);
                back = MathF.Min(back, identity[v].Z);
            }
        }

        Center = new Vector3(0, 0.5f, (front + back) / 2);
        foreach (int v in skin)
        {
            Vector3 offset = identity[v] - Center;
            if (identity[v].Y > Lowest)
            {
                (int column, int row) = Cell(Vector3.Normalize(offset));
                ref float radius = ref _radii[(row * Columns) + column];
                radius = MathF.Max(radius, offset.Length());
            }
        }

        Fill();
        Smooth();
        Smooth();
    }

    /// <summary>Middle of the head.</summary>
    public Vector3 Center { get; }

    /// <summary>The face's 68 points at rest.</summary>
    public Vector3[] Points68 { get; }

    /// <summary>Distance from the middle to the surface.</summary>
    /// <param name="direction">Unit vector.</param>
    public float Radius(Vector3 direction)
    {
        (float u, float v) = Coordinates(direction);
        int row = Math.Clamp((int)(v - 0.5f), 0, Rows - 2);
        float down = Math.Clamp(v - 0.5f - row, 0, 1);
        float across = u - 0.5f;
        int column = (int)MathF.Floor(across);
        float right = across - column;
        float At(int r, int c) => _radii[(r * Columns) + ((c + Columns) % Columns)];
        return ((At(row, column) * (1 - right)) + (At(row, column + 1) * right)) * (1 - down)
            + ((At(row + 1, column) * (1 - right)) + (At(row + 1, column + 1) * right)) * down;
    }

    private static (float U, float V) Coordinates(Vector3 direction) =>
        ((MathF.Atan2(direction.X, direction.Z) / MathF.Tau + 0.5f) * Columns, (MathF.Asin(Math.Clamp(direction.Y, -1, 1)) / MathF.PI + 0.5f) * Rows);

    private static (int Column, int Row) Cell(Vector3 direction)
    {
        (float u, float v) = Coordinates(direction);
        return (Math.Clamp((int)u, 0, Columns - 1), Math.Clamp((int)v, 0, Rows - 1));
    }

    // Empty cells take the mean of their filled neighbours until none is left.
    private void Fill()
    {
        var next = new float[_radii.Length];
        while (Array.Exists(_radii, radius => radius == 0))
        {
            for (int i = 0; i < _radii.Length; i++)
            {
                next[i] = _radii[i] > 0 ? _radii[i] : MeanAround(i, skipsEmpty: true);
            }

            next.CopyTo(_radii, 0);
        }
    }

    private void Smooth()
    {
        var next = new float[_radii.Length];
        for (int i = 0; i < next.Length; i++)
        {
            next[i] = MathF.Max(_radii[i] * 0.985f, MeanAround(i, skipsEmpty: false));
        }

        next.CopyTo(_radii, 0);
    }

    private float MeanAround(int cell, bool skipsEmpty)
    {
        int row = cell / Columns;
        int column = cell % Columns;
        float sum = 0;
        int count = 0;
        for (int r = Math.Max(0, row - 1); r <= Math.Min(Rows - 1, row + 1); r++)
        {
            for (int c = column - 1; c <= column + 1; c++)
            {
                float radius = _radii[(r * Columns) + ((c + Columns) % Columns)];
                if (radius > 0 || !skipsEmpty)
                {
                    sum += radius;
                    count++;
                }
            }
        }

        return count > 0 ? sum / count : 0;
    }
}
