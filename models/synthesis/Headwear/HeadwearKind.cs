namespace AuStream.Synthesis.Headwear;

/// <summary>What is worn on a head.</summary>
internal enum HeadwearKind
{
    /// <summary>A hat of the MakeHuman package.</summary>
    Hat,

    /// <summary>A cap with a peak.</summary>
    Cap,

    /// <summary>A knitted cap.</summary>
    Beanie,

    /// <summary>Cloth wound around the upper head.</summary>
    Turban,

    /// <summary>Cloth around head and neck that leaves the face free, closed below the chin.</summary>
    Headscarf,

    /// <summary>Cloth over head and shoulders, open at the neck.</summary>
    Shawl,
}
