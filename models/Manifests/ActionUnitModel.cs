using System.Text.Json;
using AuStream.Models.Sessions;

namespace AuStream.Models.Manifests;

/// <summary>An action unit model on disk: a manifest that was read and found free of contradictions, and the network beside it.</summary>
public sealed class ActionUnitModel
{
    private ActionUnitModel(ActionUnitModelManifest manifest, string manifestPath, string networkPath)
    {
        Manifest = manifest;
        ManifestPath = manifestPath;
        NetworkPath = networkPath;
    }

    /// <summary>What the manifest says.</summary>
    public ActionUnitModelManifest Manifest { get; }

    /// <summary>Path of <c>ID.json</c>.</summary>
    public string ManifestPath { get; }

    /// <summary>Path of <c>ID.onnx</c>, which exists.</summary>
    public string NetworkPath { get; }

    /// <summary>Path of the temporal head, which exists; null when there is none.</summary>
    public string? TemporalPath => Beside(Manifest.Temporal?.File);

    /// <summary>Path of the network that compares with a neutral face, which exists; null when there is none.</summary>
    public string? RelativePath => Beside(Manifest.Relative?.File);

    /// <summary>Reads a manifest and finds its networks. Their hash is not computed: see <see cref="VerifyHash"/>.</summary>
    /// <exception cref="ModelLoadException">The file is missing, is not a manifest, or contradicts itself; the message names file and field.</exception>
    public static ActionUnitModel Load(string manifestPath)
    {
        ActionUnitModelManifest manifest = Read(manifestPath);
        string stem = Path.GetFileNameWithoutExtension(manifestPath);
        List<string> faults = [.. ActionUnitModelManifestValidator.Validate(manifest)];
        if (manifest.Id != stem)
        {
            faults.Add($"id is '{manifest.Id}'; the file's name says '{stem}'");
        }

        string networkPath = Path.ChangeExtension(manifestPath, ".onnx");
        if (!File.Exists(networkPath))
        {
            faults.Add($"the network {Path.GetFileName(networkPath)} is not beside it");
        }

        foreach (string? file in new[] { manifest.Temporal?.File, manifest.Relative?.File })
        {
            if (!string.IsNullOrEmpty(file) && !File.Exists(Path.Combine(Path.GetDirectoryName(networkPath)!, file)))
            {
                faults.Add($"the network {file}, which the manifest names, is not beside it");
            }
        }

        return faults.Count == 0
            ? new ActionUnitModel(manifest, manifestPath, networkPath)
            : throw new ModelLoadException($"{manifestPath}: {string.Join("; ", faults)}.");
    }

    /// <summary>Compares the networks' SHA-256 with the manifest's. Reads the whole files.</summary>
    /// <exception cref="ModelLoadException">They differ.</exception>
    public void VerifyHash()
    {
        FileHash.Verify(NetworkPath, Manifest.Sha256);
        Verify(TemporalPath, Manifest.Temporal?.Sha256);
        Verify(RelativePath, Manifest.Relative?.Sha256);
    }

    private static void Verify(string? path, string? sha256)
    {
        if (path is not null && !string.IsNullOrEmpty(sha256))
        {
            FileHash.Verify(path, sha256);
        }
    }

    private string? Beside(string? file) => file is null ? null : Path.Combine(Path.GetDirectoryName(NetworkPath)!, file);

    private static ActionUnitModelManifest Read(string path)
    {
        try
        {
            using FileStream stream = File.OpenRead(path);
            return JsonSerializer.Deserialize(stream, ManifestJson.Default.ActionUnitModelManifest)
                ?? throw new ModelLoadException($"{path} holds null instead of a manifest.");
        }
        catch (JsonException exception)
        {
            throw new ModelLoadException($"{path} is not a manifest: {exception.Message}", exception);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new ModelLoadException($"{path} cannot be read: {exception.Message}", exception);
        }
    }
}
