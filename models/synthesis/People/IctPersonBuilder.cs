using System.Numerics;
using AuStream.Synthesis.Assets;
using AuStream.Synthesis.Heads;
using AuStream.Synthesis.Headwear;
using AuStream.Synthesis.Randomness;
using AuStream.Synthesis.Scene;

namespace AuStream.Synthesis.People;

/// <summary>Makes people of ICT-FaceKit heads.</summary>
internal static class IctPersonBuilder
{
    private const float IrisRadiusCentimetres = 0.62f;

    /// <summary>ICT's neutral brows lie higher than people's, and its mouth corners a little lower. With the hair painted lower than the bone, the attention mesh sees rest where the average face has it.</summary>
    private static readonly (FaceShape, float)[] s_restingBias = [(FaceShape.BrowInnerUpLeft, -0.3f), (FaceShape.BrowOuterUpLeft, -0.25f), (FaceShape.BrowDownLeft, 0.1f), (FaceShape.MouthSmileLeft, 0.06f)];

    public static PersonGeometry Build(ulong seed, RandomStream random, SynthesisAssets assets, PersonOptions options)
    {
        IctFaceModel model = assets.Ict!;
        RandomStream looks = random.Split("looks");
        PersonSex sex = options.Sex ?? (looks.Chance(0.5f) ? PersonSex.Male : PersonSex.Female);
        float age = looks.NextUnit();
        age *= MathF.Sqrt(age);
        Vector3[] identity = ShapeIdentity(model, random.Split("shape"), options.RestingSpread, sex, age);
        assets.IctLipSeal!.Close(identity);
        EyeSphere[] eyes = [FitEye(model, identity, IctFaceModel.Sclerae.Right), FitEye(model, identity, IctFaceModel.Sclerae.Left)];
        eyes = EyeOrigin.Center(identity, eyes);

        float darkness = looks.Chance(0.75f) ? looks.NextUnit() : looks.Uniform(0, 0.5f);
        bool hasHat = looks.Chance(options.HeadwearShare);
        bool hasGlasses = looks.Chance(options.GlassesShare);
        bool isBald = !hasHat && looks.Chance(sex == PersonSex.Male ? 0.12f : 0.02f);
        bool hasHairMesh = hasHat || (!isBald && looks.Chance(0.75f));
        PersonAppearance appearance = AppearanceSampler.Draw(looks, seed, HeadSource.Ict, sex, age, darkness, isBald, hasHairMesh, hasBeardMesh: false);

        RandomStream colors = random.Split("parts");
        var parts = new List<PersonPart>
        {
            Part(model.Skin, new Material { Kind = MaterialKind.Skin, Tint = appearance.SkinColor, Specular = 0.15f + (0.35f * appearance.Oiliness), Gloss = colors.Uniform(8, 40) }),
            Inside(model.MouthCavity, new Material { Kind = MaterialKind.Cavity, Tint = new Vector3(0.22f, 0.05f, 0.05f), IsTwoSided = true, CastsShadow = false }),
            Part(model.EyeSockets, new Material { Kind = MaterialKind.Mucosa, Tint = appearance.SkinColor * new Vector3(1, 0.62f, 0.6f), Specular = 0.2f, IsTwoSided = true, CastsShadow = false }),
            Inside(model.Gums, new Material { Kind = MaterialKind.Mucosa, Tint = new Vector3(0.45f, 0.15f, 0.15f) * colors.Uniform(0.7f, 1.1f), Specular = 0.3f, Gloss = 40, CastsShadow = false }),
            Inside(model.Teeth, new Material { Kind = MaterialKind.Teeth, Tint = new Vector3(0.75f, 0.70f, 0.60f) * colors.Uniform(0.6f, 1.05f), Specular = 0.3f, Gloss = 60, CastsShadow = false }),
        };
        parts.AddRange(EyeParts.Make(random.Split("eyes"), eyes, darkness, IrisRadiusCentimetres));
        MakeHumanPackage package = assets.MakeHuman.Package;
        IctWardrobe wardrobe = assets.IctWardrobe!;
        if (hasHat)
        {
            parts.AddRange(Headwear(random.Split("headwear"), sex, identity, model, wardrobe, package));
        }
        else if (hasHairMesh)
        {
            parts.Add(Fixed(wardrobe, Wardrobe.Hair(package, colors, sex, appearance.HairColor), identity));
        }

        if (hasGlasses)
        {
            parts.AddRange(Glasses.Make(package, random.Split("glasses"), wardrobe.FitGlasses(Glasses.Mesh(package), identity)));
        }

        parts.Add(Fixed(wardrobe, Wardrobe.Clothes(package, random.Split("clothes"), sex), identity));
        return new PersonGeometry(model.Rig, identity, eyes, parts, model.SkinLayout, appearance, BrowPoints.Of(model, appearance));
    }

