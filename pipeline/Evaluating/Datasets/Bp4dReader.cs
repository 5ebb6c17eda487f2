using System.Text.RegularExpressions;

namespace AuStream.Pipeline.Evaluating.Datasets;

/// <summary>
/// BP4D-Spontaneous (Zhang et al. 2014): <c>AUCoding/AU_OCC/F001_T1.csv</c>, and the pictures <c>F001/T1/2440.jpg</c> whose numbers are the coded
/// frames', or one video <c>F001_T1.*</c> per task.
/// </summary>
internal sealed partial class Bp4dReader : IDatasetReader
{
    /// <summary>The three folds of Zhao et al. (JPML, DRML), as their successors publish them; papers 3 and 4 of this project compare with them.</summary>
    internal static readonly string[][] ThreeFolds =
    [
        ["F001", "M007", "F018", "F008", "F002", "M004", "F010", "F009", "M012", "M001", "F016", "M014", "F023", "M008"],
        ["M011", "F003", "M010", "M002", "F005", "F022", "M018", "M017", "F013", "M016", "F020", "F011", "M013", "M005"],
        ["F007", "F015", "F006", "F019", "M006", "M009", "F012", "M003", "F004", "F021", "F017", "M015", "F014"],
    ];

    private static readonly int[] s_protocol = [1, 2, 4, 6, 7, 10, 12, 14, 15, 17, 23, 24];
    private static readonly int[] s_coded = [1, 2, 4, 5, 6, 7, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 22, 23, 24, 27, 28];

    public string Id => "bp4d";

    public IReadOnlyList<string> Protocols => ["3-fold", "10-fold", "all"];

    public LabeledSet Read(DatasetRequest request)
    {
        ActionUnitChoice.RefuseLevel(request, "BP4D is evaluated on its codes of occurrence");
        IReadOnlyList<int> units = ActionUnitChoice.Of(request, s_protocol, s_coded);
        string labels = Directory.EnumerateDirectories(request.Root, "AU_OCC", new EnumerationOptions { RecurseSubdirectories = true })
            .Order(StringComparer.Ordinal).FirstOrDefault()
            ?? throw new DatasetException($"{request.Root} has no folder AU_OCC, where BP4D has its codes of occurrence. Unpack AUCoding.zip there, or name the folder that holds it with --root.");
        MediaIndex media = MediaIndex.Scan(request.Root);
        List<LabeledItem> items = [];
        List<string> notes = [];
        foreach (string path in Directory.EnumerateFiles(labels, "*.csv").Order(StringComparer.Ordinal))
        {
            if (FileName().Match(Path.GetFileNameWithoutExtension(path)) is { Success: true } name)
            {
                LabeledItem? item = ReadTask(path, name.Groups[1].Value, name.Groups[2].Value, units, media, notes);
                items.AddRange(item is null ? [] : [item]);
            }
        }

        string[] subjects = [.. items.SelectMany(item => item.Subjects)];
        return items.Count == 0
            ? throw new DatasetException($"{request.Root} has no pictures F001/T1/*.jpg and no videos F001_T1.* for the codes in {labels}. Unpack the 2D sequences there.")
            : new LabeledSet
            {
                Dataset = Id,
                Protocol = request.Protocol!,
                PresenceRule = "code of occurrence 1",
                ActionUnits = units,
                Items = items,
                Folds = SubjectFolds.For(request.Protocol!, subjects, ThreeFolds),
                Notes = notes,
            };
    }

    private static LabeledItem? ReadTask(string path, string subject, string task, IReadOnlyList<int> units, MediaIndex media, List<string> notes)
    {
        CodedFrames coded = CodedFrames.Read(path, units, largest: 1);
        Dictionary<int, string> pictures = media.NumberedPicturesIn($"{subject}/{task}");
        string? video = media.Video($"{subject}_{task}");
        if (pictures.Count == 0 && video is null)
        {
            notes.Add($"{subject}_{task}: coded, but there are neither pictures nor a video");
            return null;
        }

        bool isVideo = pictures.Count == 0;
        int[] rows = [.. Enumerable.Range(0, coded.Frames.Length).Where(row => isVideo || pictures.ContainsKey(coded.Frames[row]))];
        if (rows.Length < coded.Frames.Length)
        {
            notes.Add($"{subject}_{task}: {coded.Frames.Length - rows.Length} coded frames have no picture");
        }

        return new LabeledItem
        {
            Name = $"{subject}/{task}",
            Kind = isVideo ? MediaKind.Video : MediaKind.Pictures,
            Source = isVideo ? video! : Path.GetDirectoryName(pictures.Values.First())!,
            Pictures = isVideo ? [] : [.. rows.Select(row => pictures[coded.Frames[row]])],

            // Codes count a video's frames from 1.
            Frames = [.. rows.Select(row => isVideo ? coded.Frames[row] - 1 : coded.Frames[row])],
            Subjects = [.. rows.Select(_ => subject)],
            IsSequence = true,
            Presence = [.. rows.SelectMany(row => coded.Codes[(row * units.Count)..((row + 1) * units.Count)])],
        };
    }

    [GeneratedRegex("^([FM][0-9]{3})_(T[0-9]+)$")]
    private static partial Regex FileName();
}
