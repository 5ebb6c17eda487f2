using AuStream.Synthesis.People;

namespace AuStream.Synthesis.Samples;

/// <summary>How many samples are made, of whom, and how.</summary>
public sealed record SampleOptions
{
    /// <summary>Seed of everything.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>Samples per person, at least <see cref="NeutralPerPerson"/>.</summary>
    public int SamplesPerPerson { get; init; } = 12;

    /// <summary>How many of them show the resting face, at least 2.</summary>
    public int NeutralPerPerson { get; init; } = 2;

    /// <summary>Upper limit of skin textures' side in texels, a power of two.</summary>
    public int LargestTexture { get; init; } = 512;

    /// <summary>False for independent mixtures in place of combinations that people show, and for smiles that nothing follows.</summary>
    public bool HasCombinations { get; init; } = true;

    /// <summary>How people are drawn.</summary>
    public PersonOptions People { get; init; } = new();

    /// <summary>How difficult pictures are.</summary>
    public PictureOptions Pictures { get; init; } = new();

    /// <exception cref="ArgumentException">A value out of range.</exception>
    public void Validate()
    {
        if (NeutralPerPerson < 2 || SamplesPerPerson < NeutralPerPerson)
        {
            throw new ArgumentException($"{SamplesPerPerson} samples per person with {NeutralPerPerson} neutral ones: at least 2 must be neutral, and no more than all.");
        }

        if (Pictures.OccluderShare is not (>= 0 and <= 1))
        {
            throw new ArgumentException($"{nameof(PictureOptions.OccluderShare)} is {Pictures.OccluderShare}; a share lies between 0 and 1.");
        }

        People.Validate();
    }
}
