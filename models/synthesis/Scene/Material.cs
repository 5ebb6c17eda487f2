using System.Numerics;

namespace AuStream.Synthesis.Scene;

/// <summary>Appearance of a <see cref="ScenePart"/>.</summary>
public sealed class Material
{
    /// <summary>What it is made of.</summary>
    public required MaterialKind Kind { get; init; }

    /// <summary>Colour and coverage, or null for <see cref="Tint"/> alone.</summary>
    public Texture? Albedo { get; init; }

    /// <summary>Height in units of the bump scale, same layout as the albedo, or null for a smooth surface.</summary>
    public HeightMap? Height { get; init; }

    /// <summary>Multiplies the albedo; linear light, 0–8 (textures of hair are recoloured with it).</summary>
    public Vector3 Tint { get; init; } = Vector3.One;

    /// <summary>Strength of highlights, 0–1.</summary>
    public float Specular { get; init; }

    /// <summary>Phong exponent of highlights, 1–200.</summary>
    public float Gloss { get; init; } = 20;

    /// <summary>True when coverage below 1 lets what lies behind shine through (sorted, drawn after the opaque parts).</summary>
    public bool IsBlended { get; init; }

    /// <summary>True when triangles seen from behind are drawn too.</summary>
    public bool IsTwoSided { get; init; }

    /// <summary>True for what is not part of the person and may lie on the face: hands, cups. Hides points however close it lies.</summary>
    public bool IsOccluder { get; init; }

    /// <summary>True when it throws shadows.</summary>
    public bool CastsShadow { get; init; } = true;
}
