using System.Text.Json;

namespace AuStream.Synthesis.Assets;

/// <summary>Which row of targets.bin is which morph target: rows follow the sorted file names (16-bit thousandths, three per vertex).</summary>
internal static class TargetList
{
    private const string Prefix = "data/targets/";
    private const string Suffix = ".target";

    public static Dictionary<string, int> Read(string folder, int vertices, string remedy)
    {
        string listFile = Path.Combine(folder, "src", "json", "targets", "target-list.json");
        string binaryFile = Path.Combine(folder, "public", "data", "targets", "targets.bin");
        List<string> names;
        try
        {
            using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(listFile));
            names = [.. document.RootElement.GetProperty("targets").EnumerateObject().Select(p => p.Name)];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException or KeyNotFoundException)
        {
            throw SynthesisAssetException.For(listFile, "cannot be read as the list of morph targets (" + e.Message + ")", remedy, e);
        }

        var file = new FileInfo(binaryFile);
        long expected = (long)names.Count * vertices * 6;
        if (!file.Exists || file.Length != expected)
        {
            throw SynthesisAssetException.For(binaryFile, file.Exists ? $"has {file.Length} bytes instead of {expected}" : "is missing", remedy);
        }

        names.Sort(StringComparer.Ordinal);
        var rows = new Dictionary<string, int>(names.Count, StringComparer.Ordinal);
        for (int i = 0; i < names.Count; i++)
        {
            string name = names[i];
            if (name.StartsWith(Prefix, StringComparison.Ordinal) && name.EndsWith(Suffix, StringComparison.Ordinal))
            {
                name = name[Prefix.Length..^Suffix.Length];
            }

            rows[name] = i;
        }

        return rows;
    }
}
