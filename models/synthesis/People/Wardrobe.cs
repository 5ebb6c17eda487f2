using System.Numerics;
using AuStream.Synthesis.Assets;
using AuStream.Synthesis.Randomness;
using AuStream.Synthesis.Scene;

namespace AuStream.Synthesis.People;

/// <summary>What the MakeHuman package offers to wear on a head, with materials. Thread-safe.</summary>
internal static class Wardrobe
{
    /// <summary>Hair that leaves the face free (Braid01, bob01, bob02, curly2, long2_alpha7 and short03 do not), with how often men and women wear it.</summary>
    private static readonly (string Name, string Picture, float Men, float Women)[] s_hair =
    [
        ("afro01", "afro_diffuse.png", 0.6f, 0.6f), ("curly", "curly.png", 0.1f, 1), ("long01", "long01_diffuse.png", 0.1f, 1), ("ponytail01", "ponytail01_diffuse.png", 0.1f, 1.5f),
        ("short01", "short01_diffuse.png", 1.5f, 0.5f), ("short02", "short02_diffuse.png", 2, 0.6f), ("short04", "short04_diffuse.png", 2, 0.8f),
        ("Wig_bun_blonde", "wig_bun_blonde_diff1.png", 0, 1), ("junglebookhair", "Hairblackseamless2png.png", 0.2f, 0.8f), ("minoan", "minoan.png", 0.1f, 0.2f),
        ("long_alpha7", "long_alpha7.png", 0.15f, 1), ("southernbelleringlets", "southernbelleringlets.png", 0, 0.4f), ("Harvey_Hawk1", "Hawk.png", 0.12f, 0.04f),
    ];

    private static readonly (string Name, string Picture)[] s_hats =
        [("fedora", "fedora_texture.png"), ("fedora_cocked", "fedora_texture.png"), ("Fishing_Hat_01", "Fishing_Hat_01.png")];

    private static readonly (string Name, string Picture)[] s_menWear =
        [("male_casualsuit01", "male_casualsuit01_diffuse.png"), ("male_casualsuit04", "male_casualsuit04_diffuse.png"), ("male_elegantsuit01", "male_elegantsuit01_diffuse.png")];

    private static readonly (string Name, string Picture)[] s_womenWear =
        [("female_casualsuit01", "female_casualsuit01_diffuse.png"), ("male_casualsuit01", "male_casualsuit01_diffuse.png"), ("Rolled_neck_blouse", "")];

    private static readonly string[] s_lashes = ["Eyelashes01", "eyelashes02", "eyelashes03", "eyelashes04"];
    private static readonly string[] s_teeth = ["Teeth_Base", "Teeth_Shape01", "Teeth_Shape02", "Teeth_Shape03", "Teeth_Shape04", "Teeth_Shape05"];

    public static WornItem Hair(MakeHumanPackage package, RandomStream random, PersonSex sex, Vector3 color)
    {
        float[] weights = [.. s_hair.Select(h => sex == PersonSex.Male ? h.Men : h.Women)];
        (string name, string picture, _, _) = s_hair[random.PickIndex(weights)];
        return new WornItem(package.Worn($"hair/{name}"), Tinted(package, $"proxies/hair/{name}/textures/{picture}", color, MaterialKind.Hair, random.Uniform(0, 0.12f)));
    }

    public static WornItem Beard(MakeHumanPackage package, RandomStream random, Vector3 color)
    {
        string name = random.Chance(0.6f) ? "Full_beard" : "Moustache";
        return new WornItem(package.Worn($"hair/{name}"), Tinted(package, $"proxies/hair/{name}/textures/{name}_black_diff.png", color, MaterialKind.Hair, 0.03f));
    }

    public static WornItem Brows(MakeHumanPackage package, RandomStream random, Vector3 color)
    {
        string name = $"eyebrow{1 + random.Below(12):000}";
        return new WornItem(package.Worn($"eyebrows/{name}"), Tinted(package, $"proxies/eyebrows/{name}/textures/{name}.png", color, MaterialKind.Brow, 0));
    }

    public static WornItem Lashes(MakeHumanPackage package, RandomStream random)
    {
        string name = random.Pick(s_lashes);
        return new WornItem(package.Worn($"eyelashes/{name}"), Tinted(package, $"proxies/eyelashes/{name}/textures/{name.ToLowerInvariant()}.png", new Vector3(0.012f), MaterialKind.Lash, 0));
    }

    public static WornItem Teeth(MakeHumanPackage package, RandomStream random)
    {
        string name = random.Pick(s_teeth);
        return new WornItem(package.Worn($"teeth/{name}"), new Material
        {
            Kind = MaterialKind.Teeth,
            Albedo = package.Picture($"proxies/teeth/{name}/textures/teeth.png"),
            Tint = new Vector3(1, 0.95f, 0.86f) * random.Uniform(0.6f, 1.05f),
            Specular = 0.3f,
            Gloss = 60,
            CastsShadow = false,
        });
    }

    public static WornItem Tongue(MakeHumanPackage package, RandomStream random) => new(package.Worn("tongue/tongue01"), new Material
    {
        Kind = MaterialKind.Mucosa,
        Albedo = package.Picture("proxies/tongue/tongue01/textures/tongue01_diffuse.png"),
        Tint = Vector3.One * random.Uniform(0.6f, 0.95f),
        Specular = 0.25f,
        Gloss = 30,
        CastsShadow = false,
    });

    public static WornItem Hat(MakeHumanPackage package, RandomStream random)
    {
        (string name, string picture) = random.Pick(s_hats);
        return Cloth(package, random, name, picture);
    }

    public static WornItem Clothes(MakeHumanPackage package, RandomStream random, PersonSex sex)
    {
        (string name, string picture) = random.Pick(sex == PersonSex.Male ? s_menWear : s_womenWear);
        return Cloth(package, random, name, picture);
    }

    private static WornItem Cloth(MakeHumanPackage package, RandomStream random, string name, string picture)
    {
        var color = new Vector3(random.Uniform(0.2f, 1), random.Uniform(0.2f, 1), random.Uniform(0.2f, 1));
        bool asItIs = random.Chance(0.4f) && picture.Length > 0;
        return new WornItem(package.Worn($"clothes/{name}"), new Material
        {
            Kind = MaterialKind.Cloth,
            Albedo = picture.Length == 0 ? null : package.Picture($"proxies/clothes/{name}/textures/{picture}"),
            Tint = asItIs ? Vector3.One : picture.Length == 0 ? color * color : color,
            IsTwoSided = true,
        });
    }

    /// <summary>A picture of hair whose mean colour becomes the wanted one.</summary>
    private static Material Tinted(MakeHumanPackage package, string picture, Vector3 color, MaterialKind kind, float specular)
    {
        (Texture texture, float mean) = package.GreyPicture(picture);
        return new Material
        {
            Kind = kind,
            Albedo = texture,
            Tint = Vector3.Clamp(color / MathF.Max(mean, 0.004f), Vector3.Zero, new Vector3(8)),
            Specular = specular,
            Gloss = 12,
            IsBlended = true,
            IsTwoSided = true,
            CastsShadow = kind == MaterialKind.Hair,
        };
    }
}
