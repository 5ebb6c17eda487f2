using System.Globalization;
using AuStream.Pipeline.Evaluating.Datasets;

namespace AuStream.Pipeline.Evaluating.Points;

/// <summary>Points that were placed by hand: a table whose first column names the face, and whose others are NAME_x and NAME_y in pixels.</summary>
internal sealed class PlacedPoints
{
    private readonly Dictionary<string, Dictionary<string, (double X, double Y)>> _faces;

    private PlacedPoints(Dictionary<string, Dictionary<string, (double X, double Y)>> faces) => _faces = faces;

    /// <summary>Faces in the table.</summary>
    public int Count => _faces.Count;

    /// <summary>Reads the table.</summary>
    /// <exception cref="DatasetException">A cell is no number, or there is no point that is compared; the message names file and line.</exception>
    public static PlacedPoints Read(string path)
    {
        using IEnumerator<LabelRow> rows = LabelFile.Read(path, ',').GetEnumerator();
        if (!rows.MoveNext())
        {
            throw new DatasetException($"{path} is empty. Its first line names the columns: face_id,nose_base_x,nose_base_y,…");
        }

        string[] columns = rows.Current.Cells;
        string[] names = [.. columns.Where(name => name.EndsWith("_x", StringComparison.Ordinal)).Select(name => name[..^2]).Where(name => columns.Contains(name + "_y"))];
        if (!names.Contains(ComparedPoint.RightCorner) || !names.Contains(ComparedPoint.LeftCorner))
        {
            throw rows.Current.Fault($"the points {ComparedPoint.RightCorner} and {ComparedPoint.LeftCorner} are missing (columns …_x, …_y): errors are divided by their distance.");
        }

        Dictionary<string, Dictionary<string, (double, double)>> faces = new(StringComparer.Ordinal);
        while (rows.MoveNext())
        {
            LabelRow row = rows.Current;
            double Cell(string column) => row.Number(Array.IndexOf(columns, column), "a place in pixels");
            faces[row.Cells[0]] = names.ToDictionary(name => name, name => (Cell(name + "_x"), Cell(name + "_y")));
        }

        return new PlacedPoints(faces);
    }

    /// <summary>The points of a picture, by name: of the face whose id is the file's name without its ending, or the digits that it begins with.</summary>
    public IReadOnlyDictionary<string, (double X, double Y)>? Find(string picture)
    {
        string stem = Path.GetFileNameWithoutExtension(picture);
        return _faces.GetValueOrDefault(stem) ?? _faces.GetValueOrDefault(string.Concat(stem.TakeWhile(char.IsAsciiDigit)));
    }
}
