using System.Numerics;
using AuStream.Synthesis.Assets;
using AuStream.Synthesis.Randomness;
using AuStream.Synthesis.Scene;

namespace AuStream.Synthesis.People;

/// <summary>Frames and lenses out of the package's one pair of glasses, in many colours.</summary>
internal static class Glasses
{
    private const string Picture = "proxies/clothes/glasses/textures/glasses.png";

    /// <summary>Shape of the pair.</summary>
    public static WornMesh Mesh(MakeHumanPackage package) => package.Worn("clothes/glasses");

    /// <summary>Frame and lenses as parts, the lenses blended.</summary>
    public static IEnumerable<PersonPart> Make(MakeHumanPackage package, RandomStream random, Vector3[] positions)
    {
        WornMesh mesh = Mesh(package);
        Texture picture = package.Picture(Picture);
        var frame = new List<int>();
        var lens = new List<int>();
        for (int t = 0; t < mesh.Triangles.Length; t += 3)
        {
            // Lenses are where the picture is translucent.
            Vector2 at = (mesh.TextureCoordinates[t] + mesh.TextureCoordinates[t + 1] + mesh.TextureCoordinates[t + 2]) / 3;
            (Coverage(picture, at) < 0.9f ? lens : frame).Add(t);
        }

        bool isDark = random.Chance(0.12f);
        bool isMetal = random.Chance(0.3f);
        Vector3 color = isMetal ? new Vector3(0.4f, 0.36f, 0.3f) * random.Uniform(0.4f, 1)
            : random.Chance(0.6f) ? new Vector3(random.Uniform(0.005f, 0.05f)) : new Vector3(random.NextUnit(), random.NextUnit(), random.NextUnit()) * 0.4f;
        yield return Part(mesh, positions, frame, new Material { Kind = MaterialKind.Plastic, Tint = color, Specular = 0.5f, Gloss = 60, IsTwoSided = true });
        if (lens.Count > 0)
        {
            Vector3 glass = isDark ? new Vector3(random.Uniform(0.02f, 0.15f)) : new Vector3(random.Uniform(0.85f, 1), random.Uniform(0.9f, 1), random.Uniform(0.85f, 1));
            yield return Part(mesh, positions, lens, new Material { Kind = MaterialKind.Lens, Tint = glass, Specular = random.Uniform(0.2f, 0.9f), Gloss = 150, IsBlended = true, IsTwoSided = true, CastsShadow = false });
        }
    }

    private static float Coverage(Texture picture, Vector2 at)
    {
        int x = Math.Clamp((int)((at.X - MathF.Floor(at.X)) * picture.Width), 0, picture.Width - 1);
        int y = Math.Clamp((int)((1 - (at.Y - MathF.Floor(at.Y))) * picture.Height), 0, picture.Height - 1);
        return picture.Pixels[(((y * picture.Width) + x) * 4) + 3];
    }

    private static FixedPersonPart Part(WornMesh mesh, Vector3[] positions, List<int> firstCorners, Material material) => new(positions)
    {
        Material = material,
        Triangles = [.. firstCorners.SelectMany(t => mesh.Triangles[t..(t + 3)])],
        TextureCoordinates = [.. firstCorners.SelectMany(t => mesh.TextureCoordinates[t..(t + 3)])],
    };
}
