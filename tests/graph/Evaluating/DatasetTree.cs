using AuStream.Pipeline.Evaluating.Datasets;

namespace AuStream.Graph.Tests.Evaluating;

/// <summary>A small folder laid out as a dataset's own, removed afterwards. Readers open no picture, so that media files may be empty.</summary>
internal sealed class DatasetTree : IDisposable
{
    public string Root { get; } = Directory.CreateTempSubdirectory("austream dataset ").FullName;

    public DatasetTree Write(string path, params string[] lines)
    {
        string full = Path.Combine(Root, path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        File.WriteAllText(full, string.Concat(lines.Select(line => line + "\n")));
        return this;
    }

    public DatasetTree Media(params string[] paths)
    {
        foreach (string path in paths)
        {
            Write(path);
        }

        return this;
    }

    public LabeledSet Read(string dataset, string? protocol = null, IReadOnlyList<int>? units = null, float? presentFrom = null) =>
        DatasetReaders.Read(dataset, new DatasetRequest(Root, protocol, units, presentFrom));

    /// <summary>Presence of an action unit, row by row.</summary>
    public static int[] Presence(LabeledSet set, LabeledItem item, int unit) =>
        [.. Enumerable.Range(0, item.Count).Select(row => (int)item.Presence[(row * set.ActionUnits.Count) + set.ActionUnits.ToList().IndexOf(unit)])];

    /// <summary>Intensity of an action unit, row by row.</summary>
    public static float[] Intensities(LabeledSet set, LabeledItem item, int unit) =>
        [.. Enumerable.Range(0, item.Count).Select(row => item.Intensities![(row * set.ActionUnits.Count) + set.ActionUnits.ToList().IndexOf(unit)])];

    public void Dispose() => Directory.Delete(Root, recursive: true);
}
