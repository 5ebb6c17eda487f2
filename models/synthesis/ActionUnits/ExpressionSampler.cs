using System.Numerics;
using AuStream.Synthesis.Randomness;

namespace AuStream.Synthesis.ActionUnits;

/// <summary>
/// Draws single expressions for training: neutral faces, combinations that people show (<see cref="CoOccurrence"/>), moments of
/// speech, and independent mixtures that keep any action unit from being guessed from another. Every unit is plainly there often
/// enough to be learned, the hard ones as often as the easy ones. The same stream always gives the same expression. Thread-safe.
/// </summary>
public static class ExpressionSampler
{
    private const float NeutralShare = 0.05f;
    private const float SpeechShare = 0.12f;
    private const float CombinationShare = 0.43f;

    /// <summary>
    /// How often an action unit is drawn in combinations and in mixtures, before units that exclude each other are sorted out. Chosen so
    /// that each is present (A or more) in 14 to 24 % of what comes out, which the tests pin.
    /// </summary>
    private static readonly (int Unit, float Combined, float Mixed)[] s_rates =
    [
        (1, 0.22f, 0.20f), (2, 0.20f, 0.20f), (4, 0.23f, 0.18f), (5, 0.19f, 0.27f), (6, 0.24f, 0.12f), (7, 0.25f, 0.17f), (9, 0.21f, 0.24f), (10, 0.28f, 0.29f),
        (12, 0.31f, 0.20f), (14, 0.27f, 0.30f), (15, 0.25f, 0.28f), (17, 0.25f, 0.24f), (18, 0.28f, 0.40f), (20, 0.26f, 0.26f), (23, 0.24f, 0.28f), (24, 0.32f, 0.46f),
        (25, 0.36f, 0.32f), (26, 0.22f, 0.18f), (27, 0.10f, 0.18f), (28, 0.18f, 0.30f), (43, 0.15f, 0.21f),
    ];

    private static readonly float[] s_combined = [.. s_rates.Select(r => r.Combined)];
    private static readonly float[] s_mixed = [.. s_rates.Select(r => r.Mixed)];

    /// <summary>Strengths by rank from the weakest to the strongest: a fifth below B, a fifth near E.</summary>
    private static readonly (float Rank, float Strength)[] s_strengths = [(0, 0.18f), (0.3f, 0.42f), (0.6f, 0.66f), (0.85f, 0.94f), (1, 1.1f)];

    /// <summary>Draws one expression.</summary>
    /// <param name="random">A stream for this sample alone, for example person.Split(sample number).</param>
    /// <param name="combinations">False makes mixtures of what would be combinations, and lets nothing follow from a smile.</param>
    public static Expression Sample(RandomStream random, bool combinations = true)
    {
        ArgumentNullException.ThrowIfNull(random);
        var expression = new Expression();
        float kind = random.NextUnit();
        Span<float> ranks = stackalloc float[ActionUnitSet.Count];
        if (kind < NeutralShare)
        {
            Wander(random, expression, 0.3f);
        }
        else if (kind < NeutralShare + SpeechShare)
        {
            SpeechMouth.Sample(random).AddTo(expression, 1);
            Mix(random, ranks);
            Set(random, expression, ranks, isSpeaking: true);
        }
        else
        {
            bool isCombination = combinations && kind < NeutralShare + SpeechShare + CombinationShare;
            if (isCombination)
            {
                CoOccurrence.Draw(random, s_combined, ranks);
            }
            else
            {
                Mix(random, ranks);
            }

            if (combinations)
            {
                FollowSmile(random, ranks, isCombination);
            }

            Set(random, expression, ranks, isSpeaking: false);
            Wander(random, expression, 0.03f);
        }

        AddNuisance(random, expression, kind < NeutralShare);
        return expression;
    }

    private static void Mix(RandomStream random, Span<float> ranks)
    {
        for (int i = 0; i < ranks.Length; i++)
        {
            float above = random.NextUnit();
            float rank = random.NextUnit();
            ranks[i] = above < s_mixed[i] ? rank : -1;
        }
    }

    /// <summary>
    /// What a smile does to the rest of the face. Cheeks: in BP4D the presence of AU6 and AU12 has a correlation of .52, and 46 and 56 % of the frames have them, so
    /// that AU6 is there in .69 of all smiles; without this the mixtures, in which nothing follows from anything, would teach the contrary. Lips: strong smiles
    /// show teeth more often than not. Brows: AU4 and AU12 have −.36 in BP4D, which the copula's other pairs leave no room for. Nose, stretched and dimpled
    /// lips: people who smile seldom wrinkle the nose or stretch the lips as well.
    /// </summary>
    private static void FollowSmile(RandomStream random, Span<float> ranks, bool isCombination)
    {
        float smile = ranks[ActionUnitSet.IndexOf(12)];
        bool cheeksFollow = random.Chance(smile >= 0.3f ? 0.6f : 0.35f);
        float difference = random.Normal(-0.1f, 0.2f);
        bool lipsFollow = random.Chance(0.45f);
        float parting = random.NextUnit();
        bool browsFollow = random.Chance(0.5f);
        bool noseStays = random.Chance(0.65f);
        bool lipsStay = random.Chance(0.65f);
        bool cornersStay = random.Chance(0.4f);
        if (smile < 0)
        {
            return;
        }

        ref float cheeks = ref ranks[ActionUnitSet.IndexOf(6)];
        if (cheeksFollow && cheeks < 0)
        {
            cheeks = Math.Clamp(smile + difference, 0, 1);
        }

        ref float lips = ref ranks[ActionUnitSet.IndexOf(25)];
        if (lipsFollow && lips < 0 && smile > 0.5f && ranks[ActionUnitSet.IndexOf(24)] < 0)
        {
            lips = parting;
        }

        if (isCombination)
        {
            Drop(ranks, 4, browsFollow);
            Drop(ranks, 9, noseStays);
            Drop(ranks, 20, lipsStay);
            Drop(ranks, 14, cornersStay);
        }
    }

