using System.Globalization;

namespace AuStream.Pipeline.Evaluating.Datasets;

/// <summary>One row of a label file.</summary>
/// <param name="Path">The file.</param>
/// <param name="Line">Its line, from 1.</param>
/// <param name="Cells">Its cells.</param>
internal sealed record LabelRow(string Path, int Line, string[] Cells)
{
    /// <summary>A number in a cell.</summary>
    /// <exception cref="DatasetException">The cell is not there, or holds something else.</exception>
    public double Number(int column, string what) =>
        column < Cells.Length && double.TryParse(Cells[column], NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && double.IsFinite(value)
            ? value
            : throw Fault($"column {column + 1} should hold {what}, it holds '{(column < Cells.Length ? Cells[column] : "nothing")}'. Restore the file from the dataset.");

    /// <summary>A whole number in a cell; <c>12</c> and <c>1.2000000e+01</c> alike.</summary>
    /// <exception cref="DatasetException">The cell is not there, or holds something else.</exception>
    public int Integer(int column, string what)
    {
        double value = Number(column, what);
        return value == Math.Truncate(value) && Math.Abs(value) < int.MaxValue
            ? (int)value
            : throw Fault($"column {column + 1} should hold {what}, it holds '{Cells[column]}'. Restore the file from the dataset.");
    }

    /// <summary>A fault in this row.</summary>
    public DatasetException Fault(string fault) => DatasetException.At(Path, Line, fault);
}
