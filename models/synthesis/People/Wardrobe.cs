using System.Numerics;
using AuStream.Synthesis.Assets;
using AuStream.Synthesis.Randomness;
using AuStream.Synthesis.Scene;

namespace AuStream.Synthesis.People;

/// <summary>What the MakeHuman package offers to wear on a head, with materials. Thread-safe.</summary>
internal static class Wardrobe
{
    /// <summary>Hair that leaves the face free (bob01, bob02 and short03 do not).</summary>
    private static readonly (string Name, string Picture, bool ForMen, bool ForWomen)[] s_hair =
    [
        ("afro01", "afro_diffuse.png", true, true), ("curly", "curly.png", false, true), ("curly2", "curly2.png", true, true),
        ("long01", "long01_diffuse.png", false, true), ("ponytail01", "ponytail01_diffuse.png", false, true), ("short01", "short01_diffuse.png", true, true),
        ("short02", "short02_diffuse.png", true, true), ("short04", "short04_diffuse.png", true, true), ("Braid01", "braid01_diffuse.png", false, true),
        ("Wig_bun_blonde", "wig_bun_blonde_diff1.png", false, true), ("junglebookhair", "Hairblackseamless2png.png", true, true),
        ("minoan", "minoan.png", true, true), ("long_alpha7", "long_alpha7.png", false, true), ("long2_alpha7", "long2_alpha7.png", false, true),
        ("southernbelleringlets", "southernbelleringlets.png", false, true), ("Harvey_Hawk1", "Hawk.png", true, false),
    ];

    private static readonly string[] s_lashes = ["Eyelashes01", "eyelashes02", "eyelashes03", "eyelashes04"];
    private static readonly string[] s_teeth = ["Teeth_Base", "Teeth_Shape01", "Teeth_Shape02", "Teeth_Shape03", "Teeth_Shape04", "Teeth_Shape05"];

    public static (WornMesh Mesh, Material Material) Hair(MakeHumanPackage package, RandomStream random, PersonSex sex, Vector3 color)
    {
        var fitting = s_hair.Where(h => sex == PersonSex.Male ? h.ForMen : h.ForWomen).ToArray();
        (string name, string picture, _, _) = fitting[random.Below(fitting.Length)];
        return (package.Worn($"hair/{name}"), Tinted(package, $"proxies/hair/{name}/textures/{picture}", color, MaterialKind.Hair, random.Uniform(0, 0.12f)));
    }

    public static (WornMesh Mesh, Material Material) Beard(MakeHumanPackage package, RandomStream random, Vector3 color)
    {
        string name = random.Chance(0.5f) ? "Full_beard" : "Moustache";
        return (package.Worn($"hair/{name}"), Tinted(package, $"proxies/hair/{name}/textures/{name}_black_diff.png", color, MaterialKind.Hair, 0.03f));
    }

    public static (WornMesh Mesh, Material Material) Brows(MakeHumanPackage package, RandomStream random, Vector3 color)
    {
        string name = $"eyebrow{1 + random.Below(12):000}";
        return (package.Worn($"eyebrows/{name}"), Tinted(package, $"proxies/eyebrows/{name}/textures/{name}.png", color, MaterialKind.Brow, 0));
    }

    public static (WornMesh Mesh, Material Material) Lashes(MakeHumanPackage package, RandomStream random)
    {
        string name = random.Pick(s_lashes);
        return (package.Worn($"eyelashes/{name}"), Tinted(package, $"proxies/eyelashes/{name}/textures/{name.ToLowerInvariant()}.png", new Vector3(0.012f), MaterialKind.Lash, 0));
    }

    public static (WornMesh Mesh, Material Material) Teeth(MakeHumanPackage package, RandomStream random)
    {
        string name = random.Pick(s_teeth);
        Texture picture = package.Picture($"proxies/teeth/{name}/textures/teeth.png");
        return (package.Worn($"teeth/{name}"), new Material
        {
            Kind = MaterialKind.Teeth,
            Albedo = picture,
            Tint = new Vector3(1, 0.95f, 0.86f) * random.Uniform(0.6f, 1.05f),
            Specular = 0.3f,
            Gloss = 60,
            CastsShadow = false,
        });
    }

    public static (WornMesh Mesh, Material Material) Tongue(MakeHumanPackage package, RandomStream random) =>
        (package.Worn("tongue/tongue01"), new Material
        {
            Kind = MaterialKind.Mucosa,
            Albedo = package.Picture("proxies/tongue/tongue01/textures/tongue01_diffuse.png"),
            Tint = Vector3.One * random.Uniform(0.6f, 0.95f),
            Specular = 0.25f,
            Gloss = 30,
            CastsShadow = false,
        });

    /// <summary>A picture of hair whose mean colour becomes the wanted one.</summary>
    private static Material Tinted(MakeHumanPackage package, string picture, Vector3 color, MaterialKind kind, float specular)
    {
        Texture texture = package.Picture(picture);
        Vector3 tint = color / Vector3.Max(Assets.Pictures.Mean(texture), new Vector3(0.004f));
        return new Material
        {
            Kind = kind,
            Albedo = texture,
            Tint = Vector3.Clamp(tint, Vector3.Zero, new Vector3(8)),
            Specular = specular,
            Gloss = 12,
            IsBlended = true,
            IsTwoSided = true,
            CastsShadow = kind == MaterialKind.Hair,
        };
    }
}
