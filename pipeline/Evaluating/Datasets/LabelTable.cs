using System.Numerics;
using AuStream.Pipeline.Commands;

namespace AuStream.Pipeline.Evaluating.Datasets;

/// <summary>A table of labels of one's own, column names in any order.</summary>
internal sealed class LabelTable
{
    private LabelTable(IReadOnlyList<int> units, bool hasIntensity, IReadOnlyList<LabelTableRow> rows)
    {
        ActionUnits = units;
        HasIntensity = hasIntensity;
        Rows = rows;
    }

    /// <summary>FACS numbers, rising.</summary>
    public IReadOnlyList<int> ActionUnits { get; }

    /// <summary>True when a column holds intensities.</summary>
    public bool HasIntensity { get; }

    /// <summary>Rows in the file's order.</summary>
    public IReadOnlyList<LabelTableRow> Rows { get; }

    /// <exception cref="DatasetException">A column is missing, or a cell holds what it may not.</exception>
    /// <exception cref="UsageException">An action unit that was asked for has no column.</exception>
    public static LabelTable Read(string path, IReadOnlyList<int>? wanted)
    {
        using IEnumerator<LabelRow> rows = LabelFile.Read(path, ',').GetEnumerator();
        if (!rows.MoveNext())
        {
            throw new DatasetException($"{path} is empty. Its first line names the columns: file,frame,subject,AU12_r,AU12_c.");
        }

        string[] names = [.. rows.Current.Cells.Select(cell => cell.TrimStart('\uFEFF').ToUpperInvariant())];
        int file = Array.IndexOf(names, "FILE");
        if (file < 0)
        {
            throw rows.Current.Fault("there is no column 'file'. The first line names the columns: file,frame,subject,AU12_r,AU12_c.");
        }

        int[] coded = [.. names.Where(name => name.StartsWith("AU", StringComparison.Ordinal)).Select(LabelFile.ActionUnitOf).Where(unit => unit > 0).Distinct().Order()];
        IReadOnlyList<int> units = ActionUnitChoice.Of(new DatasetRequest(path, ActionUnits: wanted), coded, coded);
        if (units.Count == 0)
        {
            throw rows.Current.Fault("there is no column of an action unit. Call it AU12_r (intensity 0 to 5) or AU12_c (0 or 1).");
        }

        int[] presence = [.. units.Select(unit => Find(names, unit, "_C"))];
        int[] intensity = [.. units.Select(unit => Math.Max(Find(names, unit, "_R"), Find(names, unit, "")))];
        (int frame, int subject) = (Array.IndexOf(names, "FRAME"), Array.IndexOf(names, "SUBJECT"));
        int neutral = Array.IndexOf(names, "NEUTRAL");
        (int x, int y) = (Array.IndexOf(names, "X"), Array.IndexOf(names, "Y"));
        if (x < 0 != y < 0)
        {
            throw rows.Current.Fault("of the columns x and y there is only one. A face's place takes both, in pixels; without them the largest face counts.");
        }

        List<LabelTableRow> read = [];
        while (rows.MoveNext())
        {
            LabelRow row = rows.Current;
            string name = Cell(row, file) is { Length: > 0 } given ? given : throw row.Fault("the column 'file' is empty. Name the picture or video.");
            int? number = Cell(row, frame).Length == 0 ? null : row.Integer(frame, "a frame number, from 1");
            read.Add(new LabelTableRow(
                row.Line,
                name,
                number is null or >= 1 ? number : throw row.Fault($"frame is {number}; frames are counted from 1."),
                Cell(row, subject) is { Length: > 0 } who ? who : name,
                Cell(row, neutral),
                ReadPlace(row, x, y),
                [.. presence.Select(column => ReadPresence(row, column))],
                [.. intensity.Select(column => ReadIntensity(row, column))]));
        }

        return read.Count == 0 ? throw new DatasetException($"{path} has column names and no row.") : new LabelTable(units, intensity.Any(column => column >= 0), read);
    }

    private static int Find(string[] names, int unit, string ending) =>
        Array.FindIndex(names, name => name.StartsWith("AU", StringComparison.Ordinal)
            && LabelFile.ActionUnitOf(name) == unit
            && (ending.Length > 0 ? name.EndsWith(ending, StringComparison.Ordinal) : !name.EndsWith("_R", StringComparison.Ordinal) && !name.EndsWith("_C", StringComparison.Ordinal)));

    private static string Cell(LabelRow row, int column) => column >= 0 && column < row.Cells.Length ? row.Cells[column] : "";

    private static Vector2? ReadPlace(LabelRow row, int x, int y)
    {
        bool hasX = Cell(row, x).Length > 0;
        return hasX != Cell(row, y).Length > 0 ? throw row.Fault("only one of x and y is given. Give both, in pixels, or neither: then the largest face counts.")
            : hasX ? new Vector2((float)row.Number(x, "pixels from the left"), (float)row.Number(y, "pixels from the top"))
            : null;
    }

    private static sbyte ReadPresence(LabelRow row, int column) => Cell(row, column).Length == 0 ? LabeledItem.Unlabeled : row.Integer(column, "0 or 1") switch
    {
        0 => (sbyte)0,
        1 => (sbyte)1,
        int other => throw row.Fault($"column {column + 1} holds {other}; presence is 0, 1 or empty."),
    };

    private static float ReadIntensity(LabelRow row, int column)
    {
        if (Cell(row, column).Length == 0)
        {
            return float.NaN;
        }

        double level = row.Number(column, "an intensity");
        return level is >= 0 and <= 5 ? (float)level : throw row.Fault($"column {column + 1} holds {level}; an intensity lies between 0 and 5, or the cell is empty.");
    }
}
