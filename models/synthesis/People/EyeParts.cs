using AuStream.Synthesis.Heads;
using AuStream.Synthesis.Randomness;
using AuStream.Synthesis.Scene;

namespace AuStream.Synthesis.People;

/// <summary>Makes both eyeballs of a person.</summary>
internal static class EyeParts
{
    /// <summary>The eyeball is drawn a hair smaller than measured, so that the edges of the lids lie on it and not in it.</summary>
    private const float InsideLids = 0.985f;

    public static IEnumerable<PersonPart> Make(RandomStream random, EyeSphere[] eyes, float darkness, float irisRadiusCentimetres)
    {
        float iris = irisRadiusCentimetres * random.Uniform(0.94f, 1.06f);
        Texture texture = IrisPainter.Paint(random, darkness, MathF.Asin(iris / eyes[0].Radius));
        var material = new Material { Kind = MaterialKind.Eye, Albedo = texture, Specular = 0.5f, Gloss = 120, CastsShadow = false };
        foreach (EyeSphere eye in eyes)
        {
            yield return new EyePersonPart(eye with { Radius = eye.Radius * InsideLids }) { Material = material, Triangles = EyeballMesh.Triangles, TextureCoordinates = EyeballMesh.TextureCoordinates };
        }
    }
}
