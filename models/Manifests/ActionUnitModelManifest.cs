using System.Text.Json.Serialization;

namespace AuStream.Models.Manifests;

/// <summary>What an action unit network is and how to feed it: <c>models/zoo/ID.json</c> beside <c>ID.onnx</c>.</summary>
public sealed record ActionUnitModelManifest
{
    /// <summary>Version of this format: <c>austream.model/1</c>.</summary>
    [JsonPropertyName("schema")]
    public required string Schema { get; init; }

    /// <summary>Id that <c>--model</c> selects, e.g. <c>austream-base</c>.</summary>
    [JsonPropertyName("id")]
    public required string Id { get; init; }

    /// <summary>Version of the weights, e.g. <c>1.0.0</c>.</summary>
    [JsonPropertyName("version")]
    public required string Version { get; init; }

    /// <summary>Hexadecimal SHA-256 of the .onnx file. A file that does not match is refused.</summary>
    [JsonPropertyName("sha256")]
    public required string Sha256 { get; init; }

    /// <summary>FACS numbers in the order of the outputs.</summary>
    [JsonPropertyName("action_units")]
    public required IReadOnlyList<int> ActionUnits { get; init; }

    /// <summary>The aligned crop that the network sees.</summary>
    [JsonPropertyName("crop")]
    public required CropManifest Crop { get; init; }

    /// <summary>
    /// Indices of the dense mesh points that feed the input <c>landmarks</c> [N, 2·count]; empty when the network has no such input.
    /// For the k-th point, mapped into the crop to (x, y) in crop pixels: feature[2k] = (x − size/2) / size, feature[2k + 1] =
    /// (y − size/2) / size.
    /// </summary>
    [JsonPropertyName("landmarks")]
    public IReadOnlyList<int> Landmarks { get => field ?? []; init; }

    /// <summary>Dense landmark network the crop and the landmarks were trained with: <c>face_landmark</c> or <c>face_landmark_with_attention</c>.</summary>
    [JsonPropertyName("landmark_network")]
    public required string LandmarkNetwork { get; init; }

    /// <summary>Presence threshold per action unit on the intensity output, 0–5.</summary>
    [JsonPropertyName("thresholds")]
    public required IReadOnlyList<float> Thresholds { get; init; }

    /// <summary>Piecewise-linear calibration per action unit from raw output to intensity 0–5, as pairs; empty for the identity.</summary>
    [JsonPropertyName("calibration")]
    public IReadOnlyList<CalibrationCurve> Calibration { get => field ?? []; init; }

    /// <summary>Licence of the weights.</summary>
    [JsonPropertyName("licence")]
    public required string Licence { get; init; }

    /// <summary>Where the weights come from: training data, command, seed, hardware, time.</summary>
    [JsonPropertyName("origin")]
    public required string Origin { get; init; }

    /// <summary>Free-form metrics with the data they were measured on.</summary>
    [JsonPropertyName("metrics")]
    public IReadOnlyDictionary<string, double> Metrics { get => field ?? NoMetrics; init; }

    /// <summary>The temporal head beside the network, or null when there is none.</summary>
    [JsonPropertyName("temporal")]
    public TemporalManifest? Temporal { get; init; }

    /// <summary>The network beside it that compares with a neutral face, or null when there is none.</summary>
    [JsonPropertyName("relative")]
    public RelativeManifest? Relative { get; init; }

    // Optional fields take their default when read, not in an initialiser: generated deserialisers pass null for a field that is left out.
    private static readonly Dictionary<string, double> NoMetrics = [];
}
