using System.Text.RegularExpressions;

namespace AuStream.Pipeline.Evaluating.Datasets;

/// <summary>
/// Sayette GFT (Girard et al. 2017): per participant a matrix of codes <c>001A.csv</c> (header row, header column of frame numbers from 1, 9 for
/// missing) and a video <c>001A.*</c>. A matrix whose folder or name says "int", or that has codes above 1, holds intensities.
/// </summary>
/// <remarks>Positive is level B and above (paper 4): intensity 2, or a code of occurrence 1, which is given from level B on.</remarks>
internal sealed partial class GftReader : IDatasetReader
{
    private const float PresentFrom = 2;

    private static readonly int[] s_protocol = [1, 2, 4, 6, 7, 10, 12, 14, 15, 17, 23, 24];
    private static readonly int[] s_coded = [1, 2, 4, 5, 6, 7, 9, 10, 11, 12, 14, 15, 17, 18, 19, 20, 22, 23, 24, 28];

    public string Id => "gft";

    public IReadOnlyList<string> Protocols => ["3-fold", "10-fold", "all"];

    public LabeledSet Read(DatasetRequest request)
    {
        IReadOnlyList<int> units = ActionUnitChoice.Of(request, s_protocol, s_coded);
        MediaIndex media = MediaIndex.Scan(request.Root);
        float level = request.PresentFrom ?? PresentFrom;
        List<LabeledItem> items = [];
        List<string> notes = [];
        bool isIntensity = false;
        string[] files = [.. Directory.EnumerateFiles(request.Root, "*.csv", new EnumerationOptions { RecurseSubdirectories = true })
            .Where(path => FileName().IsMatch(Path.GetFileNameWithoutExtension(path))).Order(StringComparer.Ordinal)];
        foreach (IGrouping<string, string> own in files.GroupBy(path => FileName().Match(Path.GetFileNameWithoutExtension(path)).Groups[1].Value))
        {
            // Where both kinds of code are there, the intensities say more.
            string path = own.FirstOrDefault(NamesIntensity) ?? own.First();
            CodedFrames coded = CodedFrames.Read(path, units, largest: 5);
            if (media.Video(own.Key) is not { } video)
            {
                notes.Add($"{own.Key}: coded, but there is no video {own.Key}.*");
                continue;
            }

            bool hasIntensity = NamesIntensity(path) || coded.Codes.Any(code => code > 1);
            isIntensity |= hasIntensity;
            items.Add(CreateItem(own.Key, video, coded, hasIntensity ? level : 1, hasIntensity));
        }

        if (!isIntensity)
        {
            ActionUnitChoice.RefuseLevel(request, "these GFT files hold codes of occurrence");
        }

        return items.Count == 0
            ? throw new DatasetException($"{request.Root} has no participant with both codes (001A.csv) and a video (001A.mp4). Name the folder that holds both with --root.")
            : new LabeledSet
            {
                Dataset = Id,
                Protocol = request.Protocol!,
                PresenceRule = isIntensity ? ActionUnitChoice.Describe(level) : "code of occurrence 1 (level B and above)",
                ActionUnits = units,
                Items = items,
                Folds = SubjectFolds.For(request.Protocol!, items.Select(item => item.Name)),
                Notes = notes,
            };
    }

    private static LabeledItem CreateItem(string subject, string video, CodedFrames coded, float level, bool hasIntensity)
    {
        float[] intensities = Array.ConvertAll(coded.Codes, code => code == CodedFrames.Missing ? float.NaN : code);
        return new LabeledItem
        {
            Name = subject,
            Kind = MediaKind.Video,
            Source = video,
            Frames = Array.ConvertAll(coded.Frames, frame => frame - 1),
            Subjects = Array.ConvertAll(coded.Frames, _ => subject),
            IsSequence = true,
            Presence = ActionUnitChoice.PresenceFrom(intensities, level),
            Intensities = hasIntensity ? intensities : null,
        };
    }

    private static bool NamesIntensity(string path) =>
        $"{Path.GetFileName(Path.GetDirectoryName(path))}/{Path.GetFileNameWithoutExtension(path)}".Contains("int", StringComparison.OrdinalIgnoreCase);

    [GeneratedRegex("^([0-9]{3}[A-Za-z])(_.*)?$")]
    private static partial Regex FileName();
}
