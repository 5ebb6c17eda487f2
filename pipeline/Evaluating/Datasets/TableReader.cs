namespace AuStream.Pipeline.Evaluating.Datasets;

/// <summary>
/// A table of one's own: a CSV file with a header. Columns: <c>file</c> (picture or video, relative to the table), <c>frame</c> (of a video, from 1),
/// <c>subject</c>, <c>neutral</c> (picture of the same person at rest), <c>x</c> and <c>y</c> (a point inside the face that is meant, where a picture has several), and per action unit <c>AU12_r</c> or <c>AU12</c> (intensity 0–5) and <c>AU12_c</c> (0 or 1). An empty cell is not labelled.
/// </summary>
internal sealed class TableReader : IDatasetReader
{
    private const float PresentFrom = 1;

    public string Id => "csv";

    public IReadOnlyList<string> Protocols => ["all", "3-fold", "10-fold"];

    public LabeledSet Read(DatasetRequest request)
    {
        string path = File.Exists(request.Root) ? request.Root : Path.Combine(request.Root, "labels.csv");
        if (!File.Exists(path))
        {
            throw new DatasetException($"{request.Root} has no labels.csv. Name the table with --root, or call it that.");
        }

        LabelTable table = LabelTable.Read(path, request.ActionUnits);
        float level = request.PresentFrom ?? PresentFrom;
        if (!table.HasIntensity)
        {
            ActionUnitChoice.RefuseLevel(request, "the table has columns of presence only");
        }

        string folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        List<LabeledItem> items = [];
        List<LabelTableRow> pictures = [];
        foreach (IGrouping<string, LabelTableRow> file in table.Rows.GroupBy(row => row.File))
        {
            if (file.First().Frame is null)
            {
                pictures.AddRange(file);
            }
            else
            {
                LabelTableRow[] rows = [.. file];
                LabelTableRow? bad = rows.Zip(rows.Skip(1)).FirstOrDefault(pair => pair.Second.Frame is null || pair.Second.Frame <= pair.First.Frame).Second;
                items.Add(bad is null
                    ? CreateItem(file.Key, MediaKind.Video, rows, table, folder, level)
                    : throw DatasetException.At(path, bad.Line, $"the frames of {file.Key} have to rise row by row. Sort the table by file and frame."));
            }
        }

        if (pictures.GroupBy(row => row.File).FirstOrDefault(file => file.Select(row => row.Neutral).Distinct().Skip(1).Any()) is { } several)
        {
            throw DatasetException.At(path, several.Last().Line, $"{several.Key} has rows with different 'neutral' pictures. A picture has one reference: cut people out of it to give each their own.");
        }

        if (pictures.Count > 0)
        {
            items.Add(CreateItem("pictures", MediaKind.Pictures, [.. pictures], table, folder, level));
        }

        return new LabeledSet
        {
            Dataset = Id,
            Protocol = request.Protocol!,
            PresenceRule = table.HasIntensity ? ActionUnitChoice.Describe(level) : "labelled 1",
            ActionUnits = table.ActionUnits,
            Items = items,
            Folds = SubjectFolds.For(request.Protocol!, table.Rows.Select(row => row.Subject)),
        };
    }

    private static LabeledItem CreateItem(string name, MediaKind kind, LabelTableRow[] rows, LabelTable table, string folder, float level)
    {
        float[] intensities = [.. rows.SelectMany(row => row.Intensities)];
        sbyte[] derived = ActionUnitChoice.PresenceFrom(intensities, level);
        sbyte[] given = [.. rows.SelectMany(row => row.Presence)];
        return new LabeledItem
        {
            Name = name,
            Kind = kind,
            Source = kind == MediaKind.Video ? Path.Combine(folder, name) : folder,
            Pictures = kind == MediaKind.Video ? [] : [.. rows.Select(row => Path.Combine(folder, row.File))],
            Frames = kind == MediaKind.Video ? [.. rows.Select(row => row.Frame!.Value - 1)] : [.. Enumerable.Range(0, rows.Length)],
            Subjects = [.. rows.Select(row => row.Subject)],
            IsSequence = kind == MediaKind.Video,
            References = kind == MediaKind.Pictures && rows.Any(row => row.Neutral.Length > 0)
                ? [.. rows.Select(row => row.Neutral.Length > 0 ? Path.Combine(folder, row.Neutral) : "")]
                : null,

            Places = rows.Any(row => row.Place is not null) ? [.. rows.Select(row => row.Place)] : null,

            // A person's own word on presence goes before what follows from the intensity.
            Presence = [.. given.Zip(derived, (own, other) => own == LabeledItem.Unlabeled ? other : own)],
            Intensities = table.HasIntensity ? intensities : null,
        };
    }
}
