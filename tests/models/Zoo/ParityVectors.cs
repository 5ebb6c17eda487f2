using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Serialization;
using AuStream.Testing;

namespace AuStream.Models.Tests.Zoo;

/// <summary>Inputs and PyTorch's outputs for one network of the zoo, as <c>austream_training export</c> stored them.</summary>
public sealed record ParityVectors
{
    [JsonPropertyName("size")]
    public required int Size { get; init; }

    [JsonPropertyName("landmarks")]
    public required int Landmarks { get; init; }

    [JsonPropertyName("frequencies")]
    public required double[] Frequencies { get; init; }

    [JsonPropertyName("landmark_scale")]
    public required float LandmarkScale { get; init; }

    [JsonPropertyName("cases")]
    public required Dictionary<string, ParityCase> Cases { get; init; }

    public static string Folder { get; } = Path.Combine(SharedMedia.RepositoryRoot, "tests", "models", "fixtures");

    public static ParityVectors Read(string id) =>
        JsonSerializer.Deserialize<ParityVectors>(File.ReadAllText(Path.Combine(Folder, id + ".parity.json")))!;

    /// <summary>The image and the landmarks of each face of a case.</summary>
    public (float[] Image, float[] Landmarks) Inputs(string id, string name)
    {
        int count = Cases[name].Count;
        int imageLength = count * 3 * Size * Size;
        int landmarkLength = count * 2 * Landmarks;
        if (name == "generated")
        {
            float[] landmarks = Formula(landmarkLength, Frequencies[1]);
            return (Formula(imageLength, Frequencies[0]), [.. landmarks.Select(value => value * LandmarkScale)]);
        }

        ReadOnlySpan<float> stored = MemoryMarshal.Cast<byte, float>(File.ReadAllBytes(Path.Combine(Folder, id + ".parity.input.bin")));
        stored.Length.ShouldBe(imageLength + landmarkLength);
        return (stored[..imageLength].ToArray(), stored[imageLength..].ToArray());
    }

    /// <summary>The same numbers as <c>formula_input</c> in <c>exporting/parity.py</c>.</summary>
    internal static float[] Formula(int length, double frequency)
    {
        float[] values = new float[length];
        for (int i = 0; i < length; i++)
        {
            values[i] = (float)(Math.Sin(frequency * i) + (0.5 * Math.Sin((0.37 * frequency * i) + 1)));
        }

        return values;
    }
}
