using System.Numerics;
using AuStream.Synthesis.Randomness;

namespace AuStream.Synthesis.ActionUnits;

/// <summary>
/// Draws single expressions for training: neutral faces, combinations that faces show (co-occurrence after the FACS manual and
/// the base rates of BP4D and DISFA), and independent mixtures that keep any action unit from being predictable from another.
/// The same stream always gives the same expression. Thread-safe.
/// </summary>
public static class ExpressionSampler
{
    private const float NeutralShare = 0.08f;
    private const float CombinationShare = 0.52f;

    private static readonly (float Weight, (int Unit, float Strength)[] Units)[] s_combinations =
    [
        // Smiles.
        (3, [(6, 0.9f), (12, 1)]), (3, [(6, 0.9f), (12, 1), (25, 0.8f)]), (1.5f, [(6, 1), (12, 1), (25, 1), (26, 0.6f)]), (2.5f, [(12, 0.8f)]), (2, [(12, 0.8f), (25, 0.6f)]),
        (0.7f, [(6, 1), (7, 0.8f), (12, 1), (43, 0.5f)]), (0.6f, [(12, 0.6f), (14, 0.8f)]), (0.5f, [(12, 0.7f), (17, 0.6f)]), (0.5f, [(12, 0.6f), (24, 0.7f)]), (0.4f, [(1, 0.6f), (2, 0.6f), (12, 0.9f), (25, 0.7f)]),
        // Surprise.
        (2, [(1, 0.9f), (2, 0.9f), (5, 0.9f), (25, 0.6f), (26, 0.8f)]), (1.2f, [(1, 1), (2, 1), (5, 1), (25, 0.6f), (27, 0.8f)]), (2, [(1, 0.8f), (2, 0.8f)]), (0.8f, [(1, 0.8f), (2, 0.8f), (5, 0.8f)]),
        // Sadness.
        (1.5f, [(1, 0.9f), (4, 0.8f), (15, 0.8f)]), (1, [(1, 0.9f), (4, 0.8f), (15, 0.8f), (17, 0.8f)]), (0.8f, [(1, 0.8f), (4, 0.7f)]), (1.2f, [(15, 0.8f), (17, 0.8f)]), (0.6f, [(4, 0.7f), (15, 0.8f), (17, 0.7f)]),
        // Disgust.
        (1.3f, [(9, 0.9f), (10, 0.7f)]), (1, [(9, 0.9f), (10, 0.6f), (17, 0.7f)]), (1, [(4, 0.7f), (9, 0.9f), (10, 0.6f), (17, 0.6f)]), (1, [(4, 0.8f), (7, 0.7f), (9, 0.9f)]), (1, [(10, 0.8f), (25, 0.5f)]), (0.7f, [(10, 0.8f)]),
        // Anger.
        (1.3f, [(4, 1), (5, 0.7f), (7, 0.8f), (23, 0.8f)]), (1.3f, [(4, 1), (7, 0.8f), (24, 0.8f)]), (1, [(4, 1), (7, 0.8f)]), (0.6f, [(4, 1), (5, 0.6f), (7, 0.8f), (10, 0.6f), (25, 0.6f), (26, 0.5f)]), (0.8f, [(17, 0.8f), (24, 0.8f)]), (0.5f, [(23, 0.9f), (17, 0.6f)]),
        // Fear.
        (1.3f, [(1, 0.9f), (2, 0.7f), (4, 0.8f), (5, 0.9f), (20, 0.8f), (25, 0.6f)]), (0.7f, [(1, 0.9f), (2, 0.7f), (4, 0.8f), (5, 0.9f), (7, 0.5f), (20, 0.9f), (26, 0.6f)]), (0.8f, [(20, 0.9f), (25, 0.5f)]),
        // Pain.
        (0.9f, [(4, 0.9f), (6, 0.9f), (7, 0.8f), (9, 0.7f), (10, 0.7f), (43, 0.9f)]), (0.5f, [(4, 0.9f), (6, 0.8f), (20, 0.7f), (25, 0.5f), (43, 1)]),
        // One by one, where combinations are rare.
        (2.4f, [(14, 0.9f)]), (1.2f, [(4, 0.9f)]), (2, [(43, 1)]), (1.2f, [(43, 0.6f)]), (1, [(5, 0.9f)]), (1, [(7, 0.9f)]), (0.7f, [(6, 0.9f)]), (1.4f, [(23, 0.9f)]), (1.5f, [(24, 0.9f)]), (2.2f, [(28, 0.9f)]),
        (1.8f, [(18, 0.9f)]), (0.7f, [(17, 0.9f)]), (0.7f, [(1, 0.9f)]), (0.6f, [(2, 0.9f)]), (0.6f, [(15, 0.8f)]), (0.5f, [(9, 0.8f)]), (0.8f, [(25, 0.7f), (26, 0.7f)]), (2, [(25, 0.7f), (27, 0.9f)]),
    ];

