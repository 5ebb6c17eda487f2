namespace AuStream.Pipeline.Evaluating.Datasets;

/// <summary>
/// A matrix of codes as the laboratories of BP4D, GFT and FERA 2017 hand it out: a header row with action units, a header column with frame
/// numbers, codes 0 to 5 (occurrence 0 and 1), 9 for missing.
/// </summary>
internal sealed record CodedFrames(int[] Frames, sbyte[] Codes)
{
    /// <summary>Code of a cell that is not coded.</summary>
    public const sbyte Missing = -1;

    private const int MissingInFile = 9;

    /// <summary>Reads the columns of some action units.</summary>
    /// <param name="path">The file.</param>
    /// <param name="units">FACS numbers; columns of <see cref="Codes"/>.</param>
    /// <param name="largest">Highest code but 9.</param>
    /// <exception cref="DatasetException">The file lacks an action unit, or holds another code.</exception>
    public static CodedFrames Read(string path, IReadOnlyList<int> units, int largest)
    {
        List<int> frames = [];
        List<sbyte> codes = [];
        int[]? columns = null;
        foreach (LabelRow row in LabelFile.Read(path, ','))
        {
            if (columns is null)
            {
                columns = [.. units.Select(unit => ColumnOf(row, unit))];
                continue;
            }

            int frame = row.Integer(0, "a frame number");
            if (frames.Count > 0 && frame <= frames[^1])
            {
                throw row.Fault($"frame {frame} follows frame {frames[^1]}; frame numbers rise. Restore the file from the dataset.");
            }

            frames.Add(frame);
            foreach (int column in columns)
            {
                int code = row.Integer(column, "a code");
                codes.Add(code >= 0 && code <= largest ? (sbyte)code : code == MissingInFile ? Missing
                    : throw row.Fault($"column {column + 1} has the code {code}; known are 0 to {largest}, and 9 for missing. Restore the file from the dataset."));
            }
        }

        return columns is null ? throw new DatasetException($"{path} is empty. Restore it from the dataset.") : new CodedFrames([.. frames], [.. codes]);
    }

    private static int ColumnOf(LabelRow header, int unit)
    {
        int column = Array.FindIndex(header.Cells, 1, cell => LabelFile.ActionUnitOf(cell) == unit);
        return column > 0 ? column : throw header.Fault($"there is no column for action unit {unit}. Name others with --au, or restore the file from the dataset.");
    }
}
