using System.Text.Json.Serialization;

namespace AuStream.Models.Manifests;

/// <summary>Monotone piecewise-linear map from a network's raw output to intensity 0–5; constant outside its ends.</summary>
public sealed record CalibrationCurve
{
    /// <summary>Raw outputs, strictly rising.</summary>
    [JsonPropertyName("raw")]
    public required IReadOnlyList<float> Raw { get; init; }

    /// <summary>Intensities 0–5, never falling, as many as <see cref="Raw"/>.</summary>
    [JsonPropertyName("intensity")]
    public required IReadOnlyList<float> Intensity { get; init; }
}
