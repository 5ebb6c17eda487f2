namespace AuStream.Synthesis.Heads;

/// <summary>Small dense linear systems by Gaussian elimination with partial pivoting, in double precision.</summary>
internal static class DenseSolver
{
    /// <summary>Solves A·X = B in place: <paramref name="b"/> (n × columns, row-major) becomes X; <paramref name="a"/> (n × n) is destroyed.</summary>
    /// <exception cref="InvalidOperationException">The matrix is singular.</exception>
    public static void Solve(double[] a, double[] b, int n, int columns)
    {
        for (int k = 0; k < n; k++)
        {
            int pivot = k;
            for (int r = k + 1; r < n; r++)
            {
                if (Math.Abs(a[(r * n) + k]) > Math.Abs(a[(pivot * n) + k]))
                {
                    pivot = r;
                }
            }

            if (Math.Abs(a[(pivot * n) + k]) < 1e-12)
            {
                throw new InvalidOperationException("The system of equations is singular");
            }

            Swap(a, k, pivot, n);
            Swap(b, k, pivot, columns);
            for (int r = k + 1; r < n; r++)
            {
                double factor = a[(r * n) + k] / a[(k * n) + k];
                for (int c = k; c < n; c++)
                {
                    a[(r * n) + c] -= factor * a[(k * n) + c];
                }

                for (int c = 0; c < columns; c++)
                {
                    b[(r * columns) + c] -= factor * b[(k * columns) + c];
                }
            }
        }

        for (int k = n - 1; k >= 0; k--)
        {
            for (int c = 0; c < columns; c++)
            {
                double sum = b[(k * columns) + c];
                for (int j = k + 1; j < n; j++)
                {
                    sum -= a[(k * n) + j] * b[(j * columns) + c];
                }

                b[(k * columns) + c] = sum / a[(k * n) + k];
            }
        }
    }

    private static void Swap(double[] m, int row, int other, int columns)
    {
        if (row != other)
        {
            for (int c = 0; c < columns; c++)
            {
                (m[(row * columns) + c], m[(other * columns) + c]) = (m[(other * columns) + c], m[(row * columns) + c]);
            }
        }
    }
}
