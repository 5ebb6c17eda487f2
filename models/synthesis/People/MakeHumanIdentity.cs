using System.Numerics;
using System.Runtime.CompilerServices;
using AuStream.Synthesis.Assets;
using AuStream.Synthesis.Heads;
using AuStream.Synthesis.Randomness;

namespace AuStream.Synthesis.People;

/// <summary>Draws the shape of a MakeHuman head: ancestry, sex, age and weight mixed continuously, many details, a resting face.</summary>
internal sealed class MakeHumanIdentity
{
    private static readonly string[] s_ancestries = ["caucasian", "african", "asian"];
    private static readonly string[] s_detailFolders = ["eyes", "nose", "mouth", "chin", "cheek", "head", "forehead", "eyebrows", "ears"];

    /// <summary>MakeHuman's neutral brows are drawn together and low, as in anger, and its mouth corners hang.</summary>
    private static readonly (FaceShape, float)[] s_restingBias = [(FaceShape.BrowInnerUpLeft, 0.42f), (FaceShape.BrowDownLeft, -0.36f), (FaceShape.BrowPinchLeft, -0.30f), (FaceShape.MouthSmileLeft, 0.08f)];

    private static readonly ConditionalWeakTable<MakeHumanPackage, string[][]> s_detailGroups = [];

    /// <summary>In the package, r-eye-bag-max throws vertices of the lashes metres away (numbers ran over).</summary>
    private const string DamagedTarget = "-eye-bag-max";

    private MakeHumanIdentity(Vector3[] positions, PersonSex sex, float age, float[] ancestry)
    {
        Positions = positions;
        Sex = sex;
        Age = age;
        Ancestry = ancestry;
    }

    public Vector3[] Positions { get; }

    public PersonSex Sex { get; }

    /// <summary>0 (young adult) to 1 (old).</summary>
    public float Age { get; }

    /// <summary>Shares of Caucasian, African and Asian shape and skin; their sum is 1.</summary>
    public float[] Ancestry { get; }

    public static MakeHumanIdentity Draw(RandomStream random, MakeHumanHead head, LipSeal seal, PersonOptions options)
    {
        PersonSex sex = options.Sex ?? (random.Chance(0.5f) ? PersonSex.Male : PersonSex.Female);
        float age = random.NextUnit();
        age *= MathF.Sqrt(age);
        float[] ancestry = Shares(random);
        Vector3[] positions = [.. head.Package.Positions];
        AddMacro(positions, random, head, sex, age, ancestry);
        AddDetails(positions, random, head);
        if (options.HasMeasuredProportions)
        {
            FaceProportions.Apply(positions, random.Split("proportions"), head);
        }

        float[] rest = RestingFace.Draw(random, options.RestingSpread, random.Chance(0.2f) ? 3 : 1, sex, age, s_restingBias);
        for (int i = 0; i < rest.Length; i++)
        {
            head.Rig.Shapes[i].AddTo(positions, rest[i]);
        }

        float raised = random.Uniform(0.1f, 0.7f);
        foreach (string side in (string[])["left", "right"])
        {
            head.Package.Target($"expression/units/caucasian/eyebrows-{side}-up").AddTo(positions, raised);
        }

        RestingFace.LimitLids(head.Rig, positions);
        seal.Close(positions);
        return new MakeHumanIdentity(positions, sex, age, ancestry);
    }

    private static float[] Shares(RandomStream random)
    {
        var shares = new float[3];
        float sum = 0;
        for (int i = 0; i < shares.Length; i++)
        {
            // The fourth power makes one ancestry dominate, mixtures less common.
            float u = random.NextUnit();
            shares[i] = u * u * u * u;
            sum += shares[i];
        }

        for (int i = 0; i < shares.Length; i++)
        {
            shares[i] /= sum;
        }

        return shares;
    }

    private static void AddMacro(Vector3[] positions, RandomStream random, MakeHumanHead head, PersonSex sex, float age, float[] ancestry)
    {
        string mine = sex == PersonSex.Male ? "male" : "female";
        string other = sex == PersonSex.Male ? "female" : "male";
        float otherShare = random.Uniform(0, 0.35f);
        for (int a = 0; a < s_ancestries.Length; a++)
        {
            foreach ((string stage, float share) in ((string, float)[])[("young", 1 - age), ("old", age)])
            {
                head.Package.Target($"macrodetails/{s_ancestries[a]}-{mine}-{stage}").AddTo(positions, ancestry[a] * share * (1 - otherShare));
                head.Package.Target($"macrodetails/{s_ancestries[a]}-{other}-{stage}").AddTo(positions, ancestry[a] * share * otherShare);
            }
        }

        // Weight: between lean and heavy, most people near the middle.
        float weight = (random.NextUnit() + random.NextUnit() - 1) * 1.1f;
        string extreme = weight > 0 ? "maxweight" : "minweight";
        foreach ((string stage, float share) in ((string, float)[])[("young", 1 - age), ("old", age)])
        {
            string prefix = $"macrodetails/universal-{mine}-{stage}-averagemuscle-";
            head.Package.Target(prefix + "averageweight").AddTo(positions, share * (1 - MathF.Abs(weight)));
            head.Package.Target(prefix + extreme).AddTo(positions, share * MathF.Abs(weight));
        }
    }

    private static void AddDetails(Vector3[] positions, RandomStream random, MakeHumanHead head)
    {
        string[][] groups = s_detailGroups.GetValue(head.Package, DetailGroups);
        int count = 10 + random.Below(34);
        for (int i = 0; i < count; i++)
        {
            string[] group = groups[random.Below(groups.Length)];
            float weight = random.Uniform(0, 0.75f) * random.NextUnit();
            foreach (string target in group)
            {
                head.Package.Target(target).AddTo(positions, weight * random.Uniform(0.8f, 1.2f));
            }
        }
    }

    /// <summary>Targets of both sides go together.</summary>
    private static string[][] DetailGroups(MakeHumanPackage package) =>
    [
        .. package.TargetNames
            .Where(n => n.Split('/') is [var folder, _] && s_detailFolders.Contains(folder) && !n.EndsWith(DamagedTarget, StringComparison.Ordinal))
            .GroupBy(n => n.Replace("/l-", "/-", StringComparison.Ordinal).Replace("/r-", "/-", StringComparison.Ordinal), StringComparer.Ordinal)
            .OrderBy(g => g.Key, StringComparer.Ordinal)
            .Select(g => g.Order(StringComparer.Ordinal).ToArray()),
    ];
}
