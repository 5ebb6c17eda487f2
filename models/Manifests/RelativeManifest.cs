using System.Text.Json.Serialization;

namespace AuStream.Models.Manifests;

/// <summary>A second network that compares a face's features with those of the same person's neutral face (docs/models.md, "Neutral
/// reference").</summary>
public sealed record RelativeManifest
{
    /// <summary>File name beside the manifest, <c>ID.relative.onnx</c>.</summary>
    [JsonPropertyName("file")]
    public required string File { get; init; }

    /// <summary>Hexadecimal SHA-256 of the file; a file that does not match is refused. Empty: not checked.</summary>
    [JsonPropertyName("sha256")]
    public string Sha256 { get => field ?? ""; init; }

    /// <summary>Presence threshold per action unit on its intensity, 0–5.</summary>
    [JsonPropertyName("thresholds")]
    public required IReadOnlyList<float> Thresholds { get; init; }

    /// <summary>Calibration per action unit from its raw output to intensity 0–5; empty for the identity.</summary>
    [JsonPropertyName("calibration")]
    public IReadOnlyList<CalibrationCurve> Calibration { get => field ?? []; init; }

    /// <summary>False when neutral intensities are subtracted instead; left out means true.</summary>
    [JsonPropertyName("on_by_default")]
    public bool? OnByDefault { get; init; }

    /// <summary>True when it is used wherever there is a neutral face.</summary>
    [JsonIgnore]
    public bool IsOnByDefault => OnByDefault ?? true;
}
