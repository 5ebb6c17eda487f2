namespace AuStream.Models.Evaluating;

/// <summary>How action units go together: correlation of every pair, for labels and for predictions (Ali, section on relations).</summary>
public static class ActionUnitRelation
{
    /// <summary>Matrix of correlation coefficients, [action unit, action unit]; NaN where one of the two does not vary.</summary>
    /// <param name="values">One list over all frames per action unit; all of the same length.</param>
    public static double[,] Matrix(IReadOnlyList<float[]> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        double[,] matrix = new double[values.Count, values.Count];
        for (int first = 0; first < values.Count; first++)
        {
            for (int second = first; second < values.Count; second++)
            {
                matrix[first, second] = matrix[second, first] = PearsonCorrelation.Of(values[first], values[second]);
            }
        }

        return matrix;
    }

    /// <summary>Euclidean distance of two matrices over the elements that both have; 0 when they are equal.</summary>
    /// <exception cref="ArgumentException">The matrices differ in size.</exception>
    public static double Distance(double[,] first, double[,] second)
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(second);
        if (first.GetLength(0) != second.GetLength(0) || first.GetLength(1) != second.GetLength(1))
        {
            throw new ArgumentException("The matrices differ in size.", nameof(second));
        }

        double sum = 0;
        for (int row = 0; row < first.GetLength(0); row++)
        {
            for (int column = 0; column < first.GetLength(1); column++)
            {
                double difference = first[row, column] - second[row, column];
                sum += double.IsNaN(difference) ? 0 : difference * difference;
            }
        }

        return Math.Sqrt(sum);
    }
}
