using System.Numerics;
using AuStream.Pipeline.Evaluating.Datasets;
using AuStream.Stages.Faces;

namespace AuStream.Pipeline.Evaluating.Measuring;

/// <summary>Reads what <c>austream analyze</c>, or another program with OpenFace's column names, measured.</summary>
internal static class PredictionReader
{
    /// <summary>Finds every labelled frame's row. Where a frame has several faces, the one at the labelled place counts, without a place the largest box, else the most confident face.</summary>
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
        ILookup<string, int> rows = Enumerable.Range(0, item.Count).ToLookup(
            row => item.Kind == MediaKind.Video ? PredictionFile.KeyOf(item.Frames[row] + 1) : Path.GetFileName(item.Pictures[row]));
        foreach (PredictionRow face in file.Faces(item.Kind == MediaKind.Pictures))
        {
            foreach (int row in rows[face.Key])
            {
                Take(measured, row, face, item.Places?[row], file);
            }
        }

        return measured;
    }

    private static void Take(ItemMeasurements measured, int row, PredictionRow face, Vector2? place, PredictionFile file)
    {
        bool isFirst = measured.States[row] != RowState.Measured;
        if (place is not null && face.HasFace && face.Box is null)
        {
            throw DatasetException.At(file.Path, 1, "there are no columns face_x, face_y, face_width and face_height, and the labels say which face by its place (x, y). Take a frames.csv of 'austream analyze'.");
        }

        // Without boxes the size only ranks the faces.
        PixelBox box = face.Box ?? new PixelBox(0, 0, face.Size, 1);
        if (face.HasFace && FaceChoice.IsBetter(box, isFirst ? null : measured.Boxes[row], place))
        {
            measured.States[row] = RowState.Measured;
            measured.Boxes[row] = box;
            face.Intensities.CopyTo(measured.Intensities.AsSpan(row * measured.Units));
            face.Calls.CopyTo(measured.Calls.AsSpan(face.Calls.Length > 0 ? row * measured.Units : 0));
        }
        else if (isFirst)
        {
            measured.States[row] = RowState.NoFace;
        }
    }
}