    private static IEnumerable<PersonPart> Headwear(
        RandomStream random, PersonSex sex, Vector3[] identity, IctFaceModel model, IctWardrobe wardrobe, MakeHumanPackage package)
    {
        HeadwearKind kind = HeadwearMaker.Draw(random, sex);
        if (kind == HeadwearKind.Hat)
        {
            return [Fixed(wardrobe, Wardrobe.Hat(package, random), identity)];
        }

        var hull = new HeadHull(identity, model.Skin.Vertices, [.. model.Rig.Landmarks68.Select(v => identity[v])]);
        return HeadwearMaker.Make(kind, random, hull, (shell, repeats, cloth) => DrapedPersonPart.Of(shell, repeats, cloth, identity, model.Skin.Vertices));
    }

    private static Vector3[] ShapeIdentity(IctFaceModel model, RandomStream random, float spread, PersonSex sex, float age)
    {
        Vector3[] identity = [.. model.Rig.Neutral];
        float boldness = random.Uniform(0.4f, 1.1f);
        foreach (MorphShape mode in model.Identities)
        {
            mode.AddTo(identity, random.Normal() * boldness);
        }

        float[] rest = RestingFace.Draw(random, spread, random.Chance(0.2f) ? 3 : 1, sex, age, s_restingBias);
        for (int i = 0; i < rest.Length; i++)
        {
            model.Rig.Shapes[i].AddTo(identity, rest[i]);
        }

        RestingFace.LimitLids(model.Rig, identity);
        return identity;
    }

    private static EyeSphere FitEye(IctFaceModel model, Vector3[] identity, int first)
    {
        // The identity modes move and scale the sclera as a whole.
        int count = IctFaceModel.Sclerae.Count;
        Vector3 mean = Vector3.Zero;
        Vector3 neutralMean = Vector3.Zero;
        for (int v = first; v < first + count; v++)
        {
            mean += identity[v] / count;
            neutralMean += model.Rig.Neutral[v] / count;
        }

        float size = 0;
        float neutralSize = 0;
        for (int v = first; v < first + count; v++)
        {
            size += Vector3.Distance(identity[v], mean);
            neutralSize += Vector3.Distance(model.Rig.Neutral[v], neutralMean);
        }

        float scale = size / neutralSize;
        EyeSphere neutral = model.NeutralEye(first);
        return new EyeSphere(mean + ((neutral.Center - neutralMean) * scale), neutral.Radius * scale);
    }

    private static FixedPersonPart Fixed(IctWardrobe wardrobe, WornItem item, Vector3[] identity) => new(wardrobe.Fit(item.Mesh, identity))
    {
        Material = item.Material,
        Triangles = item.Mesh.Triangles,
        TextureCoordinates = item.Mesh.TextureCoordinates,
    };

    private static MeshPersonPart Part(MeshPart mesh, Material material) => Make(mesh, material, false);

    private static MeshPersonPart Inside(MeshPart mesh, Material material) => Make(mesh, material, true);

    private static MeshPersonPart Make(MeshPart mesh, Material material, bool isInsideMouth) => new(mesh.Vertices)
    {
        IsInsideMouth = isInsideMouth,
        Material = material,
        Triangles = mesh.Triangles,
        TextureCoordinates = mesh.TextureCoordinates,
        Openness = mesh.Openness,
    };
}
