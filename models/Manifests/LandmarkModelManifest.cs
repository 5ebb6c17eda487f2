using System.Text.Json.Serialization;

namespace AuStream.Models.Manifests;

/// <summary>What is known about a landmark network that was trained here: <c>ID.json</c> beside <c>ID.onnx</c> (docs/models.md).</summary>
public sealed record LandmarkModelManifest
{
    /// <summary>How <see cref="Schema"/> starts; the version of the format follows.</summary>
    public const string SchemaPrefix = "austream.landmark-model/";

    /// <summary>Version of this format: <c>austream.landmark-model/1</c>.</summary>
    [JsonPropertyName("schema")]
    public required string Schema { get; init; }

    /// <summary>File name without extension.</summary>
    [JsonPropertyName("id")]
    public required string Id { get; init; }

    /// <summary>Version of the network.</summary>
    [JsonPropertyName("version")]
    public required string Version { get; init; }

    /// <summary>Hexadecimal SHA-256 of the .onnx file.</summary>
    [JsonPropertyName("sha256")]
    public required string Sha256 { get; init; }

    /// <summary>Side of the square input in pixels.</summary>
    [JsonPropertyName("input_size")]
    public required int InputSize { get; init; }

    /// <summary>Side of the square of the frame that the network looks at, in units of the longer side of the face's box.</summary>
    [JsonPropertyName("region_margin")]
    public required float RegionMargin { get; init; }

    /// <summary>Pixel values that the input expects.</summary>
    [JsonPropertyName("pixels")]
    public required string Pixels { get; init; }

    /// <summary>SPDX licence of the weights.</summary>
    [JsonPropertyName("licence")]
    public required string Licence { get; init; }

    /// <summary>Data, machine and command of the training.</summary>
    [JsonPropertyName("origin")]
    public required string Origin { get; init; }

    /// <summary>What was measured, by name: fractions of the distance of the outer eye corners, shares, and counts.</summary>
    [JsonPropertyName("metrics")]
    public required IReadOnlyDictionary<string, double> Metrics { get; init; }
}
