namespace AuStream.Stages.Tracking;

/// <summary>
/// The Hungarian method (Kuhn 1955, shortest augmenting paths with potentials): rows are assigned to columns, one to one, with the
/// least total cost. Not thread-safe; allocates only when it meets a bigger problem than before.
/// </summary>
internal sealed class OptimalAssignment
{
    /// <summary>Cost of a pair that must not be: such a row stays unassigned.</summary>
    public const float Forbidden = 1e6f;

    private double[] _rowPotential = [];
    private double[] _columnPotential = [];
    private double[] _slack = [];
    private int[] _rowOfColumn = [];
    private int[] _previous = [];
    private bool[] _isVisited = [];
    private int[] _columnOfRow = [];

    /// <summary>Solves rows × columns costs.</summary>
    /// <param name="costs">Row-major.</param>
    /// <param name="rows">Number of rows.</param>
    /// <param name="columns">Number of columns.</param>
    /// <returns>The column of each row, −1 for none; valid until the next call.</returns>
    public ReadOnlySpan<int> Solve(ReadOnlySpan<float> costs, int rows, int columns)
    {
        int size = Math.Max(rows, columns);
        Grow(size + 1);
        Array.Clear(_rowPotential);
        Array.Clear(_columnPotential);
        Array.Clear(_rowOfColumn);
        for (int row = 1; row <= size; row++)
        {
            Augment(costs, rows, columns, size, row);
        }

        Span<int> result = _columnOfRow.AsSpan(0, rows);
        result.Fill(-1);
        for (int column = 1; column <= columns; column++)
        {
            int row = _rowOfColumn[column] - 1;
            if (row < rows && costs[(row * columns) + column - 1] < Forbidden)
            {
                result[row] = column - 1;
            }
        }

        return result;
    }

    private void Augment(ReadOnlySpan<float> costs, int rows, int columns, int size, int row)
    {
        _rowOfColumn[0] = row;
        _slack.AsSpan().Fill(double.PositiveInfinity);
        _isVisited.AsSpan().Clear();
        int current = 0;
        do
        {
            _isVisited[current] = true;
            int currentRow = _rowOfColumn[current];
            double least = double.PositiveInfinity;
            int next = 0;
            for (int column = 1; column <= size; column++)
            {
                if (_isVisited[column])
                {
                    continue;
                }

                double cost = currentRow <= rows && column <= columns ? costs[((currentRow - 1) * columns) + column - 1] : Forbidden;
                double reduced = cost - _rowPotential[currentRow] - _columnPotential[column];
                if (reduced < _slack[column])
                {
                    _slack[column] = reduced;
                    _previous[column] = current;
                }

                if (_slack[column] < least)
                {
                    least = _slack[column];
                    next = column;
                }
            }

            for (int column = 0; column <= size; column++)
            {
                if (_isVisited[column])
                {
                    _rowPotential[_rowOfColumn[column]] += least;
                    _columnPotential[column] -= least;
                }
                else
                {
                    _slack[column] -= least;
                }
            }

            current = next;
        }
        while (_rowOfColumn[current] != 0);

        for (; current != 0; current = _previous[current])
        {
            _rowOfColumn[current] = _rowOfColumn[_previous[current]];
        }
    }

    private void Grow(int size)
    {
        if (_slack.Length < size)
        {
            _rowPotential = new double[size];
            _columnPotential = new double[size];
            _slack = new double[size];
            _rowOfColumn = new int[size];
            _previous = new int[size];
            _isVisited = new bool[size];
            _columnOfRow = new int[size];
        }
    }
}
