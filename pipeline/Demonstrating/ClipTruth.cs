using System.Text.Json;
using System.Text.Json.Serialization;

namespace AuStream.Pipeline.Demonstrating;

/// <summary>What is known about a rendered clip: <c>clip.truth.json</c>, written by <c>austream synth --clip</c>.</summary>
public sealed record ClipTruth
{
    /// <summary>Version of the format: <c>austream.truth/1</c>.</summary>
    [JsonPropertyName("schema")]
    public required string Schema { get; init; }

    /// <summary>Frames per second.</summary>
    [JsonPropertyName("fps")]
    public required double FramesPerSecond { get; init; }

    /// <summary>FACS numbers in the order of each frame's intensities.</summary>
    [JsonPropertyName("action_units")]
    public required IReadOnlyList<int> ActionUnits { get; init; }

    /// <summary>Intensities 0–5 per frame and action unit.</summary>
    [JsonPropertyName("intensities")]
    public required IReadOnlyList<IReadOnlyList<float>> Intensities { get; init; }

    /// <summary>Reads a truth file.</summary>
    /// <exception cref="InvalidDataException">It is not one; the message names the file.</exception>
    public static ClipTruth Load(string path)
    {
        try
        {
            using FileStream stream = File.OpenRead(path);
            ClipTruth truth = JsonSerializer.Deserialize<ClipTruth>(stream) ?? throw new InvalidDataException($"{path}: is empty.");
            if (truth.Schema != "austream.truth/1" || truth.FramesPerSecond <= 0 || truth.Intensities.Any(frame => frame.Count != truth.ActionUnits.Count))
            {
                throw new InvalidDataException($"{path}: is not a truth file of format austream.truth/1, or its lengths contradict each other.");
            }

            return truth;
        }
        catch (JsonException error)
        {
            throw new InvalidDataException($"{path}: is not a truth file: {error.Message}", error);
        }
    }

    /// <summary>Intensity 0–5 of an action unit at a time; 0 outside the clip and for action units that the clip does not have.</summary>
    public float IntensityAt(int actionUnit, double seconds)
    {
        int frame = (int)Math.Round(seconds * FramesPerSecond);
        if (frame < 0 || frame >= Intensities.Count)
        {
            return 0;
        }

        for (int i = 0; i < ActionUnits.Count; i++)
        {
            if (ActionUnits[i] == actionUnit)
            {
                return Intensities[frame][i];
            }
        }

        return 0;
    }

    /// <summary>The action units that reach an intensity somewhere in the clip.</summary>
    public IReadOnlyList<int> Shown(float intensity) =>
        [.. ActionUnits.Where((_, index) => Intensities.Any(frame => frame[index] >= intensity))];
}
