using AuStream.Synthesis.People;

namespace AuStream.Synthesis.Samples;

/// <summary>What clips are made for training networks that follow a face over time.</summary>
public sealed record SequenceSampleOptions
{
    /// <summary>Seed of everything; a person of a number and seed is the same as in pictures.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>Frames of a typical clip, 16–600; clips have two thirds to four thirds of it, within 2 to 20 seconds.</summary>
    public int FramesPerClip { get; init; } = 40;

    /// <summary>Neutral pictures per person under other light and pose, at least 1.</summary>
    public int ForeignReferences { get; init; } = 2;

    /// <summary>Neutral pictures per person in the clip's own light and camera, facing it, at least 1.</summary>
    public int OwnReferences { get; init; } = 2;

    /// <summary>Share of clips in which the face rests, but for blinks and speech, 0–1.</summary>
    public float CalmShare { get; init; } = 0.12f;

    /// <summary>Share of clips that begin in an expression held for long, 0–1.</summary>
    public float BeginsHeldShare { get; init; } = 0.18f;

    /// <summary>Share of clips in which something comes before the face now and then, 0–1.</summary>
    public float OccludedShare { get; init; } = 0.3f;

    /// <summary>Upper limit of skin textures' side in texels, a power of two.</summary>
    public int LargestTexture { get; init; } = 512;

    /// <summary>How people are drawn.</summary>
    public PersonOptions People { get; init; } = new();

    /// <summary>Rows of a person that show the resting face.</summary>
    internal int References => ForeignReferences + OwnReferences;

    /// <exception cref="ArgumentException">A value out of range.</exception>
    public void Validate()
    {
        if (FramesPerClip is not (>= 16 and <= 600))
        {
            throw new ArgumentException($"{FramesPerClip} frames per clip; 16 to 600 are possible.");
        }

        if (ForeignReferences < 1 || OwnReferences < 1)
        {
            throw new ArgumentException($"{ForeignReferences} neutral pictures under other light and {OwnReferences} under the clip's: at least 1 of each.");
        }

        foreach ((string name, float share) in ((string, float)[])
            [(nameof(CalmShare), CalmShare), (nameof(BeginsHeldShare), BeginsHeldShare), (nameof(OccludedShare), OccludedShare), ("calm and held clips together", CalmShare + BeginsHeldShare)])
        {
            if (share is not (>= 0 and <= 1))
            {
                throw new ArgumentException($"{name}: {share}; a share lies between 0 and 1.");
            }
        }

        People.Validate();
    }
}
