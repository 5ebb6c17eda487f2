using AuStream.Synthesis.Heads;
using AuStream.Synthesis.Randomness;
using AuStream.Synthesis.Scene;

namespace AuStream.Synthesis.People;

/// <summary>Makes both eyeballs of a person.</summary>
internal static class EyeParts
{
    public static IEnumerable<PersonPart> Make(RandomStream random, EyeSphere[] eyes, float darkness, float irisRadiusCentimetres)
    {
        float iris = irisRadiusCentimetres * random.Uniform(0.94f, 1.06f);
        Texture texture = IrisPainter.Paint(random, darkness, MathF.Asin(iris / eyes[0].Radius));
        var material = new Material { Kind = MaterialKind.Eye, Albedo = texture, Specular = 0.5f, Gloss = 120, CastsShadow = false };
        foreach (EyeSphere eye in eyes)
        {
            yield return new EyePersonPart(eye) { Material = material, Triangles = EyeballMesh.Triangles, TextureCoordinates = EyeballMesh.TextureCoordinates };
        }
    }
}
