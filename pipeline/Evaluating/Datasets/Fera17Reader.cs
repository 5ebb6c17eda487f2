using System.Text.RegularExpressions;

namespace AuStream.Pipeline.Evaluating.Datasets;

/// <summary>
/// FERA 2017 (Valstar et al. 2017): nine views <c>FERA17_VA_F007_T1_6.mp4</c> of every sequence, and its occurrence codes
/// <c>FERA17_VA_F007_T1.csv</c>; TR is the training, VA the validation partition, which papers test on. View 6 looks straight on.
/// </summary>
internal sealed partial class Fera17Reader : IDatasetReader
{
    private static readonly int[] s_coded = [1, 4, 6, 7, 10, 12, 14, 15, 17, 23];

    // Paper 2 leaves out views 1 and 7, in which the left eye is hidden.
    private static readonly string[] s_sevenViews = ["2", "3", "4", "5", "6", "8", "9"];

    public string Id => "fera17";

    public IReadOnlyList<string> Protocols => ["7-views", "9-views", "train-7-views", "train-9-views"];

    public LabeledSet Read(DatasetRequest request)
    {
        ActionUnitChoice.RefuseLevel(request, "FERA 2017 is evaluated on its codes of occurrence");
        IReadOnlyList<int> units = ActionUnitChoice.Of(request, s_coded, s_coded);
        bool isTraining = request.Protocol!.StartsWith("train", StringComparison.Ordinal);
        bool areNine = request.Protocol.EndsWith("9-views", StringComparison.Ordinal);
        Dictionary<string, string> codes = Directory
            .EnumerateFiles(request.Root, $"FERA17_{(isTraining ? "TR" : "VA")}_*.csv", new EnumerationOptions { RecurseSubdirectories = true })
            .Where(path => LabelName().IsMatch(Path.GetFileNameWithoutExtension(path)))
            .Order(StringComparer.Ordinal)
            .GroupBy(path => Path.GetFileNameWithoutExtension(path)).ToDictionary(group => group.Key, group => group.First());
        MediaIndex media = MediaIndex.Scan(request.Root);
        List<LabeledItem> items = [];
        Dictionary<string, CodedFrames> withVideo = [];
        foreach (string name in media.VideoNames)
        {
            Match match = VideoName().Match(name);
            string view = match.Groups[3].Value;
            if (match.Success && codes.TryGetValue(match.Groups[1].Value, out string? path) && (areNine || s_sevenViews.Contains(view)))
            {
                // All views of a sequence share its codes.
                if (!withVideo.TryGetValue(match.Groups[1].Value, out CodedFrames? coded))
                {
                    withVideo.Add(match.Groups[1].Value, coded = CodedFrames.Read(path, units, largest: 1));
                }

                items.Add(new LabeledItem
                {
                    Name = $"{match.Groups[1].Value}/{view}",
                    Kind = MediaKind.Video,
                    Source = media.Video(name)!,
                    Frames = Array.ConvertAll(coded.Frames, frame => frame - 1),
                    Subjects = Array.ConvertAll(coded.Frames, _ => match.Groups[2].Value),
                    IsSequence = true,
                    Presence = coded.Codes,
                    View = $"view {view}",
                });
            }
        }

        return items.Count == 0
            ? throw new DatasetException($"{request.Root} has no video FERA17_{(isTraining ? "TR" : "VA")}_*_6.mp4 with codes FERA17_*.csv. Unpack the {(isTraining ? "training" : "validation")} videos and their occurrence codes there.")
            : new LabeledSet
            {
                Dataset = Id,
                Protocol = request.Protocol,
                PresenceRule = "code of occurrence 1",
                ActionUnits = units,
                Items = items,
                Notes = [.. codes.Keys.Where(name => !withVideo.ContainsKey(name)).Select(name => $"{name}: coded, but there is no video {name}_6.mp4")],
            };
    }

    [GeneratedRegex("^FERA17_(TR|VA)_r?[FM][0-9]{3}_T[0-9]+$")]
    private static partial Regex LabelName();

    [GeneratedRegex("^(FERA17_(?:TR|VA)_(r?[FM][0-9]{3})_T[0-9]+)_([1-9])$")]
    private static partial Regex VideoName();
}
