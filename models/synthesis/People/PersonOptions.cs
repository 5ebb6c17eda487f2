namespace AuStream.Synthesis.People;

/// <summary>How people are drawn.</summary>
public sealed record PersonOptions
{
    /// <summary>Share of people made of ICT heads, 0–1; without that asset all are MakeHuman's.</summary>
    public float IctShare { get; init; } = 0.5f;

    /// <summary>Width of the distribution of resting faces; 1 is the wide one that training needs, 0 the asset's own neutral face.</summary>
    public float RestingSpread { get; init; } = 1;

    /// <summary>True where MakeHuman heads get the proportions of measured people, false for MakeHuman's own.</summary>
    public bool HasMeasuredProportions { get; init; } = true;

    /// <summary>True where every person has a way of moving of his own, false where all follow the table of <see cref="ActionUnits.ActionUnitShapes"/>.</summary>
    public bool HasOwnMovement { get; init; } = true;

    /// <summary>Probability of glasses.</summary>
    public float GlassesShare { get; init; } = 0.12f;

    /// <summary>Probability of headwear.</summary>
    public float HeadwearShare { get; init; } = 0.14f;

    /// <summary>Forces a source, or null to draw it.</summary>
    public HeadSource? Source { get; init; }

    /// <summary>Forces a sex, or null to draw it.</summary>
    public PersonSex? Sex { get; init; }

    /// <exception cref="ArgumentException">A value out of range.</exception>
    public void Validate()
    {
        foreach ((string name, float value) in ((string, float)[])[(nameof(IctShare), IctShare), (nameof(GlassesShare), GlassesShare), (nameof(HeadwearShare), HeadwearShare)])
        {
            if (value is not (>= 0 and <= 1))
            {
                throw new ArgumentException($"{name} is {value}; a probability lies between 0 and 1");
            }
        }

        if (RestingSpread is not (>= 0 and <= 2))
        {
            throw new ArgumentException($"{nameof(RestingSpread)} is {RestingSpread}; it lies between 0 and 2");
        }
    }
}
