using System.Text.Json;
using AuStream.Synthesis.Samples;

namespace AuStream.Pipeline.Demonstrating;

/// <summary>What is known about the first person of a rendered clip, by time.</summary>
public sealed class KnownClip
{
    private readonly ClipTruth _truth;
    private readonly IReadOnlyList<float[]> _intensities;

    /// <param name="truth">What the generator wrote beside the clip.</param>
    public KnownClip(ClipTruth truth)
    {
        ArgumentNullException.ThrowIfNull(truth);
        _truth = truth;
        _intensities = truth.People[0].Intensities;
    }

    /// <summary>Reads a truth file.</summary>
    /// <exception cref="InvalidDataException">It is not one; the message names the file.</exception>
    public static KnownClip Load(string path)
    {
        try
        {
            using FileStream stream = File.OpenRead(path);
            ClipTruth? truth = JsonSerializer.Deserialize<ClipTruth>(stream);
            bool isGood = truth is { Schema: ClipTruth.CurrentSchema, FramesPerSecond: > 0, People.Count: > 0 }
                && truth.People[0].Intensities.All(frame => frame.Length == truth.ActionUnits.Count);
            return isGood
                ? new KnownClip(truth!)
                : throw new InvalidDataException($"{path}: is not a truth file of format {ClipTruth.CurrentSchema}, or its lengths contradict each other.");
        }
        catch (JsonException error)
        {
            throw new InvalidDataException($"{path}: is not a truth file: {error.Message}", error);
        }
    }

    /// <summary>Intensity 0–5 of an action unit at a time; 0 outside the clip and for action units that the clip does not have.</summary>
    public float IntensityAt(int actionUnit, double seconds)
    {
        int frame = (int)Math.Round(seconds * _truth.FramesPerSecond);
        int index = IndexOf(actionUnit);
        return index < 0 || frame < 0 || frame >= _intensities.Count ? 0 : _intensities[frame][index];
    }

    /// <summary>The action units that reach an intensity somewhere in the clip.</summary>
    public IReadOnlyList<int> Shown(float intensity) =>
        [.. _truth.ActionUnits.Where((_, index) => _intensities.Any(frame => frame[index] >= intensity))];

    private int IndexOf(int actionUnit)
    {
        for (int i = 0; i < _truth.ActionUnits.Count; i++)
        {
            if (_truth.ActionUnits[i] == actionUnit)
            {
                return i;
            }
        }

        return -1;
    }
}
