using System.Text.Json.Serialization;

namespace AuStream.Models.Manifests;

/// <summary>The temporal head of a network: a recurrent network over its features with late fusion, one step per frame (docs/models.md,
/// "Temporal head").</summary>
public sealed record TemporalManifest
{
    /// <summary>File name beside the manifest, <c>ID.temporal.onnx</c>.</summary>
    [JsonPropertyName("file")]
    public required string File { get; init; }

    /// <summary>Hexadecimal SHA-256 of the file; a file that does not match is refused. Empty: not checked.</summary>
    [JsonPropertyName("sha256")]
    public string Sha256 { get => field ?? ""; init; }

    /// <summary>Recurrent layers, 1–8.</summary>
    [JsonPropertyName("layers")]
    public required int Layers { get; init; }

    /// <summary>Units of each layer, 1–1024. The state has 2 · layers · units values.</summary>
    [JsonPropertyName("units")]
    public required int Units { get; init; }

    /// <summary>Length of the frame network's feature vector.</summary>
    [JsonPropertyName("features")]
    public required int Features { get; init; }

    /// <summary>True when the head was trained with a neutral reference and is given the track's.</summary>
    [JsonPropertyName("uses_reference")]
    public required bool UsesReference { get; init; }

    /// <summary>Presence threshold per action unit on the head's intensity, 0–5.</summary>
    [JsonPropertyName("thresholds")]
    public required IReadOnlyList<float> Thresholds { get; init; }

    /// <summary>Calibration per action unit from the head's raw output to intensity 0–5; empty for the identity.</summary>
    [JsonPropertyName("calibration")]
    public IReadOnlyList<CalibrationCurve> Calibration { get => field ?? []; init; }

    /// <summary>A track that was not measured for longer than this starts afresh. Above 0, at most 60 s.</summary>
    [JsonPropertyName("gap_seconds")]
    public required double GapSeconds { get; init; }

    /// <summary>False when <c>temporal: auto</c> leaves it off; left out means true.</summary>
    [JsonPropertyName("on_by_default")]
    public bool? OnByDefault { get; init; }

    /// <summary>Where the weights come from.</summary>
    [JsonPropertyName("origin")]
    public string Origin { get => field ?? ""; init; }

    /// <summary>Free-form metrics with the data they were measured on.</summary>
    [JsonPropertyName("metrics")]
    public IReadOnlyDictionary<string, double> Metrics { get => field ?? NoMetrics; init; }

    /// <summary>True when <c>temporal: auto</c> switches it on.</summary>
    [JsonIgnore]
    public bool IsOnByDefault => OnByDefault ?? true;

    /// <summary>Values of one track's state.</summary>
    [JsonIgnore]
    public int StateLength => 2 * Layers * Units;

    private static readonly Dictionary<string, double> NoMetrics = [];
}
