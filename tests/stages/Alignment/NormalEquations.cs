namespace AuStream.Stages.Tests.Alignment;

/// <summary>The least-squares similarity by another road than the one under test: normal equations of x′ = ax − by + c,
/// y′ = bx + ay + d, solved by elimination.</summary>
internal static class NormalEquations
{
    public static (double A, double B, double C, double D) Solve(double[] source, double[] target)
    {
        double[,] matrix = new double[4, 5];
        for (int i = 0; i < source.Length; i += 2)
        {
            Accumulate(matrix, [source[i], -source[i + 1], 1, 0], target[i]);
            Accumulate(matrix, [source[i + 1], source[i], 0, 1], target[i + 1]);
        }

        for (int pivot = 0; pivot < 4; pivot++)
        {
            int best = Enumerable.Range(pivot, 4 - pivot).MaxBy(row => Math.Abs(matrix[row, pivot]));
            for (int column = 0; column < 5; column++)
            {
                (matrix[pivot, column], matrix[best, column]) = (matrix[best, column], matrix[pivot, column]);
            }

            for (int row = 0; row < 4; row++)
            {
                double factor = row == pivot ? 0 : matrix[row, pivot] / matrix[pivot, pivot];
                for (int column = pivot; column < 5; column++)
                {
                    matrix[row, column] -= factor * matrix[pivot, column];
                }
            }
        }

        return (matrix[0, 4] / matrix[0, 0], matrix[1, 4] / matrix[1, 1], matrix[2, 4] / matrix[2, 2], matrix[3, 4] / matrix[3, 3]);
    }

    private static void Accumulate(double[,] matrix, double[] row, double value)
    {
        for (int i = 0; i < 4; i++)
        {
            for (int j = 0; j < 4; j++)
            {
                matrix[i, j] += row[i] * row[j];
            }

            matrix[i, 4] += row[i] * value;
        }
    }
}
