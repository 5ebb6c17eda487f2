using AuStream.Pipeline.Commands;
using AuStream.Pipeline.Configuration;

namespace AuStream.Pipeline.Evaluating.Datasets;

/// <summary>All layouts that can be read.</summary>
internal static class DatasetReaders
{
    public static IReadOnlyList<IDatasetReader> All { get; } =
    [
        new Bp4dReader(), new DisfaReader(), new GftReader(), new Fera17Reader(), new EmotioNetReader(), new CohnKanadeReader(),
        new SyntheticReader(), new TableReader(),
    ];

    /// <summary>Reads a dataset.</summary>
    /// <exception cref="UsageException">There is no such layout or protocol; the message lists those there are.</exception>
    /// <exception cref="DatasetException">Something is missing or malformed.</exception>
    public static LabeledSet Read(string id, DatasetRequest request)
    {
        IDatasetReader reader = All.FirstOrDefault(one => one.Id == id) ?? throw Unknown(id);
        if (request.Protocol is { } protocol && !reader.Protocols.Contains(protocol))
        {
            throw new UsageException($"--protocol {protocol} is none of {id}'s: {string.Join(", ", reader.Protocols)}.");
        }

        bool isThere = Directory.Exists(request.Root) || (reader is TableReader && File.Exists(request.Root));
        return isThere
            ? reader.Read(request with { Root = Path.GetFullPath(request.Root), Protocol = request.Protocol ?? reader.Protocols[0] })
            : throw new DatasetException($"--root {request.Root}: there is no such folder. Name the one that {id} was unpacked into.");
    }

    private static UsageException Unknown(string id)
    {
        string hint = Spelling.Nearest(id, All.Select(one => one.Id)) is { } near ? $" Did you mean {near}?" : "";
        return new UsageException($"--dataset {id} is not known: {string.Join(", ", All.Select(one => one.Id))} and pairs are.{hint}");
    }
}
