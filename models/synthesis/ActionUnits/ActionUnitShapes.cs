using AuStream.Synthesis.Heads;
using AuStream.Synthesis.Randomness;

namespace AuStream.Synthesis.ActionUnits;

/// <summary>
/// The table from action units to shapes of the face: at strength 1 (FACS intensity E) an action unit moves each of its shapes
/// by the weight given here. AU43 is missing: its lid closure is solved from the person's own lid opening. AU25 to AU27 are
/// labelled by what is measured, so their rows only say how to get there.
/// </summary>
public sealed class ActionUnitShapes
{
    private static readonly Row[] s_rows =
    [
        new(1, FaceShape.BrowInnerUpLeft, true, 1.45f), new(1, FaceShape.BrowOuterUpLeft, true, 0.10f),
        new(2, FaceShape.BrowOuterUpLeft, true, 1.50f),
        new(4, FaceShape.BrowDownLeft, true, 1.75f), new(4, FaceShape.BrowPinchLeft, true, 0.90f),
        new(5, FaceShape.EyeWideLeft, true, 1.65f),
        new(6, FaceShape.CheekSquintLeft, true, 1.05f), new(6, FaceShape.CheekBulgeLeft, true, 1.20f), new(6, FaceShape.LowerLidUpLeft, true, 0.15f), new(6, FaceShape.LidBagLeft, true, 0.70f),
        new(7, FaceShape.EyeSquintLeft, true, 1.30f), new(7, FaceShape.EyeBlinkLeft, true, 0.18f), new(7, FaceShape.LowerLidUpLeft, true, 0.75f), new(7, FaceShape.LidBagLeft, true, 0.25f),
        new(9, FaceShape.NoseSneerLeft, true, 1.10f), new(9, FaceShape.BrowDownLeft, true, 0.30f), new(9, FaceShape.MouthUpperUpLeft, true, -0.15f),
        new(10, FaceShape.MouthUpperUpLeft, true, 0.90f),
        new(12, FaceShape.MouthSmileLeft, true, 1.10f),
        new(14, FaceShape.MouthDimpleLeft, true, 1.25f), new(14, FaceShape.MouthPressLeft, true, 0.15f), new(14, FaceShape.CornerTuckLeft, true, 1.00f),
        new(15, FaceShape.MouthFrownLeft, true, 1.20f), new(15, FaceShape.CornerDropLeft, true, 0.65f), new(15, FaceShape.MouthStretchLeft, true, -0.30f),
        new(17, FaceShape.MouthShrugLower, false, 1.00f), new(17, FaceShape.MouthShrugUpper, false, 0.70f), new(17, FaceShape.ChinBoss, false, 0.90f),
        new(18, FaceShape.MouthPucker, false, 1.00f), new(18, FaceShape.MouthFunnel, false, 0.12f),
        new(20, FaceShape.MouthStretchLeft, true, 1.15f), new(20, FaceShape.MouthSmileLeft, true, 0.15f), new(20, FaceShape.LipThinUpper, false, 0.35f), new(20, FaceShape.LipThinLower, false, 0.35f),
        new(23, FaceShape.LipThinUpper, false, 0.90f), new(23, FaceShape.LipThinLower, false, 0.90f), new(23, FaceShape.MouthNarrow, false, 0.90f), new(23, FaceShape.MouthRollLower, false, 0.25f), new(23, FaceShape.MouthRollUpper, false, 0.20f),
        new(24, FaceShape.MouthPressLeft, true, 0.75f), new(24, FaceShape.LipThinUpper, false, 1.10f), new(24, FaceShape.LipThinLower, false, 1.10f), new(24, FaceShape.MouthRollLower, false, 0.20f), new(24, FaceShape.MouthRollUpper, false, 0.20f), new(24, FaceShape.ChinBoss, false, 0.25f),
        new(25, FaceShape.MouthLowerDownLeft, true, 0.80f), new(25, FaceShape.MouthUpperUpLeft, true, 0.35f),
        new(26, FaceShape.JawOpen, false, 0.50f),
        new(27, FaceShape.JawOpen, false, 0.90f),
        new(28, FaceShape.MouthRollLower, false, 1.15f), new(28, FaceShape.MouthRollUpper, false, 1.05f),
    ];

