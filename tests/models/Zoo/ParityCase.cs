using System.Text.Json.Serialization;

namespace AuStream.Models.Tests.Zoo;

/// <summary>What PyTorch computed for some faces.</summary>
public sealed record ParityCase
{
    [JsonPropertyName("count")]
    public required int Count { get; init; }

    /// <summary>Per face, per action unit.</summary>
    [JsonPropertyName("intensity")]
    public required float[][] Intensity { get; init; }

    /// <summary>Per face, per feature.</summary>
    [JsonPropertyName("features")]
    public required float[][] Features { get; init; }
}