    private static void Drop(Span<float> ranks, int unit, bool isDropped)
    {
        if (isDropped)
        {
            ranks[ActionUnitSet.IndexOf(unit)] = -1;
        }
    }

    /// <summary>Sets what was drawn; of units that exclude each other the one that comes first in random order stays.</summary>
    private static void Set(RandomStream random, Expression expression, ReadOnlySpan<float> ranks, bool isSpeaking)
    {
        Span<int> order = stackalloc int[ranks.Length];
        for (int i = 0; i < order.Length; i++)
        {
            int other = random.Below(i + 1);
            order[i] = order[other];
            order[other] = i;
        }

        foreach (int i in order)
        {
            int unit = ActionUnitSet.Numbers[i];
            bool isFree = !isSpeaking || unit is 1 or 2 or 4 or 5 or 6 or 7 or 9 or 12 or 43;
            if (ranks[i] >= 0 && isFree && !ExpressionResolver.IsExcluded(expression.ActionUnits, unit))
            {
                // A jaw that hardly drops is AU26, so AU27 begins half-way.
                float strength = Strength(ranks[i]);
                SetSided(random, expression, unit, unit == 27 ? 0.45f + (0.55f * strength) : strength);
            }
        }
    }

    private static float Strength(float rank)
    {
        int i = 0;
        while (rank > s_strengths[i + 1].Rank)
        {
            i++;
        }

        float share = (rank - s_strengths[i].Rank) / (s_strengths[i + 1].Rank - s_strengths[i].Rank);
        return s_strengths[i].Strength + (share * (s_strengths[i + 1].Strength - s_strengths[i].Strength));
    }

    /// <summary>Nobody holds still altogether: traces below A.</summary>
    private static void Wander(RandomStream random, Expression expression, float share)
    {
        foreach (int unit in ActionUnitSet.Numbers)
        {
            bool apply = random.Chance(share);
            float strength = random.Uniform(0, 0.15f);
            if (apply && unit is not (27 or 28 or 43) && expression.ActionUnits.Mean(unit) == 0 && !ExpressionResolver.IsExcluded(expression.ActionUnits, unit))
            {
                expression.ActionUnits.SetBoth(unit, strength);
            }
        }
    }

    private static void AddNuisance(RandomStream random, Expression expression, bool isNeutral)
    {
        RandomStream r = random.Split("nuisance");
        float reach = r.Chance(0.5f) ? 0.3f : 1;
        expression.Gaze = new Vector2(Math.Clamp(r.Normal(0, 10 * reach), -30, 30), Math.Clamp(r.Normal(-1, 7 * reach), -22, 18));
        if (isNeutral)
        {
            return;
        }

        expression.JawSideways = r.Chance(0.08f) ? r.Uniform(-0.6f, 0.6f) : 0;
        expression.MouthSideways = r.Chance(0.08f) ? r.Uniform(-0.5f, 0.5f) : 0;
        expression.JawForward = r.Chance(0.05f) ? r.Uniform(0.1f, 0.6f) : 0;
        if (r.Chance(0.06f))
        {
            float puff = r.Uniform(0.2f, 0.9f);
            expression.CheekPuffLeft = r.Chance(0.8f) ? puff : 0;
            expression.CheekPuffRight = expression.CheekPuffLeft == 0 || r.Chance(0.8f) ? puff : 0;
        }

        expression.TongueUp = r.Chance(0.15f) ? r.NextUnit() : 0;
        bool jawIsOpen = expression.ActionUnits.Mean(26) > 0.15f && expression.ActionUnits.Mean(27) < 0.1f;
        if (jawIsOpen && expression.ActionUnits.Mean(25) < 0.15f && r.Chance(0.35f))
        {
            expression.LipSeal = r.Uniform(0.6f, 0.95f);
        }
    }

    /// <summary>Most people move both sides nearly alike; one in ten is lopsided, one-sided contempt and sneers more often.</summary>
    private static void SetSided(RandomStream random, Expression expression, int unit, float strength)
    {
        float right = 1;
        float left = 1;
        bool isLopsided = random.Chance(unit switch { 14 => 0.4f, 10 => 0.2f, 2 or 12 or 15 => 0.15f, _ => 0.08f });
        float weak = random.Uniform(0, 0.7f);
        float tilt = Math.Clamp(random.Normal(0, 0.07f), -0.2f, 0.2f);
        bool isRight = random.Chance(0.5f);
        if (unit is 17 or 18 or 23 or 24 or 25 or 26 or 27 or 28)
        {
            // One muscle or one bone for both sides.
            isLopsided = false;
        }

        if (isLopsided)
        {
            (right, left) = isRight ? (1f, weak) : (weak, 1f);
        }
        else
        {
            (right, left) = (1 + tilt, 1 - tilt);
        }

        SidedStrengths units = expression.ActionUnits;
        units[unit, FaceSide.Right] = MathF.Max(units[unit, FaceSide.Right], strength * right);
        units[unit, FaceSide.Left] = MathF.Max(units[unit, FaceSide.Left], strength * left);
    }
}
