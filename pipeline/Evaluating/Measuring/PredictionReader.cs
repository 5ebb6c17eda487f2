using AuStream.Pipeline.Evaluating.Datasets;
using AuStream.Stages.Faces;

namespace AuStream.Pipeline.Evaluating.Measuring;

/// <summary>Reads what <c>austream analyze</c>, or another program with OpenFace's column names, measured.</summary>
internal static class PredictionReader
{
    /// <summary>Finds every labelled frame's row. Where a frame has several faces, the largest box counts, else the most confident face.</summary>
    /// <param name="path">A <c>frames.csv</c>, the folder that has it, or a folder with a subfolder per video, named like it, that has it.</param>
    /// <param name="set">The labels.</param>
    /// <param name="usesCalls">True takes presence from the columns <c>AU.._c</c>.</param>
    /// <returns>FACS numbers of the columns, and one measurement per item.</returns>
    /// <exception cref="DatasetException">A file or a column is missing, or a cell holds what it may not.</exception>
    public static (IReadOnlyList<int> Units, IReadOnlyList<ItemMeasurements> Measured) Read(string path, LabeledSet set, bool usesCalls)
    {
        List<ItemMeasurements> measured = [];
        IReadOnlyList<int>? units = null;
        foreach (LabeledItem item in set.Items)
        {
            PredictionFile file = PredictionFile.Open(FileOf(path, item, set.Items.Count(one => one.Kind == MediaKind.Video)), usesCalls);
            units ??= file.ActionUnits;
            if (!units.SequenceEqual(file.ActionUnits))
            {
                throw new DatasetException($"{file.Path} has other action units than the files before it. Measure all videos with one model.");
            }

            measured.Add(Match(item, file, usesCalls));
        }

        return (units!, measured);
    }

    private static string FileOf(string path, LabeledItem item, int videos)
    {
        string own = Path.Combine(path, Path.GetFileNameWithoutExtension(item.Name), "frames.csv");
        string common = Directory.Exists(path) ? Path.Combine(path, "frames.csv") : path;
        if (item.Kind == MediaKind.Video && (videos > 1 || File.Exists(own)))
        {
            return File.Exists(own) ? own : throw new DatasetException($"{own} is missing. Make it with: austream analyze {item.Name} --out {Path.GetDirectoryName(own)}");
        }

        return File.Exists(common) ? common : throw new DatasetException($"{common} is missing. Make it with 'austream analyze', and name its folder with --predictions.");
    }

    private static ItemMeasurements Match(LabeledItem item, PredictionFile file, bool usesCalls)
    {
        int units = file.ActionUnits.Count;
        ItemMeasurements measured = new(item.Count, units) { Calls = usesCalls ? new bool[item.Count * units] : null };
        Dictionary<string, int> rows = Enumerable.Range(0, item.Count).ToDictionary(
            row => item.Kind == MediaKind.Video ? PredictionFile.KeyOf(item.Frames[row] + 1) : Path.GetFileName(item.Pictures[row]));
        foreach (PredictionRow face in file.Faces(item.Kind == MediaKind.Pictures))
        {
            if (!rows.TryGetValue(face.Key, out int row))
            {
                continue;
            }

            bool isFirst = measured.States[row] != RowState.Measured;
            measured.States[row] = face.HasFace || !isFirst ? RowState.Measured : RowState.NoFace;
            if (face.HasFace && (isFirst || face.Size > measured.Boxes[row].Width))
            {
                // The box only ranks the faces here.
                measured.Boxes[row] = new PixelBox(0, 0, face.Size, 1);
                face.Intensities.CopyTo(measured.Intensities.AsSpan(row * units));
                face.Calls.CopyTo(measured.Calls.AsSpan(usesCalls ? row * units : 0));
            }
        }

        return measured;
    }
}
