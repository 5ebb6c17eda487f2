using System.Numerics;

namespace AuStream.Synthesis.Skin;

/// <summary>
/// Smooth map of the plane through point pairs (Bookstein, "Principal Warps", IEEE PAMI 1989), slightly relaxed so that near
/// points do not fold it. Immutable, thread-safe.
/// </summary>
internal sealed class ThinPlateSpline
{
    private const double Relaxation = 1e-5;

    private readonly Vector2[] _centers;
    private readonly Vector2[] _weights;
    private readonly Vector2 _offset;
    private readonly Vector2 _alongX;
    private readonly Vector2 _alongY;

    /// <summary>Fits the map.</summary>
    /// <exception cref="ArgumentException">Lists of different length, fewer than three pairs, or all points on one line.</exception>
    public ThinPlateSpline(IReadOnlyList<Vector2> from, IReadOnlyList<Vector2> to)
    {
        int n = from.Count;
        if (to.Count != n || n < 3)
        {
            throw new ArgumentException($"{n} and {to.Count} points make no warp; as many of both, three at least.", nameof(to));
        }

        int size = n + 3;
        var matrix = new double[size, size + 2];
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j < n; j++)
            {
                matrix[i, j] = i == j ? Relaxation : Kernel(Vector2.DistanceSquared(from[i], from[j]));
            }

            matrix[i, n] = matrix[n, i] = 1;
            matrix[i, n + 1] = matrix[n + 1, i] = from[i].X;
            matrix[i, n + 2] = matrix[n + 2, i] = from[i].Y;
            matrix[i, size] = to[i].X;
            matrix[i, size + 1] = to[i].Y;
        }

        Solve(matrix, size);
        _centers = [.. from];
        _weights = new Vector2[n];
        for (int i = 0; i < n; i++)
        {
            _weights[i] = Row(matrix, i, size);
        }

        _offset = Row(matrix, n, size);
        _alongX = Row(matrix, n + 1, size);
        _alongY = Row(matrix, n + 2, size);
    }

    /// <summary>Where a point goes.</summary>
    public Vector2 Map(Vector2 point)
    {
        Vector2 sum = _offset + (_alongX * point.X) + (_alongY * point.Y);
        for (int i = 0; i < _centers.Length; i++)
        {
            sum += _weights[i] * (float)Kernel(Vector2.DistanceSquared(point, _centers[i]));
        }

        return sum;
    }

    private static double Kernel(float squaredDistance) => squaredDistance < 1e-12f ? 0 : squaredDistance * MathF.Log(squaredDistance);

    private static Vector2 Row(double[,] matrix, int row, int size) => new((float)matrix[row, size], (float)matrix[row, size + 1]);

    private static void Solve(double[,] matrix, int size)
    {
        for (int column = 0; column < size; column++)
        {
            int pivot = column;
            for (int row = column + 1; row < size; row++)
            {
                pivot = Math.Abs(matrix[row, column]) > Math.Abs(matrix[pivot, column]) ? row : pivot;
            }

            if (Math.Abs(matrix[pivot, column]) < 1e-14)
            {
                throw new ArgumentException("The points lie on one line; a warp needs them spread.");
            }

            for (int k = 0; k < size + 2; k++)
            {
                (matrix[column, k], matrix[pivot, k]) = (matrix[pivot, k], matrix[column, k]);
            }

            double reciprocal = 1 / matrix[column, column];
            for (int row = 0; row < size; row++)
            {
                double factor = matrix[row, column] * reciprocal;
                if (row == column || factor == 0)
                {
                    continue;
                }

                for (int k = column; k < size + 2; k++)
                {
                    matrix[row, k] -= factor * matrix[column, k];
                }
            }
        }

        for (int row = 0; row < size; row++)
        {
            matrix[row, size] /= matrix[row, row];
            matrix[row, size + 1] /= matrix[row, row];
        }
    }
}
