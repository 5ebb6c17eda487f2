using System.Globalization;
using CsvHelper;

namespace AuStream.Stages.Tests.Recording;

/// <summary>Reads delimited files by a parser that is not ours.</summary>
internal static class CsvRows
{
    /// <summary>Each row by column name. Fails on a row that has more or fewer cells than there are columns.</summary>
    public static List<Dictionary<string, string>> Read(string path, char separator = ',')
    {
        using FileStream file = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        List<string[]> rows = Read(file, separator);
        string[] names = rows[0];
        foreach (string[] row in rows)
        {
            row.Length.ShouldBe(names.Length, string.Join(separator, row));
        }

        return [.. rows.Skip(1).Select(row => names.Zip(row).ToDictionary(cell => cell.First, cell => cell.Second))];
    }

    /// <summary>The cells of every row, the first one too.</summary>
    public static List<string[]> Read(Stream text, char separator)
    {
        using CsvReader csv = CsvReader.Create(text, new CsvReaderOptions { Separator = separator, HasHeader = false }, true);
        List<string[]> rows = [];
        while (csv.Read())
        {
            rows.Add([.. Enumerable.Range(0, csv.FieldCount).Select(csv.GetString)]);
        }

        return rows;
    }

    public static double Number(this Dictionary<string, string> row, string column) =>
        double.Parse(row[column], NumberStyles.Float, CultureInfo.InvariantCulture);
}
