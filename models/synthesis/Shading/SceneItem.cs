using System.Numerics;
using AuStream.Synthesis.Scene;

namespace AuStream.Synthesis.Shading;

/// <summary>A part to draw, where it is, and the textures to draw it with.</summary>
/// <param name="Part">Geometry and material.</param>
/// <param name="ToCamera">Rigid motion from the part's space to camera space.</param>
/// <param name="Albedo">Colour and coverage, or null for the material's tint alone.</param>
/// <param name="Relief">Relief (see <see cref="MipTexture.FromHeights"/>), or null for a smooth surface.</param>
public readonly record struct SceneItem(ScenePart Part, Matrix4x4 ToCamera, MipTexture? Albedo, MipTexture? Relief)
{
    /// <summary>A part with the textures of its own material.</summary>
    public static SceneItem FromMaterial(ScenePart part, Matrix4x4 toCamera) => new(
        part,
        toCamera,
        part.Material.Albedo is { } albedo ? MipTexture.Of(albedo) : null,
        part.Material.Height is { } height ? MipTexture.Of(height) : null);
}
