using System.Text.Json;
using AuStream.Models.Manifests;

namespace AuStream.Stages.Calibrating;

/// <summary>A folder with one file per enrolled name: the numbers that one network gave for that person's neutral face, no picture.</summary>
/// <remarks>Thread-safe for different names. Files are readable by their owner only.</remarks>
public sealed class NeutralStore
{
    private const int LongestName = 64;
    private readonly string _folder;

    /// <param name="folder">Made when the first face is stored.</param>
    public NeutralStore(string folder)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        _folder = Path.GetFullPath(folder);
    }

    /// <summary>What is wrong with a name, or null: it becomes a file name.</summary>
    public static string? FaultOf(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        bool isRight = name.Length is > 0 and <= LongestName && name[0] != '.'
            && name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_' or '.');
        return isRight ? null : $"'{name}' cannot be a name: use up to {LongestName} letters, digits, '-', '_' and '.', and do not begin with '.'";
    }

    /// <summary>Path of a name's file, whether it exists or not.</summary>
    public string PathOf(string name) => Path.Combine(_folder, name + ".neutral.json");

    /// <summary>Writes a neutral face, replacing what was stored under the name. A crash leaves the old file or the new one.</summary>
    /// <exception cref="NeutralStoreException">The file cannot be written.</exception>
    public void Save(string name, NeutralFace neutral, ActionUnitModelManifest manifest)
    {
        ArgumentNullException.ThrowIfNull(neutral);
        ArgumentNullException.ThrowIfNull(manifest);
        Require(name);
        StoredNeutralFace stored = new()
        {
            Schema = StoredNeutralFace.CurrentSchema,
            Name = name,
            Model = manifest.Id,
            ModelVersion = manifest.Version,
            ModelSha256 = manifest.Sha256,
            Features = neutral.Features,
            RawIntensities = neutral.RawIntensities,
        };
        string path = PathOf(name);
        string temporary = path + ".part";
        try
        {
            Directory.CreateDirectory(_folder);
            FileStreamOptions options = new() { Mode = FileMode.Create, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows())
            {
                options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            }

            using (FileStream file = new(temporary, options))
            {
                JsonSerializer.Serialize(file, stored, StoredNeutralJson.Default.StoredNeutralFace);
                file.Flush(flushToDisk: true);
            }

            File.Move(temporary, path, overwrite: true);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new NeutralStoreException($"{path} cannot be written ({error.Message}). Make its folder writable, or name another one.", error);
        }
    }

    /// <summary>Reads the neutral face of a name; null when none is stored.</summary>
    /// <param name="name">The name.</param>
    /// <param name="manifest">The network that is in use.</param>
    /// <param name="featureCount">Length of its feature vector.</param>
    /// <exception cref="NeutralStoreException">The file is damaged, cannot be read, or is of another network.</exception>
    public NeutralFace? TryLoad(string name, ActionUnitModelManifest manifest, int featureCount)
    {
        ArgumentNullException.ThrowIfNull(manifest);
        Require(name);
        string path = PathOf(name);
        StoredNeutralFace? stored;
        try
        {
            using FileStream file = File.OpenRead(path);
            stored = JsonSerializer.Deserialize(file, StoredNeutralJson.Default.StoredNeutralFace);
        }
        catch (Exception missing) when (missing is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        catch (JsonException error)
        {
            throw new NeutralStoreException($"{path} is not a stored neutral face: {error.Message} Remove it and enrol again.", error);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new NeutralStoreException($"{path} cannot be read: {error.Message}", error);
        }

        string? fault = stored is null ? "it holds nothing" : FaultOf(stored, manifest, featureCount);
        return fault is null
            ? new NeutralFace(stored!.Features, stored.RawIntensities, name)
            : throw new NeutralStoreException($"{path} cannot be used: {fault}. Remove it and enrol again.");
    }

    private static string? FaultOf(StoredNeutralFace stored, ActionUnitModelManifest manifest, int featureCount)
    {
        if (stored.Schema != StoredNeutralFace.CurrentSchema)
        {
            return $"its schema is '{stored.Schema}'; this version of AuStream reads '{StoredNeutralFace.CurrentSchema}'";
        }

        if (!stored.ModelSha256.Equals(manifest.Sha256, StringComparison.OrdinalIgnoreCase))
        {
            return $"it was measured by {stored.Model} {stored.ModelVersion}, and {manifest.Id} {manifest.Version} is in use, whose numbers mean something else";
        }

        if (stored.Features.Count != featureCount || stored.RawIntensities.Count != manifest.ActionUnits.Count)
        {
            return $"it has {stored.Features.Count} features and {stored.RawIntensities.Count} action units instead of {featureCount} and {manifest.ActionUnits.Count}";
        }

        return stored.Features.Concat(stored.RawIntensities).All(float.IsFinite) ? null : "it holds numbers that are not finite";
    }

    private static void Require(string name)
    {
        if (FaultOf(name) is string fault)
        {
            throw new NeutralStoreException($"{fault}.");
        }
    }
}
