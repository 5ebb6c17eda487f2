using System.Text.Json.Serialization;

namespace AuStream.Synthesis.Samples;

/// <summary>The truth about one person of a clip.</summary>
public sealed record PersonTruth
{
    /// <summary>Intensity 0–5 by frame and action unit, as visible in the geometry.</summary>
    [JsonPropertyName("intensities")]
    public required IReadOnlyList<float[]> Intensities { get; init; }

    /// <summary>By frame: x, y, width, height of the box around the 68 points in pixels.</summary>
    [JsonPropertyName("boxes")]
    public required IReadOnlyList<float[]> Boxes { get; init; }

    /// <summary>By frame: yaw, pitch, roll in degrees.</summary>
    [JsonPropertyName("poses")]
    public required IReadOnlyList<float[]> Poses { get; init; }

    /// <summary>By frame: true when the middle of the face is in the picture.</summary>
    [JsonPropertyName("present")]
    public required IReadOnlyList<bool> Present { get; init; }

    /// <summary>Movements with their times.</summary>
    [JsonPropertyName("intervals")]
    public required IReadOnlyList<IntervalTruth> Intervals { get; init; }

    /// <summary>Stretches of speech: start and end in seconds.</summary>
    [JsonPropertyName("speech")]
    public required IReadOnlyList<double[]> Speech { get; init; }
}