    private static readonly float[] s_combinationWeights = [.. s_combinations.Select(c => c.Weight)];

    /// <summary>Draws one expression.</summary>
    /// <param name="random">A stream for this sample alone, for example person.Split(sample number).</param>
    public static Expression Sample(RandomStream random)
    {
        ArgumentNullException.ThrowIfNull(random);
        var expression = new Expression();
        float kind = random.NextUnit();
        if (kind < NeutralShare)
        {
            AddSubThreshold(random, expression, 0.15f);
        }
        else if (kind < NeutralShare + CombinationShare)
        {
            AddCombination(random, expression);
            AddSubThreshold(random, expression, 0.2f);
        }
        else if (kind < 0.75f)
        {
            SpeechMouth.Sample(random).AddTo(expression, 1);
            AddIndependent(random, expression, Poisson(random, 0.8f), upperFaceOnly: true);
            AddSubThreshold(random, expression, 0.15f);
        }
        else
        {
            AddIndependent(random, expression, 1 + Poisson(random, 1.6f), upperFaceOnly: false);
            AddSubThreshold(random, expression, 0.2f);
        }

        AddNuisance(random, expression, kind < NeutralShare);
        return expression;
    }

    private static void AddCombination(RandomStream random, Expression expression)
    {
        (_, (int Unit, float Strength)[] units) = s_combinations[random.PickIndex(s_combinationWeights)];

        // Subtle in plenty.
        float overall = random.Chance(0.25f) ? random.Uniform(0.12f, 0.5f) : random.Uniform(0.5f, 1.15f);
        foreach ((int unit, float strength) in units)
        {
            if (random.Chance(0.88f))
            {
                SetSided(random, expression, unit, Math.Clamp(strength * overall * random.Uniform(0.6f, 1.35f), 0, 1.1f));
            }
        }

        AddIndependent(random, expression, Poisson(random, 0.5f), upperFaceOnly: false);
    }

    private static void AddIndependent(RandomStream random, Expression expression, int count, bool upperFaceOnly)
    {
        for (int i = 0; i < count; i++)
        {
            int unit = upperFaceOnly ? ActionUnitSet.Numbers[random.Below(7)] : ActionUnitSet.Numbers[random.Below(ActionUnitSet.Count)];
            float strength = random.Chance(0.35f) ? random.Uniform(0.08f, 0.5f) : random.Uniform(0.4f, 1.05f);
            SetSided(random, expression, unit, strength);
        }
    }

    private static void AddSubThreshold(RandomStream random, Expression expression, float share)
    {
        foreach (int unit in ActionUnitSet.Numbers)
        {
            bool apply = random.Chance(share);
            float strength = random.Uniform(0, 0.14f);
            if (apply && expression.ActionUnits.Mean(unit) == 0 && unit is not (27 or 28 or 43))
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

    /// <summary>Most people move both sides nearly alike; one in ten is lopsided, contempt more often.</summary>
    private static void SetSided(RandomStream random, Expression expression, int unit, float strength)
    {
        float right = 1;
        float left = 1;
        bool isLopsided = random.Chance(unit == 14 ? 0.4f : 0.1f);
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

    /// <summary>Poisson-distributed number by inversion, with the first terms of the series for e^−mean.</summary>
    private static int Poisson(RandomStream random, float mean)
    {
        float term = 1 / (1 + mean + (mean * mean / 2) + (mean * mean * mean / 6) + (mean * mean * mean * mean / 24));
        float at = random.NextUnit();
        int count = 0;
        while (at >= term && count < 8)
        {
            at -= term;
            count++;
            term *= mean / count;
        }

        return count;
    }
}
