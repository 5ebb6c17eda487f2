using System.Text.Json;
using System.Text.Json.Serialization;

namespace AuStream.Synthesis.Samples;

/// <summary>What <c>shard.json</c> says about a folder of sequences.</summary>
public sealed record SequenceShardDescription
{
    /// <summary>Name and version of the format.</summary>
    public const string CurrentSchema = "austream.shard/sequences-1";

    /// <summary>Always <see cref="CurrentSchema"/>.</summary>
    [JsonPropertyName("schema")]
    public required string Schema { get; init; }

    /// <summary>train, validation or test.</summary>
    [JsonPropertyName("split")]
    public required string Split { get; init; }

    /// <summary>Number of the shard within its split.</summary>
    [JsonPropertyName("shard")]
    public required int Shard { get; init; }

    /// <summary>Rows of every array.</summary>
    [JsonPropertyName("count")]
    public required int Count { get; init; }

    /// <summary>The clips in order of their rows.</summary>
    [JsonPropertyName("clips")]
    public required IReadOnlyList<SequenceClip> Clips { get; init; }

    /// <summary>FACS numbers of the columns of intensity.npy.</summary>
    [JsonPropertyName("action_units")]
    public required IReadOnlyList<int> ActionUnits { get; init; }

    /// <summary>Side of the crops in pixels, 0 when there are none.</summary>
    [JsonPropertyName("crop_side")]
    public required int CropSide { get; init; }

    /// <summary>Landmark network that placed the crops, or null when there are none.</summary>
    [JsonPropertyName("landmark_network")]
    public string? LandmarkNetwork { get; init; }

    /// <summary>What was asked for; a shard made with other options is not taken for finished.</summary>
    [JsonPropertyName("options")]
    public required SequenceSampleOptions Options { get; init; }

    /// <summary>Pictures made and faces found in them, per source and with or without something in front of the face.</summary>
    [JsonPropertyName("found")]
    public required IReadOnlyList<FoundFaces> Found { get; init; }

    /// <summary>Reads a folder's <c>shard.json</c>.</summary>
    /// <exception cref="InvalidDataException">It is missing, broken, or of another format.</exception>
    public static SequenceShardDescription Read(string folder)
    {
        string path = Path.Combine(folder, "shard.json");
        const string Remedy = "write it again with `austream synth sequences`";
        if (!File.Exists(path))
        {
            throw new InvalidDataException($"{path} is missing: the folder is no finished shard of sequences; {Remedy}");
        }

        try
        {
            SequenceShardDescription? description = JsonSerializer.Deserialize<SequenceShardDescription>(File.ReadAllText(path), ShardWriter.Json);
            return description?.Schema == CurrentSchema
                ? description
                : throw new InvalidDataException($"{path} has schema {description?.Schema}, not {CurrentSchema}; {Remedy}");
        }
        catch (JsonException error)
        {
            throw new InvalidDataException($"{path} cannot be read as a shard of sequences ({error.Message}); {Remedy}", error);
        }
    }
}
