namespace AuStream.Pipeline.Evaluating.Datasets;

/// <summary>
/// DISFA (Mavadati et al. 2013): <c>ActionUnit_Labels/SN001/SN001_au1.txt</c> with lines <c>frame,intensity</c>, and one video per person and
/// camera, <c>LeftVideoSN001_comp.avi</c>; the right camera's where the left one's is missing.
/// </summary>
internal sealed class DisfaReader : IDatasetReader
{
    /// <summary>Three folds as published with several later systems; the lists of paper 3 are not published.</summary>
    internal static readonly string[][] ThreeFolds =
    [
        ["SN002", "SN010", "SN001", "SN026", "SN027", "SN032", "SN030", "SN009", "SN016"],
        ["SN013", "SN018", "SN011", "SN028", "SN012", "SN006", "SN031", "SN021", "SN024"],
        ["SN003", "SN029", "SN023", "SN025", "SN008", "SN005", "SN007", "SN017", "SN004"],
    ];

    private const float PresentFrom = 2;

    private static readonly int[] s_protocol = [1, 2, 4, 6, 9, 12, 25, 26];
    private static readonly int[] s_coded = [1, 2, 4, 5, 6, 9, 12, 15, 17, 20, 25, 26];

    public string Id => "disfa";

    public IReadOnlyList<string> Protocols => ["3-fold", "10-fold", "all"];

    public LabeledSet Read(DatasetRequest request)
    {
        IReadOnlyList<int> units = ActionUnitChoice.Of(request, s_protocol, s_coded);
        string labels = Directory.EnumerateDirectories(request.Root, "ActionUnit_Labels", new EnumerationOptions { RecurseSubdirectories = true })
            .Order(StringComparer.Ordinal).FirstOrDefault()
            ?? throw new DatasetException($"{request.Root} has no folder ActionUnit_Labels. Unpack ActionUnit_Labels.zip there, or name the folder that holds it with --root.");
        MediaIndex media = MediaIndex.Scan(request.Root);
        float level = request.PresentFrom ?? PresentFrom;
        List<LabeledItem> items = [];
        List<string> notes = [];
        foreach (string folder in Directory.EnumerateDirectories(labels, "SN*").Order(StringComparer.Ordinal))
        {
            string subject = Path.GetFileName(folder);
            string? video = media.Video($"LeftVideo{subject}_comp") ?? media.Video($"RightVideo{subject}_comp");
            if (video is null)
            {
                notes.Add($"{subject}: coded, but there is no LeftVideo{subject}_comp.avi");
                continue;
            }

            float[] intensities = ReadSubject(folder, subject, units);
            int count = intensities.Length / units.Count;
            items.Add(new LabeledItem
            {
                Name = subject,
                Kind = MediaKind.Video,
                Source = video,
                Frames = [.. Enumerable.Range(0, count)],
                Subjects = [.. Enumerable.Repeat(subject, count)],
                IsSequence = true,
                Presence = ActionUnitChoice.PresenceFrom(intensities, level),
                Intensities = intensities,
            });
        }

        return items.Count == 0
            ? throw new DatasetException($"{request.Root} has no videos LeftVideoSN001_comp.avi for the labels in {labels}. Unpack Videos_LeftCamera.zip there.")
            : new LabeledSet
            {
                Dataset = Id,
                Protocol = request.Protocol!,
                PresenceRule = ActionUnitChoice.Describe(level),
                ActionUnits = units,
                Items = items,
                Folds = SubjectFolds.For(request.Protocol!, items.SelectMany(item => item.Subjects), ThreeFolds),
                Notes = notes,
            };
    }

    private static float[] ReadSubject(string folder, string subject, IReadOnlyList<int> units)
    {
        float[][] columns = [.. units.Select(unit => ReadColumn(Path.Combine(folder, $"{subject}_au{unit}.txt")))];
        int uneven = Array.FindIndex(columns, column => column.Length != columns[0].Length);
        return uneven < 0
            ? [.. Enumerable.Range(0, columns[0].Length).SelectMany(row => columns.Select(column => column[row]))]
            : throw new DatasetException($"{folder}: action unit {units[uneven]} has {columns[uneven].Length} frames, action unit {units[0]} has {columns[0].Length}. Restore the files from the dataset.");
    }

    private static float[] ReadColumn(string path)
    {
        List<float> values = [];
        foreach (LabelRow row in LabelFile.Read(path, ','))
        {
            if (row.Integer(0, "a frame number") != values.Count + 1)
            {
                throw row.Fault($"frame {row.Cells[0]} stands where frame {values.Count + 1} should; frames are counted from 1 without gaps. Restore the file from the dataset.");
            }

            int level = row.Integer(1, "an intensity");
            values.Add(level is >= 0 and <= 5 ? level : throw row.Fault($"the intensity is {level}; 0 to 5 are possible. Restore the file from the dataset."));
        }

        return [.. values];
    }
}
