using System.Text.Json.Serialization;

namespace AuStream.Synthesis.Samples;

/// <summary>What <c>shard.json</c> says about its folder.</summary>
public sealed record ShardDescription
{
    /// <summary>Name and version of the format.</summary>
    public const string CurrentSchema = "austream.shard/1";

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

    /// <summary>Identities, ascending.</summary>
    [JsonPropertyName("identities")]
    public required IReadOnlyList<long> Identities { get; init; }

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
    public required SampleOptions Options { get; init; }

    /// <summary>Pictures made and faces found in them, per source and with or without something in front of the face.</summary>
    [JsonPropertyName("found")]
    public required IReadOnlyList<FoundFaces> Found { get; init; }
}
