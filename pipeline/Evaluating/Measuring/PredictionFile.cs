using System.Globalization;
using AuStream.Pipeline.Evaluating.Datasets;
using AuStream.Stages.Faces;

namespace AuStream.Pipeline.Evaluating.Measuring;

/// <summary>A <c>frames.csv</c> (docs/outputs.md).</summary>
internal sealed class PredictionFile
{
    private readonly string[] _names;
    private readonly int[] _intensities;
    private readonly int[] _calls;

    private PredictionFile(string path, string[] names, int[] units, int[] intensities, int[] calls)
    {
        Path = path;
        _names = names;
        ActionUnits = units;
        _intensities = intensities;
        _calls = calls;
    }

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>FACS numbers of the columns <c>AU.._r</c>.</summary>
    public IReadOnlyList<int> ActionUnits { get; }

    /// <summary>Reads the column names.</summary>
    /// <exception cref="DatasetException">One is missing.</exception>
    public static PredictionFile Open(string path, bool readsCalls)
    {
        LabelRow header = LabelFile.Read(path, ',').FirstOrDefault() ?? throw new DatasetException($"{path} is empty. Make it again with 'austream analyze'.");
        string[] names = [.. header.Cells.Select(cell => cell.ToUpperInvariant())];
        string[] columns = [.. names.Where(name => name.StartsWith("AU", StringComparison.Ordinal) && name.EndsWith("_R", StringComparison.Ordinal))];
        if (columns.Length == 0)
        {
            throw header.Fault("there is no column of an intensity, such as AU12_r. Name a frames.csv of 'austream analyze'.");
        }

        int[] calls = readsCalls ? [.. columns.Select(name => Array.IndexOf(names, name[..^1] + "C"))] : [];
        int missing = Array.IndexOf(calls, -1);
        return missing < 0
            ? new PredictionFile(path, names, [.. columns.Select(LabelFile.ActionUnitOf)], [.. columns.Select(name => Array.IndexOf(names, name))], calls)
            : throw header.Fault($"there is {columns[missing]} without {columns[missing][..^1]}C. Give --threshold LEVEL to take presence from the intensity.");
    }

    /// <summary>Key of a frame of a video, from 1.</summary>
    public static string KeyOf(int frame) => frame.ToString(CultureInfo.InvariantCulture);

    /// <summary>All rows.</summary>
    /// <param name="arePictures">True: rows are known by their picture's file name; false: by their frame number.</param>
    /// <exception cref="DatasetException">A cell holds what it may not.</exception>
    public IEnumerable<PredictionRow> Faces(bool arePictures)
    {
        int key = Column(arePictures ? "FILE" : "FRAME");
        int success = Column("SUCCESS");
        int width = Array.IndexOf(_names, "FACE_WIDTH");
        int height = Array.IndexOf(_names, "FACE_HEIGHT");
        (int x, int y) = (Array.IndexOf(_names, "FACE_X"), Array.IndexOf(_names, "FACE_Y"));
        bool hasBoxes = width >= 0 && height >= 0 && x >= 0 && y >= 0;
        int confidence = Array.IndexOf(_names, "CONFIDENCE");
        foreach (LabelRow row in LabelFile.Read(Path, ',').Skip(1))
        {
            string name = arePictures ? System.IO.Path.GetFileName(row.Cells.Length > key ? row.Cells[key] : "") : KeyOf(row.Integer(key, "a frame number"));

            // A face without action units has empty cells.
            bool hasFace = row.Integer(success, "0 or 1") == 1 && row.Cells.Length > _intensities[0] && row.Cells[_intensities[0]].Length > 0;
            float size = !hasFace ? 0
                : width >= 0 && height >= 0 ? (float)(row.Number(width, "a width") * row.Number(height, "a height"))
                : confidence >= 0 ? (float)row.Number(confidence, "a confidence") : 0;
            yield return new PredictionRow(
                name,
                hasFace,
                size,
                hasFace && hasBoxes ? new PixelBox((float)row.Number(x, "pixels"), (float)row.Number(y, "pixels"), (float)row.Number(width, "a width"), (float)row.Number(height, "a height")) : null,
                hasFace ? [.. _intensities.Select(column => (float)row.Number(column, "an intensity"))] : [],
                hasFace ? [.. _calls.Select(column => row.Integer(column, "0 or 1") == 1)] : []);
        }
    }

    private int Column(string name)
    {
        int column = Array.IndexOf(_names, name);
        return column >= 0 ? column : throw DatasetException.At(Path, 1, $"there is no column '{name.ToLowerInvariant()}'. Name a frames.csv of 'austream analyze'.");
    }
}
