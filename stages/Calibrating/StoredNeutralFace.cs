using System.Text.Json.Serialization;

namespace AuStream.Stages.Calibrating;

/// <summary>The file of one enrolled neutral face, <c>NAME.neutral.json</c>.</summary>
internal sealed record StoredNeutralFace
{
    public const string CurrentSchema = "austream.neutral/1";

    [JsonPropertyName("schema")]
    public required string Schema { get; init; }

    [JsonPropertyName("name")]
    public required string Name { get; init; }

    [JsonPropertyName("model")]
    public required string Model { get; init; }

    [JsonPropertyName("model_version")]
    public required string ModelVersion { get; init; }

    [JsonPropertyName("model_sha256")]
    public required string ModelSha256 { get; init; }

    [JsonPropertyName("features")]
    public required IReadOnlyList<float> Features { get; init; }

    [JsonPropertyName("raw_intensities")]
    public required IReadOnlyList<float> RawIntensities { get; init; }
}
