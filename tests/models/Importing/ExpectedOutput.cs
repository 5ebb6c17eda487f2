using System.Text.Json;
using System.Text.Json.Serialization;

namespace AuStream.Models.Tests.Importing;

/// <summary>What <c>reference/tflite_reference.py</c> computed for one output.</summary>
internal sealed record ExpectedOutput(
    [property: JsonPropertyName("count")] int Count,
    [property: JsonPropertyName("mean")] double Mean,
    [property: JsonPropertyName("mean_absolute")] double MeanAbsolute,
    [property: JsonPropertyName("indices")] int[] Indices,
    [property: JsonPropertyName("values")] double[] Values)
{
    public static IReadOnlyDictionary<string, ExpectedOutput[]> Load() =>
        JsonSerializer.Deserialize<Dictionary<string, ExpectedOutput[]>>(
            File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Importing", "expected_outputs.json")))!;
}
