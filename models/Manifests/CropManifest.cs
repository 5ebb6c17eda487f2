using System.Text.Json.Serialization;

namespace AuStream.Models.Manifests;

/// <summary>
/// The canonical crop: where stable landmarks lie in it, and how its pixels are normalised. Input <c>image</c> is float32
/// [N, 3, size, size], RGB planes, value = (pixel − mean) / deviation with pixel 0–255.
/// </summary>
public sealed record CropManifest
{
    /// <summary>Side of the square crop in pixels.</summary>
    [JsonPropertyName("size")]
    public required int Size { get; init; }

    /// <summary>Mesh indices of the stable landmarks that the similarity transform is fitted to.</summary>
    [JsonPropertyName("anchor_landmarks")]
    public required IReadOnlyList<int> AnchorLandmarks { get; init; }

    /// <summary>Their places in the crop: x0, y0, x1, y1, … in continuous pixels: (0, 0) is the top left corner of the top left pixel, whose
    /// centre is (0.5, 0.5). The similarity from frame to crop minimises the squared distances to these places.</summary>
    [JsonPropertyName("anchor_points")]
    public required IReadOnlyList<float> AnchorPoints { get; init; }

    /// <summary>Subtracted from each channel (R, G, B), 0–255.</summary>
    [JsonPropertyName("mean")]
    public required IReadOnlyList<float> Mean { get; init; }

    /// <summary>Divides each channel (R, G, B).</summary>
    [JsonPropertyName("deviation")]
    public required IReadOnlyList<float> Deviation { get; init; }
}