    /// <summary>
    /// What comes along with an action unit in some people and is not labelled: nobody smiles with one muscle fibre alone. The zygomatic pulls here more aside,
    /// there more upwards, lips thin as they are drawn long, a cheek lifts the wings of the nose. Each person has a part of each, from none to the weight given here.
    /// Without it a network calls the stretched, tucked and sneering sides of real smiles AU20, AU14 and AU09.
    /// </summary>
    private static readonly Row[] s_companions =
    [
        new(12, FaceShape.MouthStretchLeft, true, 0.30f), new(12, FaceShape.MouthDimpleLeft, true, 0.25f), new(12, FaceShape.CornerTuckLeft, true, 0.25f), new(12, FaceShape.MouthUpperUpLeft, true, 0.15f),
        new(12, FaceShape.NoseSneerLeft, true, 0.20f), new(12, FaceShape.LipThinUpper, false, 0.35f), new(12, FaceShape.LipThinLower, false, 0.30f),
        new(1, FaceShape.EyeWideLeft, true, 0.25f), new(2, FaceShape.EyeWideLeft, true, 0.40f), new(4, FaceShape.EyeSquintLeft, true, 0.20f), new(6, FaceShape.EyeSquintLeft, true, 0.35f), new(10, FaceShape.NoseSneerLeft, true, 0.15f),
    ];

    // A smile that parts the lips bares the teeth without the jaw: a lip gap of a centimetre is no AU26.
    private const float BaredUpperLip = 0.15f;
    private const float BaredLowerLip = 0.45f;
    private const float BaredJaw = 0.08f;

    private readonly float[] _weights = new float[s_rows.Length];
    private readonly float[] _companions = new float[s_companions.Length];

    /// <summary>The table as it stands, without personal variation.</summary>
    public ActionUnitShapes()
    {
        for (int i = 0; i < _weights.Length; i++)
        {
            _weights[i] = s_rows[i].Weight;
        }
    }

    /// <summary>
    /// One person's way of moving. Faces reach the same level by different ways: how far the whole movement goes varies by some 15 %, what each
    /// shape adds to it by some 22 % (the cheek rises with or without a narrowing eye, brows rise with or without their outer ends). Lips part by the lower
    /// lip, by the upper, or by both. And something else comes along that is not labelled.
    /// </summary>
    public ActionUnitShapes(RandomStream random)
        : this()
    {
        ArgumentNullException.ThrowIfNull(random);
        Span<float> reach = stackalloc float[ActionUnitSet.Count];
        for (int i = 0; i < reach.Length; i++)
        {
            reach[i] = Vary(random, 0.15f);
        }

        for (int i = 0; i < _weights.Length; i++)
        {
            // Lips and jaw are labelled by what is measured, whatever the person's way: they only have to reach all levels.
            bool isMeasured = s_rows[i].ActionUnit is 25 or 26 or 27;
            float own = s_rows[i].Shape switch { FaceShape.MouthUpperUpLeft => 0.45f, FaceShape.MouthLowerDownLeft => 0.25f, _ => 0.10f };
            _weights[i] *= isMeasured ? Vary(random, own) : reach[ActionUnitSet.IndexOf(s_rows[i].ActionUnit)] * Vary(random, 0.22f);
        }

        for (int i = 0; i < _companions.Length; i++)
        {
            _companions[i] = s_companions[i].Weight * random.NextUnit();
        }
    }

