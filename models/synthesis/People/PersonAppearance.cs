using System.Numerics;

namespace AuStream.Synthesis.People;

/// <summary>Facts about a person's looks for whoever paints the skin. Colours are linear light, 0–1. Immutable.</summary>
public sealed record PersonAppearance
{
    /// <summary>Seed for everything painted.</summary>
    public required ulong Seed { get; init; }

    /// <summary>Asset the head is made of.</summary>
    public required HeadSource Source { get; init; }

    /// <summary>Sex that shape and skin were drawn for.</summary>
    public required PersonSex Sex { get; init; }

    /// <summary>0 (young adult) to 1 (old): wrinkles, spots, grey hair.</summary>
    public required float Age { get; init; }

    /// <summary>0 (lightest) to 1 (darkest skin).</summary>
    public required float SkinDarkness { get; init; }

    /// <summary>Mean colour of the skin.</summary>
    public required Vector3 SkinColor { get; init; }

    /// <summary>Colour of scalp hair, brows and beard.</summary>
    public required Vector3 HairColor { get; init; }

    /// <summary>Colour of the brows.</summary>
    public required Vector3 BrowColor { get; init; }

    /// <summary>Coverage of the brows, 0.2 (sparse) to 1 (dense).</summary>
    public required float BrowDensity { get; init; }

    /// <summary>Height of painted brows relative to the usual, 0.4 (thin) to 1.6 (bushy).</summary>
    public required float BrowThickness { get; init; }

    /// <summary>True when no hair covers the scalp.</summary>
    public required bool IsBald { get; init; }

    /// <summary>True when a hair mesh or headwear covers the scalp, so that no hair need be painted above the hairline.</summary>
    public required bool HasHairMesh { get; init; }

    /// <summary>Stubble or short beard to paint, 0 (shaven) to 1 (dense).</summary>
    public required float Stubble { get; init; }

    /// <summary>True when stubble is painted as moustache and chin only.</summary>
    public required bool StubbleIsGoatee { get; init; }

    /// <summary>True when a beard mesh covers chin or upper lip.</summary>
    public required bool HasBeardMesh { get; init; }

    /// <summary>Redness of cheeks and nose, 0–1.</summary>
    public required float Redness { get; init; }

    /// <summary>Freckles, 0 (none) to 1.</summary>
    public required float Freckles { get; init; }

    /// <summary>Number of moles.</summary>
    public required int Moles { get; init; }

    /// <summary>Darkness around the eyes, 0–1.</summary>
    public required float EyeShadows { get; init; }

    /// <summary>Oily shine, 0–1.</summary>
    public required float Oiliness { get; init; }

    /// <summary>Colour of the lips without make-up.</summary>
    public required Vector3 LipColor { get; init; }

    /// <summary>Lipstick coverage, 0 (none) to 1.</summary>
    public required float Lipstick { get; init; }

    /// <summary>Colour of the lipstick.</summary>
    public required Vector3 LipstickColor { get; init; }

    /// <summary>Eyeliner and mascara, 0–1; dark lash line.</summary>
    public required float Eyeliner { get; init; }

    /// <summary>Eye shadow make-up coverage, 0–1.</summary>
    public required float EyeMakeup { get; init; }

    /// <summary>Colour of the eye shadow make-up.</summary>
    public required Vector3 EyeMakeupColor { get; init; }
}
