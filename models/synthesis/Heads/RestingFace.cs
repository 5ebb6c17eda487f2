using AuStream.Synthesis.ActionUnits;
using AuStream.Synthesis.People;
using AuStream.Synthesis.Randomness;

namespace AuStream.Synthesis.Heads;

/// <summary>
/// Draws what a person's face looks like at rest, as weights of expression shapes that become part of the identity and are never
/// labelled. The spread is half as much again as what people's neutral faces measure: a narrow one teaches a network that resting faces are expressions
/// (false AU12 on neutral faces fell from 29 % to 11 % in the feasibility study), a wide one that small movements are rest.
/// </summary>
internal static class RestingFace
{
    private static readonly (FaceShape Left, float Deviation)[] s_sided =
    [
        (FaceShape.BrowDownLeft, 0.32f), (FaceShape.BrowInnerUpLeft, 0.28f), (FaceShape.BrowOuterUpLeft, 0.30f), (FaceShape.BrowPinchLeft, 0.25f),
        (FaceShape.EyeBlinkLeft, 0.13f), (FaceShape.EyeSquintLeft, 0.24f), (FaceShape.EyeWideLeft, 0.22f), (FaceShape.LowerLidUpLeft, 0.22f), (FaceShape.LidBagLeft, 0.40f),
        (FaceShape.MouthSmileLeft, 0.13f), (FaceShape.MouthFrownLeft, 0.11f), (FaceShape.MouthDimpleLeft, 0.20f), (FaceShape.MouthPressLeft, 0.15f), (FaceShape.CornerTuckLeft, 0.24f),
        (FaceShape.CornerDropLeft, 0.10f), (FaceShape.MouthUpperUpLeft, 0.07f), (FaceShape.MouthStretchLeft, 0.10f), (FaceShape.CheekSquintLeft, 0.14f), (FaceShape.CheekBulgeLeft, 0.28f),
        (FaceShape.CheekPuffLeft, 0.10f), (FaceShape.NoseSneerLeft, 0.06f),
    ];

    private static readonly (FaceShape Shape, float Deviation)[] s_single =
    [
        (FaceShape.MouthRollLower, 0.16f), (FaceShape.MouthRollUpper, 0.16f), (FaceShape.MouthPucker, 0.12f), (FaceShape.MouthFunnel, 0.09f), (FaceShape.MouthNarrow, 0.12f),
        (FaceShape.LipThinUpper, 0.30f), (FaceShape.LipThinLower, 0.30f), (FaceShape.MouthShrugLower, 0.12f), (FaceShape.MouthShrugUpper, 0.10f), (FaceShape.ChinBoss, 0.15f), (FaceShape.JawForward, 0.15f),
    ];

    /// <summary>What grows with age: lips thin and roll in, corners sink, lids hood and bag, brows come down. An old face at rest would else look like AU04, 07, 15, 24 and 28.</summary>
    private static readonly (FaceShape Shape, bool IsSided, float Weight)[] s_aging =
    [
        (FaceShape.LipThinUpper, false, 0.60f), (FaceShape.LipThinLower, false, 0.45f), (FaceShape.MouthRollUpper, false, 0.22f), (FaceShape.MouthRollLower, false, 0.15f),
        (FaceShape.MouthPressLeft, true, 0.15f), (FaceShape.CornerDropLeft, true, 0.25f), (FaceShape.MouthFrownLeft, true, 0.12f), (FaceShape.CornerTuckLeft, true, 0.20f),
        (FaceShape.BrowDownLeft, true, 0.28f), (FaceShape.EyeBlinkLeft, true, 0.07f), (FaceShape.EyeSquintLeft, true, 0.18f), (FaceShape.LidBagLeft, true, 0.60f),
    ];

    /// <summary>Men's brows lie lower and straighter, women's lips are fuller; half of the difference, either way from the middle.</summary>
    private static readonly (FaceShape Shape, bool IsSided, float Weight)[] s_male =
    [
        (FaceShape.BrowDownLeft, true, 0.16f), (FaceShape.BrowInnerUpLeft, true, -0.08f), (FaceShape.BrowOuterUpLeft, true, -0.12f), (FaceShape.EyeWideLeft, true, -0.08f), (FaceShape.LipThinUpper, false, 0.15f), (FaceShape.LipThinLower, false, 0.12f),
    ];

    // Mean of the ages that are drawn, so that people as a whole keep their place.
    private const float MiddleAge = 0.4f;

    /// <summary>Draws the weights.</summary>
    /// <param name="random">The person's stream.</param>
    /// <param name="spread">1 for the wide distribution, 0 for none.</param>
    /// <param name="bias">Mean weights that correct a source whose neutral face is not people's average.</param>
    /// <param name="asymmetry">How different the sides are; 1 is common, 3 striking.</param>
    /// <param name="sex">The person's sex.</param>
    /// <param name="age">0 (young adult) to 1 (old).</param>
    public static float[] Draw(RandomStream random, float spread, float asymmetry, PersonSex sex, float age, IReadOnlyList<(FaceShape Left, float Mean)> bias)
    {
        var weights = new float[FaceShapes.Count];

        // Some faces are plain, some strongly marked.
        spread *= random.Uniform(0.4f, 0.95f);
        foreach ((FaceShape left, float deviation) in s_sided)
        {
            float both = random.Normal(0, deviation);
            weights[(int)left] = spread * (both + random.Normal(0, deviation * 0.2f * asymmetry));
            weights[(int)left + 1] = spread * (both + random.Normal(0, deviation * 0.2f * asymmetry));
        }

        foreach ((FaceShape left, float mean) in bias)
        {
            weights[(int)left] += mean;
            weights[(int)left + 1] += mean;
        }

        foreach ((FaceShape shape, float deviation) in s_single)
        {
            weights[(int)shape] = spread * random.Normal(0, deviation);
        }

        Add(weights, s_aging, spread * (age - MiddleAge) * random.Uniform(0.4f, 1.4f));
        Add(weights, s_male, spread * (sex == PersonSex.Male ? 1 : -1) * random.Uniform(0.2f, 1.4f));
        return weights;
    }

    private static void Add(float[] weights, (FaceShape Shape, bool IsSided, float Weight)[] rows, float share)
    {
        foreach ((FaceShape shape, bool isSided, float weight) in rows)
        {
            weights[(int)shape] += weight * share;
            if (isSided)
            {
                weights[(int)shape + 1] += weight * share;
            }
        }
    }

    /// <summary>Keeps the opening of the lids within what people have: 55 to 135 % of the neutral head's.</summary>
    public static void LimitLids(HeadRig rig, Span<System.Numerics.Vector3> positions)
    {
        foreach (FaceSide side in (ReadOnlySpan<FaceSide>)[FaceSide.Right, FaceSide.Left])
        {
            float usual = rig.LidOpening(rig.Neutral, side);
            float opening = rig.LidOpening(positions, side);
            float wanted = Math.Clamp(opening, usual * 0.55f, usual * 1.35f);
            rig.Shapes[(int)FaceShapes.OnSide(FaceShape.EyeBlinkLeft, side)].AddTo(positions, (opening - wanted) / rig.BlinkTravel(side));
        }
    }
}
