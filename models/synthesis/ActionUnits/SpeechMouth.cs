using AuStream.Synthesis.Randomness;

namespace AuStream.Synthesis.ActionUnits;

/// <summary>A mouth shape of speech (viseme) as action units and unlabelled movements, 0–1 each.</summary>
/// <param name="JawDrop">AU26.</param>
/// <param name="LipsPart">AU25.</param>
/// <param name="Pucker">AU18.</param>
/// <param name="Stretch">AU20.</param>
/// <param name="Press">AU24.</param>
/// <param name="Funnel">AU22, not labelled.</param>
/// <param name="LowerLipDown">AU16, not labelled.</param>
/// <param name="TongueUp">Tongue to the teeth.</param>
/// <param name="UpperLip">AU10.</param>
public readonly record struct SpeechMouth(
    float JawDrop, float LipsPart, float Pucker = 0, float Stretch = 0, float Press = 0, float Funnel = 0, float LowerLipDown = 0, float TongueUp = 0, float UpperLip = 0)
{
    /// <summary>Vowels come first in the list.</summary>
    private const int Vowels = 5;

    private static readonly SpeechMouth[] s_shapes =
    [
        new(0.85f, 0.5f), // a as in "far"
        new(0.45f, 0.5f, Stretch: 0.12f, LowerLipDown: 0.2f), // e as in "bed"
        new(0.20f, 0.45f, Stretch: 0.25f, LowerLipDown: 0.3f), // i as in "see"
        new(0.55f, 0.25f, Pucker: 0.25f, Funnel: 0.35f), // o as in "go"
        new(0.25f, 0.15f, Pucker: 0.60f, Funnel: 0.25f), // u as in "too"
        new(0.05f, 0, Press: 0.25f), // m, b, p
        new(0.15f, 0.20f, LowerLipDown: -0.15f, UpperLip: 0.15f), // f, v
        new(0.18f, 0.35f, TongueUp: 0.8f), // t, d, n, l
        new(0.12f, 0.40f, Stretch: 0.08f, LowerLipDown: 0.25f), // s, z
        new(0.15f, 0.25f, Pucker: 0.2f, Funnel: 0.5f), // sh, ch
        new(0.30f, 0.35f), // k, g, r
        new(0.02f, 0.02f), // pause
    ];

    /// <summary>Number of visemes.</summary>
    public static int Count => s_shapes.Length;

    /// <summary>A viseme of a vowel, or of a consonant or pause.</summary>
    public static SpeechMouth Draw(RandomStream random, bool isVowel)
    {
        ArgumentNullException.ThrowIfNull(random);
        return s_shapes[isVowel ? random.Below(Vowels) : Vowels + random.Below(Count - Vowels)];
    }

    /// <summary>A moment of speech: between two visemes, more or less articulated.</summary>
    public static SpeechMouth Sample(RandomStream random)
    {
        ArgumentNullException.ThrowIfNull(random);
        return Between(s_shapes[random.Below(Count)], s_shapes[random.Below(Count)], random.NextUnit()) * random.Uniform(0.4f, 1.15f);
    }

    /// <summary>Linear mixture.</summary>
    public static SpeechMouth Between(SpeechMouth a, SpeechMouth b, float share) => (a * (1 - share)) + (b * share);

    /// <summary>Scales every movement.</summary>
    public static SpeechMouth operator *(SpeechMouth mouth, float factor) => new(
        mouth.JawDrop * factor, mouth.LipsPart * factor, mouth.Pucker * factor, mouth.Stretch * factor, mouth.Press * factor,
        mouth.Funnel * factor, mouth.LowerLipDown * factor, mouth.TongueUp * factor, mouth.UpperLip * factor);

    /// <summary>Adds every movement.</summary>
    public static SpeechMouth operator +(SpeechMouth a, SpeechMouth b) => new(
        a.JawDrop + b.JawDrop, a.LipsPart + b.LipsPart, a.Pucker + b.Pucker, a.Stretch + b.Stretch, a.Press + b.Press,
        a.Funnel + b.Funnel, a.LowerLipDown + b.LowerLipDown, a.TongueUp + b.TongueUp, a.UpperLip + b.UpperLip);

    /// <summary>Same as the operator.</summary>
    public static SpeechMouth Multiply(SpeechMouth mouth, float factor) => mouth * factor;

    /// <summary>Same as the operator.</summary>
    public static SpeechMouth Add(SpeechMouth a, SpeechMouth b) => a + b;

    /// <summary>Lays the mouth over an expression; the larger of two strengths of an action unit stays.</summary>
    public void AddTo(Expression expression, float share)
    {
        ArgumentNullException.ThrowIfNull(expression);
        Raise(expression, 26, JawDrop * share);
        Raise(expression, 25, LipsPart * share);
        Raise(expression, 18, Pucker * share);
        Raise(expression, 20, Stretch * share);
        Raise(expression, 24, Press * share);
        Raise(expression, 10, UpperLip * share);
        expression.Funnel += Funnel * share;
        expression.LowerLipDown += LowerLipDown * share;
        expression.TongueUp = MathF.Max(expression.TongueUp, TongueUp * share);
    }

    private static void Raise(Expression expression, int unit, float strength)
    {
        foreach (FaceSide side in (ReadOnlySpan<FaceSide>)[FaceSide.Right, FaceSide.Left])
        {
            expression.ActionUnits[unit, side] = MathF.Max(expression.ActionUnits[unit, side], strength);
        }
    }
}
