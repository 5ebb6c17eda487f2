using System.Text.Json.Serialization;

namespace AuStream.Models.Importing;

/// <summary>Where a converted model comes from and how to feed it: <c>ID.json</c> beside <c>ID.onnx</c>.</summary>
public sealed record ImportedModelManifest
{
    /// <summary>Version of this format: <c>austream.imported-model/1</c>.</summary>
    [JsonPropertyName("schema")]
    public required string Schema { get; init; }

    /// <summary>File name without extension.</summary>
    [JsonPropertyName("id")]
    public required string Id { get; init; }

    /// <summary>npm package and version.</summary>
    [JsonPropertyName("source_package")]
    public required string SourcePackage { get; init; }

    /// <summary>File within the package.</summary>
    [JsonPropertyName("source_file")]
    public required string SourceFile { get; init; }

    /// <summary>Hexadecimal SHA-256 of the source file.</summary>
    [JsonPropertyName("source_sha256")]
    public required string SourceSha256 { get; init; }

    /// <summary>Hexadecimal SHA-256 of the .onnx file.</summary>
    [JsonPropertyName("sha256")]
    public required string Sha256 { get; init; }

    /// <summary>SPDX licence of the weights.</summary>
    [JsonPropertyName("licence")]
    public required string Licence { get; init; }

    /// <summary>Input name and shape; −1 is the batch.</summary>
    [JsonPropertyName("inputs")]
    public required IReadOnlyDictionary<string, IReadOnlyList<long>> Inputs { get; init; }

    /// <summary>Output names and shapes; −1 is the batch.</summary>
    [JsonPropertyName("outputs")]
    public required IReadOnlyDictionary<string, IReadOnlyList<long>> Outputs { get; init; }

    /// <summary>Pixel values that the input expects, e.g. <c>RGB in [-1, 1]</c>.</summary>
    [JsonPropertyName("pixels")]
    public required string Pixels { get; init; }
}
