using System.Text.Json;

namespace AuStream.Models.Sessions;

/// <summary>The folders that hold models as <c>ID.onnx</c> with a manifest <c>ID.json</c>. Thread-safe; looks at the disk at every call.</summary>
public sealed class ModelStore
{
    /// <param name="folders">Looked through in this order; the first that has an id wins. They need not exist.</param>
    public ModelStore(IEnumerable<string> folders)
    {
        ArgumentNullException.ThrowIfNull(folders);
        Folders = [.. folders.Select(Path.GetFullPath).Distinct()];
    }

    /// <summary>The folders, in order.</summary>
    public IReadOnlyList<string> Folders { get; }

    /// <summary>
    /// The usual folders: <c>AUSTREAM_MODELS</c> (several, separated as in PATH), <c>models</c> beside the program, and
    /// <c>models/zoo</c> and <c>artifacts/models</c> of the checkout above the program.
    /// </summary>
    public static ModelStore Default()
    {
        List<string> folders = [];
        string? configured = Environment.GetEnvironmentVariable("AUSTREAM_MODELS");
        if (!string.IsNullOrWhiteSpace(configured))
        {
            folders.AddRange(configured.Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
        }

        folders.Add(Path.Combine(AppContext.BaseDirectory, "models"));
        for (DirectoryInfo? parent = new(AppContext.BaseDirectory); parent is not null; parent = parent.Parent)
        {
            if (File.Exists(Path.Combine(parent.FullName, "AuStream.sln")))
            {
                folders.Add(Path.Combine(parent.FullName, "models", "zoo"));
                folders.Add(Path.Combine(parent.FullName, "artifacts", "models"));
                break;
            }
        }

        return new ModelStore(folders);
    }

    /// <summary>Ids of all models, sorted.</summary>
    public IReadOnlyList<string> Ids() =>
    [
        .. Folders.Where(Directory.Exists)
            .SelectMany(folder => Directory.EnumerateFiles(folder, "*.onnx"))
            .Select(path => Path.GetFileNameWithoutExtension(path))
            .Distinct(StringComparer.Ordinal)
            .Order(StringComparer.Ordinal),
    ];

    /// <summary>Path of a model's .onnx file, or null.</summary>
    public string? TryFind(string id)
    {
        ArgumentException.ThrowIfNullOrEmpty(id);
        return Folders.Select(folder => Path.Combine(folder, id + ".onnx")).FirstOrDefault(File.Exists);
    }

    /// <summary>Path of a model's .onnx file.</summary>
    /// <exception cref="ModelNotFoundException">No folder has it; the message lists the ids that exist and the remedy.</exception>
    public string Find(string id) => TryFind(id) ?? throw new ModelNotFoundException(DescribeMissing(id));

    /// <summary>Checks a model's file against the <c>sha256</c> of its manifest; returns the file's path.</summary>
    /// <exception cref="ModelNotFoundException">There is no such model.</exception>
    /// <exception cref="ModelLoadException">The manifest is missing or unreadable, or the hash differs.</exception>
    public string Verify(string id)
    {
        string path = Find(id);
        string manifest = Path.ChangeExtension(path, ".json");
        try
        {
            using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(manifest));
            FileHash.Verify(path, document.RootElement.GetProperty("sha256").GetString() ?? throw new KeyNotFoundException("sha256 is null"));
        }
        catch (Exception exception) when (exception is IOException or JsonException or KeyNotFoundException or InvalidOperationException or ArgumentException)
        {
            throw new ModelLoadException($"{manifest} does not state the model's sha256: {exception.Message} Run 'austream models import' for face models, or restore the file.", exception);
        }

        return path;
    }

    /// <summary>Verifies and loads a model.</summary>
    /// <inheritdoc cref="Verify"/>
    public OnnxSession Load(string id, OnnxSessionOptions? options = null) => OnnxSession.Load(Verify(id), options);

    private string DescribeMissing(string id)
    {
        IReadOnlyList<string> ids = Ids();
        string known = ids.Count == 0 ? "there is no model at all" : $"there are {string.Join(", ", ids)}";
        string remedy = Importing.MediaPipeImporter.ModelIds.Contains(id)
            ? "Run 'austream models import' to make it."
            : "Choose one of those, or set AUSTREAM_MODELS to the folder that has it.";
        return $"Model '{id}' was not found in {string.Join(", ", Folders)}; {known}. {remedy}";
    }
}
