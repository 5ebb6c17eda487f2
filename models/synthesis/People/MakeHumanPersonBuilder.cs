using System.Numerics;
using AuStream.Synthesis.Assets;
using AuStream.Synthesis.Heads;
using AuStream.Synthesis.Headwear;
using AuStream.Synthesis.Randomness;
using AuStream.Synthesis.Scene;

namespace AuStream.Synthesis.People;

/// <summary>Makes people of MakeHuman's head with photographic skin, hair, brows, lashes and beards.</summary>
internal static class MakeHumanPersonBuilder
{
    private const float IrisRadiusCentimetres = 0.62f;

    public static PersonGeometry Build(ulong seed, RandomStream random, SynthesisAssets assets, PersonOptions options)
    {
        MakeHumanHead head = assets.MakeHuman;
        MakeHumanPackage package = head.Package;
        MakeHumanIdentity identity = MakeHumanIdentity.Draw(random.Split("shape"), head, assets.MakeHumanLipSeal, options);
        EyeSphere[] eyes = [FitEye(head, identity.Positions, MakeHumanVertices.RightEye), FitEye(head, identity.Positions, MakeHumanVertices.LeftEye)];
        eyes = EyeOrigin.Center(identity.Positions, eyes);

        RandomStream looks = random.Split("looks");
        (Texture photograph, Vector3 mean) = assets.Skins.Draw(looks, identity.Ancestry, identity.Age, identity.Sex);
        Vector3 tint = SkinTint(looks, mean);
        Vector3 skin = Vector3.Min(mean * tint, new Vector3(0.95f));
        float darkness = Math.Clamp((0.80f - MathF.Sqrt((skin.X + skin.Y + skin.Z) / 3)) / 0.62f, 0, 1);
        bool isMale = identity.Sex == PersonSex.Male;
        bool hasHat = looks.Chance(options.HeadwearShare);
        bool hasGlasses = looks.Chance(options.GlassesShare);
        bool isBald = looks.Chance(isMale ? 0.12f : 0.02f);
        bool hasBeard = isMale && looks.Chance(0.2f);
        PersonAppearance appearance = AppearanceSampler.Draw(looks, seed, HeadSource.MakeHuman, identity.Sex, identity.Age, darkness, isBald, !isBald || hasHat, hasBeard) with { SkinColor = skin };

        RandomStream random2 = random.Split("parts");
        var parts = new List<PersonPart>
        {
            Part(head.Skin, new Material { Kind = MaterialKind.Skin, Albedo = photograph, Tint = tint, Specular = 0.12f + (0.35f * appearance.Oiliness), Gloss = random2.Uniform(8, 40) }),
            Part(head.MouthCavity, new Material { Kind = MaterialKind.Cavity, Tint = new Vector3(0.26f, 0.07f, 0.06f), CastsShadow = false }, isInsideMouth: true),
            Part(head.EyeSockets, new Material { Kind = MaterialKind.Mucosa, Albedo = photograph, Tint = tint * new Vector3(1, 0.7f, 0.68f), Specular = 0.2f, IsTwoSided = true, CastsShadow = false }),
        };
        parts.AddRange(EyeParts.Make(random.Split("eyes"), eyes, darkness, IrisRadiusCentimetres));
        WornItem teeth = Wardrobe.Teeth(package, random2);
        parts.Add(new WornPersonPart(teeth.Mesh)
        {
            Material = teeth.Material,
            Triangles = teeth.Mesh.Triangles,
            TextureCoordinates = teeth.Mesh.TextureCoordinates,
            Openness = DepthOpenness(teeth.Mesh, identity.Positions),
            IsInsideMouth = true,
        });
        WornItem tongue = Wardrobe.Tongue(package, random2);
        parts.Add(new TonguePersonPart(tongue.Mesh)
        {
            Material = tongue.Material,
            Triangles = tongue.Mesh.Triangles,
            TextureCoordinates = tongue.Mesh.TextureCoordinates,
            Openness = DepthOpenness(tongue.Mesh, identity.Positions),
            IsInsideMouth = true,
        });
        WornItem brows = Wardrobe.Brows(package, random2, appearance.BrowColor);
        parts.Add(Worn(brows));
        parts.Add(Worn(Wardrobe.Lashes(package, random2)));
        if (hasBeard)
        {
            parts.Add(Worn(Wardrobe.Beard(package, random2, appearance.HairColor)));
        }

        WornItem hair = Wardrobe.Hair(package, random2, identity.Sex, appearance.HairColor);
        if (hasHat)
        {
            parts.AddRange(Headwear(random.Split("headwear"), identity, head, package));
        }
        else if (!isBald)
        {
            parts.Add(Fixed(hair, identity.Positions));
        }

        if (hasGlasses)
        {
            WornMesh glasses = Glasses.Mesh(package);
            parts.AddRange(Glasses.Make(package, random.Split("glasses"), FitTo(glasses, identity.Positions)));
        }

        parts.Add(Fixed(Wardrobe.Clothes(package, random.Split("clothes"), identity.Sex), identity.Positions));

        return new PersonGeometry(head.Rig, identity.Positions, eyes, parts, head.SkinLayout, appearance, WornBrows.Of(head, brows));
    }

