using System.Text.Json;
using AuStream.Models.Sessions;

namespace AuStream.Models.Manifests;

/// <summary>The landmark networks in the model folders that were trained here. Where two folders have the same id, the earlier folder counts.</summary>
/// <param name="store">The folders; one that does not exist counts as empty.</param>
/// <remarks>Looks at the disk at each call: models may come and go. Thread-safe.</remarks>
public sealed class LandmarkModelCatalog(ModelStore store)
{
    /// <summary>All of them in order of id, refused ones included with the reason.</summary>
    public IReadOnlyList<LandmarkModelEntry> List()
    {
        SortedDictionary<string, LandmarkModelEntry> entries = new(StringComparer.Ordinal);
        foreach (string path in store.Folders.Where(Directory.Exists).SelectMany(folder => Directory.EnumerateFiles(folder, "*.json")))
        {
            string id = Path.GetFileNameWithoutExtension(path);
            if (!entries.ContainsKey(id) && ManifestSchema.Of(path)?.StartsWith(LandmarkModelManifest.SchemaPrefix, StringComparison.Ordinal) == true)
            {
                entries.Add(id, Read(id, path));
            }
        }

        return [.. entries.Values];
    }

    private static LandmarkModelEntry Read(string id, string path)
    {
        try
        {
            using FileStream stream = File.OpenRead(path);
            LandmarkModelManifest manifest = JsonSerializer.Deserialize(stream, ManifestJson.Default.LandmarkModelManifest)!;
            string? fault = manifest.Id != id ? $"{path}: id is '{manifest.Id}'; the file's name says '{id}'."
                : File.Exists(Path.ChangeExtension(path, ".onnx")) ? null
                : $"{path}: the network {id}.onnx is not beside it.";
            return new LandmarkModelEntry(id, fault is null ? manifest : null, fault);
        }
        catch (Exception exception) when (exception is JsonException or IOException or UnauthorizedAccessException)
        {
            return new LandmarkModelEntry(id, null, $"{path} is not a manifest: {exception.Message}");
        }
    }
}
