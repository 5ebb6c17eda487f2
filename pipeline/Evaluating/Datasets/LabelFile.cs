using System.Globalization;

namespace AuStream.Pipeline.Evaluating.Datasets;

/// <summary>A text file of labels, row by row, that knows where it is when something is wrong.</summary>
internal static class LabelFile
{
    /// <summary>The rows that are not blank. Cells are trimmed; a cell in double quotes may hold the separator.</summary>
    /// <param name="path">The file.</param>
    /// <param name="separator">Between cells; a blank stands for any run of blanks and tabs.</param>
    /// <exception cref="DatasetException">The file cannot be read.</exception>
    public static IEnumerable<LabelRow> Read(string path, char separator)
    {
        string[] lines;
        try
        {
            lines = File.ReadAllLines(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new DatasetException($"{path} cannot be read: {error.Message}", error);
        }

        for (int i = 0; i < lines.Length; i++)
        {
            if (!string.IsNullOrWhiteSpace(lines[i]))
            {
                yield return new LabelRow(path, i + 1, Split(lines[i], separator));
            }
        }
    }

    /// <summary>The action unit in a column's name: <c>12</c>, <c>AU12</c>, <c>au_12</c>, <c>AU12_r</c>; 0 when it names none.</summary>
    public static int ActionUnitOf(string column)
    {
        string name = column.Trim().ToUpperInvariant();
        name = name.StartsWith("AU", StringComparison.Ordinal) ? name[2..].TrimStart('_', ' ') : name;
        name = name.EndsWith("_R", StringComparison.Ordinal) || name.EndsWith("_C", StringComparison.Ordinal) ? name[..^2] : name;
        return int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out int unit) ? unit : 0;
    }

    private static string[] Split(string line, char separator)
    {
        if (separator == ' ')
        {
            return line.Split((char[])[' ', '\t'], StringSplitOptions.RemoveEmptyEntries);
        }

        if (!line.Contains('"', StringComparison.Ordinal))
        {
            return line.Split(separator, StringSplitOptions.TrimEntries);
        }

        List<string> cells = [];
        System.Text.StringBuilder cell = new();
        bool isQuoted = false;
        foreach (char letter in line)
        {
            if (letter == '"')
            {
                isQuoted = !isQuoted;
            }
            else if (letter == separator && !isQuoted)
            {
                cells.Add(cell.ToString().Trim());
                cell.Clear();
            }
            else
            {
                cell.Append(letter);
            }
        }

        cells.Add(cell.ToString().Trim());
        return [.. cells];
    }
}
