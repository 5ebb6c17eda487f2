using System.Text.RegularExpressions;

namespace AuStream.Pipeline.Evaluating.Datasets;

/// <summary>
/// CK+ (Lucey et al. 2010): sequences <c>cohn-kanade-images/S005/001/S005_001_00000001.png …</c> from neutral to the peak, and the last picture's codes
/// in <c>FACS/S005/001/S005_001_00000011_facs.txt</c>, one line <c>action unit  intensity</c> each; intensity 0 means present, strength not given.
/// </summary>
internal sealed partial class CohnKanadeReader : IDatasetReader
{
    private const string WithFirst = "last-and-first-frame";

    private static readonly int[] s_protocol = [1, 2, 4, 5, 6, 7, 9, 12, 15, 17, 20, 23, 24, 25];

    public string Id => "ck+";

    public IReadOnlyList<string> Protocols => ["last-frame", WithFirst, "10-fold"];

    public LabeledSet Read(DatasetRequest request)
    {
        IReadOnlyList<int> units = ActionUnitChoice.Of(request, s_protocol, [.. Enumerable.Range(1, 46)]);
        MediaIndex media = MediaIndex.Scan(request.Root);
        List<string> notes = [];
        List<Sequence> sequences = [];
        foreach (string path in Directory.EnumerateFiles(request.Root, "*_facs.txt", new EnumerationOptions { RecurseSubdirectories = true }).Order(StringComparer.Ordinal))
        {
            Match name = FileName().Match(Path.GetFileName(path));
            if (!name.Success)
            {
                continue;
            }

            string subject = name.Groups[2].Value;
            IReadOnlyList<string> pictures = media.PicturesIn($"{subject}/{name.Groups[3].Value}");
            string? last = pictures.FirstOrDefault(picture => Path.GetFileNameWithoutExtension(picture) == name.Groups[1].Value);
            if (last is null)
            {
                notes.Add($"{Path.GetFileName(path)}: there is no picture {name.Groups[1].Value}.png");
                continue;
            }

            sequences.Add(new Sequence(subject, pictures[0], last, ReadCodes(path, request.PresentFrom)));
        }

        bool addsFirst = request.Protocol == WithFirst;
        LabeledItem[] items = [.. sequences.GroupBy(sequence => sequence.Subject).Select(group => CreateItem(group.Key, [.. group], units, addsFirst))];
        return items.Length == 0
            ? throw new DatasetException($"{request.Root} has no codes S005_001_00000011_facs.txt with their picture S005/001/S005_001_00000011.png. Unpack cohn-kanade-images.zip and FACS_labels.zip there.")
            : new LabeledSet
            {
                Dataset = Id,
                Protocol = request.Protocol!,
                PresenceRule = request.PresentFrom is { } level ? ActionUnitChoice.Describe(level) + "; present without a strength counts as present" : "coded at all",
                ActionUnits = units,
                Items = items,
                Folds = SubjectFolds.For(request.Protocol!, sequences.Select(sequence => sequence.Subject)),
                Notes = notes,
            };
    }

    private static LabeledItem CreateItem(string subject, Sequence[] sequences, IReadOnlyList<int> units, bool addsFirst)
    {
        List<string> pictures = [];
        List<sbyte> presence = [];
        List<float> intensities = [];
        List<string> references = [];
        foreach (Sequence sequence in sequences)
        {
            pictures.Add(sequence.Last);
            references.Add(sequence.First == sequence.Last ? "" : sequence.First);
            presence.AddRange(units.Select(unit => sequence.Codes.GetValueOrDefault(unit).Presence));
            intensities.AddRange(units.Select(unit => sequence.Codes.GetValueOrDefault(unit).Intensity));
            if (addsFirst && sequence.First != sequence.Last)
            {
                pictures.Add(sequence.First);
                references.Add(sequence.First);
                presence.AddRange(units.Select(_ => (sbyte)0));
                intensities.AddRange(units.Select(_ => 0f));
            }
        }

        return new LabeledItem
        {
            Name = subject,
            Kind = MediaKind.Pictures,
            Source = Path.GetDirectoryName(pictures[0])!,
            Pictures = [.. pictures],
            Frames = [.. Enumerable.Range(0, pictures.Count)],
            Subjects = [.. pictures.Select(_ => subject)],
            Presence = [.. presence],
            Intensities = [.. intensities],
            References = [.. references],
        };
    }

    // What is not listed is absent: presence and intensity 0, the default of the pair.
    private static Dictionary<int, (sbyte Presence, float Intensity)> ReadCodes(string path, float? presentFrom)
    {
        Dictionary<int, (sbyte, float)> codes = [];
        foreach (LabelRow row in LabelFile.Read(path, ' '))
        {
            int unit = row.Integer(0, "an action unit");
            int level = row.Integer(1, "an intensity");
            if (level is < 0 or > 5)
            {
                throw row.Fault($"the intensity is {level}; 0 to 5 are possible. Restore the file from the dataset.");
            }

            codes[unit] = ((sbyte)(level == 0 || level >= (presentFrom ?? 1) ? 1 : 0), level == 0 ? float.NaN : level);
        }

        return codes;
    }

    [GeneratedRegex("^((S[0-9]+)_([0-9]+)_[0-9]+)_facs\\.txt$")]
    private static partial Regex FileName();

    private sealed record Sequence(string Subject, string First, string Last, Dictionary<int, (sbyte Presence, float Intensity)> Codes);
}