    /// <summary>Weights of all shapes for resolved strengths and unlabelled movements. AU43 and gaze are left to the caller.</summary>
    /// <param name="strengths">Resolved strengths.</param>
    /// <param name="expression">The unlabelled movements.</param>
    /// <param name="weights">Written: one per <see cref="FaceShape"/>.</param>
    public void Apply(SidedStrengths strengths, Expression expression, Span<float> weights)
    {
        ArgumentNullException.ThrowIfNull(strengths);
        ArgumentNullException.ThrowIfNull(expression);
        weights.Clear();
        float jaw = 0;
        for (int i = 0; i < s_rows.Length; i++)
        {
            Row row = s_rows[i];
            if (row.Shape == FaceShape.JawOpen)
            {
                // Jaw drop and mouth stretch are stations of one movement.
                jaw = MathF.Max(jaw, strengths.Mean(row.ActionUnit) * _weights[i]);
            }
            else
            {
                Add(row, strengths, _weights[i], weights);
            }
        }

        for (int i = 0; i < s_companions.Length; i++)
        {
            Add(s_companions[i], strengths, _companions[i], weights);
        }

        float bared = strengths.Mean(25) * strengths.Mean(12);
        weights[(int)FaceShape.MouthUpperUpLeft] += BaredUpperLip * bared;
        weights[(int)FaceShape.MouthUpperUpRight] += BaredUpperLip * bared;
        weights[(int)FaceShape.MouthLowerDownLeft] += BaredLowerLip * bared;
        weights[(int)FaceShape.MouthLowerDownRight] += BaredLowerLip * bared;
        weights[(int)FaceShape.JawOpen] = MathF.Min(jaw + (BaredJaw * bared), 1);
        AddUnlabelled(expression, jaw, weights);
        Limit(weights);
    }

    private static void Add(Row row, SidedStrengths strengths, float weight, Span<float> weights)
    {
        if (row.IsSided)
        {
            weights[(int)row.Shape] += strengths[row.ActionUnit, FaceSide.Left] * weight;
            weights[(int)row.Shape + 1] += strengths[row.ActionUnit, FaceSide.Right] * weight;
        }
        else
        {
            weights[(int)row.Shape] += strengths.Mean(row.ActionUnit) * weight;
        }
    }

    private static void AddUnlabelled(Expression expression, float jaw, Span<float> weights)
    {
        weights[(int)FaceShape.MouthClose] = Math.Clamp(expression.LipSeal, 0, 1) * jaw;
        weights[(int)FaceShape.JawLeft] = MathF.Max(0, expression.JawSideways);
        weights[(int)FaceShape.JawRight] = MathF.Max(0, -expression.JawSideways);
        weights[(int)FaceShape.JawForward] = expression.JawForward;
        weights[(int)FaceShape.MouthLeft] = MathF.Max(0, expression.MouthSideways);
        weights[(int)FaceShape.MouthRight] = MathF.Max(0, -expression.MouthSideways);
        weights[(int)FaceShape.CheekPuffLeft] = expression.CheekPuffLeft;
        weights[(int)FaceShape.CheekPuffRight] = expression.CheekPuffRight;
        weights[(int)FaceShape.MouthFunnel] += expression.Funnel;
        weights[(int)FaceShape.MouthLowerDownLeft] += expression.LowerLipDown;
        weights[(int)FaceShape.MouthLowerDownRight] += expression.LowerLipDown;
    }

    /// <summary>Shapes that several action units share saturate instead of adding up.</summary>
    private static void Limit(Span<float> weights)
    {
        foreach (FaceShape shape in (ReadOnlySpan<FaceShape>)[FaceShape.EyeSquintLeft, FaceShape.EyeSquintRight])
        {
            weights[(int)shape] = Saturate(weights[(int)shape], 1.3f, 1.8f);
        }

        foreach (FaceShape shape in (ReadOnlySpan<FaceShape>)[FaceShape.BrowDownLeft, FaceShape.BrowDownRight])
        {
            weights[(int)shape] = Saturate(weights[(int)shape], 1.5f, 2.1f);
        }

        foreach (FaceShape shape in (ReadOnlySpan<FaceShape>)[FaceShape.MouthUpperUpLeft, FaceShape.MouthUpperUpRight, FaceShape.MouthShrugLower, FaceShape.MouthRollLower, FaceShape.MouthRollUpper, FaceShape.MouthPressLeft, FaceShape.MouthPressRight, FaceShape.MouthLowerDownLeft, FaceShape.MouthLowerDownRight])
        {
            weights[(int)shape] = Saturate(weights[(int)shape], 0.9f, 1.3f);
        }
    }

    private static float Vary(RandomStream random, float deviation) => MathF.Exp(Math.Clamp(random.Normal(0, deviation), -2 * deviation, 2 * deviation));

    private static float Saturate(float value, float linearTo, float limit) =>
        value <= linearTo ? value : limit - ((limit - linearTo) * (limit - linearTo) / (value - linearTo + (limit - linearTo)));

    private readonly record struct Row(int ActionUnit, FaceShape Shape, bool IsSided, float Weight);
}
