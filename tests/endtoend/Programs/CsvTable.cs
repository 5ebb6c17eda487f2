using System.Globalization;

namespace AuStream.EndToEnd.Tests.Programs;

/// <summary>A comma-separated file with a header and no quoted cells, as frames.csv is for video.</summary>
internal sealed class CsvTable
{
    private readonly Dictionary<string, int> _columns;

    public CsvTable(string path)
    {
        string[] lines = System.IO.File.ReadAllLines(path);
        string[] header = [.. lines[0].Split(',').Select(cell => cell.Trim())];
        _columns = header.Select((name, index) => (name, index)).ToDictionary(pair => pair.name, pair => pair.index);
        Rows = [.. lines.Skip(1).Select(line => line.Split(','))];
        Rows.ShouldAllBe(row => row.Length == header.Length);
    }

    public IReadOnlyList<string[]> Rows { get; }

    public IEnumerable<string> Columns => _columns.Keys;

    public string Text(string[] row, string column) => row[_columns[column]].Trim();

    public double Number(string[] row, string column) => double.Parse(Text(row, column), CultureInfo.InvariantCulture);
}
