using System.Numerics;

namespace AuStream.Synthesis.Scene;

/// <summary>Where facial features lie in a head's skin texture, so that one painter of brows, wrinkles and lips serves every head mesh.</summary>
public sealed class SkinLayout
{
    /// <summary>Texture coordinates of the 68 iBUG points (u right, v up, 0–1).</summary>
    public required Vector2[] Points68 { get; init; }

    /// <summary>True when the mesh needs brows painted into the skin texture (no brow geometry).</summary>
    public required bool NeedsPaintedBrows { get; init; }

    /// <summary>True when a scalp hair cap and stubble may be painted into the texture (no photograph of skin below).</summary>
    public required bool IsPhotographic { get; init; }

    /// <summary>Side of the square skin texture in texels to be painted.</summary>
    public required int TextureSize { get; init; }
}