    /// <summary>
    /// The photographs are either light or dark, and the dark ones redder than skin is: the tint fills the range between them and takes most of that cast away.
    /// </summary>
    private static Vector3 SkinTint(RandomStream random, Vector3 mean)
    {
        float luminance = AppearanceSampler.Luminance(mean);
        float level = luminance < 0.15f ? random.Uniform(0.75f, 2.2f) : random.Uniform(0.55f, 1.15f);
        Vector3 usual = AppearanceSampler.SkinOfLuminance(luminance * level);
        var cast = new Vector3(1 + random.Normal(0, 0.05f), 1 + random.Normal(0, 0.05f), 1 + random.Normal(0, 0.05f));
        return Vector3.Lerp(new Vector3(level), usual / mean, 0.75f) * cast;
    }

    private static IEnumerable<PersonPart> Headwear(RandomStream random, MakeHumanIdentity identity, MakeHumanHead head, MakeHumanPackage package)
    {
        HeadwearKind kind = HeadwearMaker.Draw(random, identity.Sex);
        if (kind == HeadwearKind.Hat)
        {
            return [Fixed(Wardrobe.Hat(package, random), identity.Positions)];
        }

        var hull = new HeadHull(identity.Positions, head.Skin.Vertices, [.. head.Rig.Landmarks68.Select(v => identity.Positions[v])]);
        return HeadwearMaker.Make(kind, random, hull, (shell, repeats, cloth) => DrapedPersonPart.Of(shell, repeats, cloth, identity.Positions, head.Skin.Vertices));
    }

    /// <summary>The farther back in the mouth, the darker.</summary>
    private static float[] DepthOpenness(WornMesh mesh, Vector3[] identity)
    {
        var positions = new Vector3[mesh.VertexCount];
        mesh.Fit(identity, positions);
        float front = positions.Max(p => p.Z);
        return [.. positions.Select(p => Math.Clamp((p.Z - (front - 4.6f)) / 4.1f, 0.25f, 0.95f))];
    }

    private static EyeSphere FitEye(MakeHumanHead head, Vector3[] identity, (int First, int Count) helper)
    {
        var points = new Vector3[helper.Count];
        for (int i = 0; i < points.Length; i++)
        {
            points[i] = identity[head.Package.Compact(helper.First + i)];
        }

        return SphereFit.Fit(points);
    }

    private static MeshPersonPart Part(MeshPart mesh, Material material, bool isInsideMouth = false) => new(mesh.Vertices)
    {
        IsInsideMouth = isInsideMouth,
        Material = material,
        Triangles = mesh.Triangles,
        TextureCoordinates = mesh.TextureCoordinates,
        Openness = mesh.Openness,
    };

    private static WornPersonPart Worn(WornItem item) => new(item.Mesh)
    {
        Material = item.Material,
        Triangles = item.Mesh.Triangles,
        TextureCoordinates = item.Mesh.TextureCoordinates,
    };

    private static FixedPersonPart Fixed(WornItem item, Vector3[] identity) => new(FitTo(item.Mesh, identity))
    {
        Material = item.Material,
        Triangles = item.Mesh.Triangles,
        TextureCoordinates = item.Mesh.TextureCoordinates,
    };

    private static Vector3[] FitTo(WornMesh mesh, Vector3[] identity)
    {
        var positions = new Vector3[mesh.VertexCount];
        mesh.Fit(identity, positions);
        return positions;
    }
}
