using AuStream.Models.Sessions;

namespace AuStream.Models.Manifests;

/// <summary>The action unit models in the model folders. Where two folders have the same id, the earlier folder counts.</summary>
/// <remarks>Looks at the disk at each call: models may come and go. Thread-safe.</remarks>
public sealed class ActionUnitModelCatalog
{
    private readonly IReadOnlyList<string> _folders;

    /// <param name="store">The folders; one that does not exist counts as empty.</param>
    public ActionUnitModelCatalog(ModelStore store)
    {
        ArgumentNullException.ThrowIfNull(store);
        _folders = store.Folders;
    }

    /// <summary>All models in order of id, refused ones included with the reason.</summary>
    public IReadOnlyList<ActionUnitModelEntry> List()
    {
        SortedDictionary<string, ActionUnitModelEntry> entries = new(StringComparer.Ordinal);
        foreach (string path in _folders.Where(Directory.Exists).SelectMany(folder => Directory.EnumerateFiles(folder, "*.json")))
        {
            string id = Path.GetFileNameWithoutExtension(path);
            if (!entries.ContainsKey(id) && IsManifest(path))
            {
                entries.Add(id, Load(id, path));
            }
        }

        return [.. entries.Values];
    }

    /// <summary>The model that <c>--model ID</c> selects. Its hash is not computed yet.</summary>
    /// <exception cref="ModelLoadException">There is one, and it was refused.</exception>
    /// <exception cref="ModelNotFoundException">There is none; the message lists the models that are there and the likeliest one.</exception>
    public ActionUnitModel Find(string id)
    {
        ArgumentException.ThrowIfNullOrEmpty(id);

        // The id becomes a file name: one that could lead out of the folder names no model.
        if (Path.GetFileName(id) == id)
        {
            string? path = _folders.Select(folder => Path.Combine(folder, id + ".json")).FirstOrDefault(File.Exists);
            if (path is not null)
            {
                return ActionUnitModel.Load(path);
            }
        }

        throw new ModelNotFoundException(NotFoundMessage(id));
    }

    private static ActionUnitModelEntry Load(string id, string path)
    {
        try
        {
            return new ActionUnitModelEntry(id, path, ActionUnitModel.Load(path), null);
        }
        catch (ModelLoadException exception)
        {
            return new ActionUnitModelEntry(id, path, null, exception.Message);
        }
    }

    // A broken file beside a network was meant as its manifest, and is listed with the reason.
    private static bool IsManifest(string path) =>
        ManifestSchema.Of(path)?.StartsWith("austream.model/", StringComparison.Ordinal) ?? File.Exists(Path.ChangeExtension(path, ".onnx"));

    private string NotFoundMessage(string id)
    {
        string folders = string.Join(", ", _folders);
        string[] ids = [.. List().Select(entry => entry.Id)];
        if (ids.Length == 0)
        {
            return $"There is no model '{id}': no action unit model at all was found in {folders}.";
        }

        string? likeliest = ids
            .Select(candidate => (Candidate: candidate, Distance: EditDistance.Between(id, candidate)))
            .Where(pair => pair.Distance <= Math.Max(2, id.Length / 3))
            .OrderBy(pair => pair.Distance)
            .Select(pair => pair.Candidate)
            .FirstOrDefault();
        string suggestion = likeliest is null ? "" : $" Did you mean '{likeliest}'?";
        return $"There is no model '{id}' in {folders}.{suggestion} Models: {string.Join(", ", ids)}.";
    }
}
