using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace AuStream.Models.Tests.Zoo;

/// <summary>What PyTorch computed for two tracks run as whole sequences, as <c>austream_training export-temporal</c> stored it.</summary>
public sealed record TemporalSteps
{
    [JsonPropertyName("frames")]
    public required int Frames { get; init; }

    [JsonPropertyName("features")]
    public required int Features { get; init; }

    [JsonPropertyName("has_reference")]
    public required float[] HasReference { get; init; }

    /// <summary>Per track, per frame, per action unit: fused.</summary>
    [JsonPropertyName("intensity")]
    public required float[][][] Intensity { get; init; }

    /// <summary>Per track, per frame, per action unit: of the recurrent network alone.</summary>
    [JsonPropertyName("temporal_intensity")]
    public required float[][][] TemporalIntensity { get; init; }

    /// <summary>Per track: after the last frame.</summary>
    [JsonPropertyName("state")]
    public required float[][] State { get; init; }

    public static TemporalSteps Read(string id) =>
        JsonSerializer.Deserialize<TemporalSteps>(File.ReadAllText(Path.Combine(ParityVectors.Folder, id + ".temporal-steps.json")))!;

    /// <summary>Features [2, t, f], raw scores [2, t, a], seconds since the frame before [2, t], features of the neutral face [2, f].</summary>
    public (float[] Features, float[] Intensity, float[] Elapsed, float[] Reference) ReadInputs(string id)
    {
        ReadOnlySpan<float> stored = MemoryMarshal.Cast<byte, float>(File.ReadAllBytes(Path.Combine(ParityVectors.Folder, id + ".temporal-steps.input.bin")));
        int features = 2 * Frames * Features;
        int scores = 2 * Frames * Intensity[0][0].Length;
        int reference = 2 * Features;
        stored.Length.ShouldBe(features + scores + (2 * Frames) + reference);
        return (stored[..features].ToArray(), stored.Slice(features, scores).ToArray(), stored.Slice(features + scores, 2 * Frames).ToArray(), stored[^reference..].ToArray());
    }
}
