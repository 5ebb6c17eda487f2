using System.Globalization;
using AuStream.Stages.Faces;
using AuStream.Synthesis.Assets;
using AuStream.Synthesis.Samples;

namespace AuStream.Pipeline.Evaluating.Datasets;

/// <summary>Shards of synthetic people, as <c>austream synth</c> writes them (docs/synthesis.md). Their crops and meshes are needed.</summary>
internal sealed class SyntheticReader : IDatasetReader
{
    // Level A, as in training.
    private const float PresentFrom = 1;

    public string Id => "synthetic";

    public IReadOnlyList<string> Protocols => ["test", "validation", "all"];

    public LabeledSet Read(DatasetRequest request)
    {
        float level = request.PresentFrom ?? PresentFrom;
        IReadOnlyList<int>? coded = null;
        IReadOnlyList<int> units = [];
        List<LabeledItem> items = [];
        foreach (string file in Directory.EnumerateFiles(request.Root, "shard.json", new EnumerationOptions { RecurseSubdirectories = true }).Order(StringComparer.Ordinal))
        {
            string folder = Path.GetDirectoryName(file)!;
            ShardDescription shard = ReadShard(() => ShardReader.ReadDescription(folder));
            if (request.Protocol != "all" && shard.Split != request.Protocol)
            {
                continue;
            }

            coded ??= [.. shard.ActionUnits];
            units = ActionUnitChoice.Of(request, coded, coded);
            if (!coded.SequenceEqual(shard.ActionUnits))
            {
                throw new DatasetException($"{file} labels other action units than the shards before it. Evaluate them one by one.");
            }

            if (shard.Count > 0)
            {
                items.Add(ReadShard(() => CreateItem(folder, Path.GetRelativePath(request.Root, folder), coded, units, level)));
            }
        }

        return items.Count == 0
            ? throw new DatasetException($"{request.Root} has no shard of the split '{request.Protocol}'. Write some with 'austream synth --out {request.Root} --people 400': one in twenty people is a test person.")
            : new LabeledSet { Dataset = Id, Protocol = request.Protocol!, PresenceRule = ActionUnitChoice.Describe(level), ActionUnits = units, Items = items };
    }

    private static LabeledItem CreateItem(string folder, string name, IReadOnlyList<int> coded, IReadOnlyList<int> units, float level)
    {
        float[] all = ShardReader.ReadArray(folder, "intensity").ToSingles();
        int count = all.Length / coded.Count;
        int[] columns = [.. units.Select(unit => coded.ToList().IndexOf(unit))];
        float[] intensities = [.. Enumerable.Range(0, count).SelectMany(row => columns.Select(column => all[(row * coded.Count) + column]))];
        NpyArray identity = ShardReader.ReadArray(folder, "identity");
        string[] subjects = Array.ConvertAll(identity.ToInt32s(), person => person.ToString(CultureInfo.InvariantCulture));
        float[] pose = ShardReader.ReadArray(folder, "pose").ToSingles();
        return new LabeledItem
        {
            Name = name == "." ? Path.GetFileName(folder) : name.Replace(Path.DirectorySeparatorChar, '/'),
            Kind = MediaKind.Shard,
            Source = folder,
            Frames = [.. Enumerable.Range(0, count)],
            Subjects = subjects,
            Presence = ActionUnitChoice.PresenceFrom(intensities, level),
            Intensities = intensities,
            References = OtherNeutralRows(subjects, ShardReader.ReadArray(folder, "neutral").ToBytes().Span),
            Poses = [.. Enumerable.Range(0, count).Select(row => new HeadPose(pose[3 * row], pose[(3 * row) + 1], pose[(3 * row) + 2]))],
        };
    }

    // The first neutral picture of the same person that is not the picture itself, as in training.
    private static string[] OtherNeutralRows(string[] subjects, ReadOnlySpan<byte> neutral)
    {
        Dictionary<string, List<int>> known = [];
        for (int row = 0; row < subjects.Length; row++)
        {
            if (neutral[row] != 0)
            {
                known.TryAdd(subjects[row], []);
                known[subjects[row]].Add(row);
            }
        }

        return [.. subjects.Select((subject, row) =>
            known.GetValueOrDefault(subject, []).Where(other => other != row).Select(other => other.ToString(CultureInfo.InvariantCulture)).FirstOrDefault(""))];
    }

    private static T ReadShard<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception error) when (error is InvalidDataException or EndOfStreamException)
        {
            throw new DatasetException(error.Message, error);
        }
    }
}
