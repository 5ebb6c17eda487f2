using System.Numerics;
using AuStream.Synthesis.Occluding;
using AuStream.Synthesis.Cameras;
using AuStream.Synthesis.Pictures;
using AuStream.Synthesis.Scene;
using AuStream.Synthesis.Shading;

namespace AuStream.Synthesis.Tests.Shading;

/// <summary>Balls and boxes before a camera.</summary>
internal static class TestScene
{
    public const int Side = 64;

    public static PinholeCamera Camera { get; } = new(Side, Side, 100, Side / 2f, Side / 2f);

    public static LightRig Light(Vector3 direction, float ambient = 0.2f, float shadow = 1) => new()
    {
        Lights = [new DirectionalLight(Vector3.Normalize(direction), Vector3.One, 0.05f)],
        Surroundings = Uniform(ambient),
        ShadowStrength = shadow,
        OcclusionStrength = 0,
    };

    public static SphericalIrradiance Uniform(float radiance)
    {
        var surroundings = new SphericalIrradiance();
        surroundings.AddUniform(new Vector3(radiance));
        return surroundings;
    }

    public static ScenePart Ball(Vector3 center, float radius, Material material) => new PrimitiveMesh().AddCapsule(center, center, radius, radius).ToPart(material);

    public static ScenePart Plate(Vector3 center, float half, Material material) =>
        new PrimitiveMesh().AddBox(center, new Vector3(half, 0, 0), new Vector3(0, half, 0), new Vector3(0, 0, 0.2f)).ToPart(material);

    public static Material Matte(Vector3 color) => new() { Kind = MaterialKind.Cloth, Tint = color };

    public static LinearImage Render(LightRig light, params ScenePart[] parts)
    {
        var image = new LinearImage(Side, Side);
        new Renderer().Render([.. parts.Select(part => SceneItem.FromMaterial(part, Matrix4x4.Identity))], Camera, light, image);
        return image;
    }

    public static Vector4 At(LinearImage image, int x, int y) => image.Pixels[(y * image.Width) + x];
}
