using System.Numerics;
using AuStream.Synthesis.Randomness;

namespace AuStream.Synthesis.People;

/// <summary>Draws a <see cref="PersonAppearance"/>.</summary>
internal static class AppearanceSampler
{
    /// <summary>Skin colours from light to dark, sRGB.</summary>
    private static readonly Vector3[] s_skin =
    [
        new(0.95f, 0.82f, 0.75f), new(0.92f, 0.77f, 0.68f), new(0.88f, 0.70f, 0.58f), new(0.80f, 0.60f, 0.47f),
        new(0.65f, 0.475f, 0.365f), new(0.485f, 0.345f, 0.26f), new(0.31f, 0.23f, 0.185f),
    ];

    /// <summary>Hair colours, sRGB: black, dark brown, brown, light brown, blond, light blond, grey, white, red.</summary>
    private static readonly Vector3[] s_hair =
    [
        new(0.05f, 0.04f, 0.035f), new(0.10f, 0.065f, 0.045f), new(0.20f, 0.12f, 0.075f), new(0.35f, 0.22f, 0.13f),
        new(0.60f, 0.45f, 0.28f), new(0.80f, 0.66f, 0.45f), new(0.50f, 0.50f, 0.50f), new(0.80f, 0.80f, 0.80f), new(0.40f, 0.16f, 0.08f),
    ];

    /// <summary>sRGB to linear light with exponent 2.2, computed without library powers' last-bit differences mattering.</summary>
    public static Vector3 Linear(Vector3 color) =>
        new(MathF.Pow(Math.Clamp(color.X, 0, 1), 2.2f), MathF.Pow(Math.Clamp(color.Y, 0, 1), 2.2f), MathF.Pow(Math.Clamp(color.Z, 0, 1), 2.2f));

    /// <summary>Colour that skin of a given luminance usually has.</summary>
    /// <param name="luminance">Linear light, 0–1.</param>
    /// <returns>Linear RGB of that luminance.</returns>
    public static Vector3 SkinOfLuminance(float luminance)
    {
        int i = 1;
        while (i < s_skin.Length - 1 && Luminance(Linear(s_skin[i])) > luminance)
        {
            i++;
        }

        Vector3 lighter = Linear(s_skin[i - 1]);
        Vector3 darker = Linear(s_skin[i]);
        float share = (Luminance(lighter) - luminance) / (Luminance(lighter) - Luminance(darker));
        Vector3 color = Vector3.Lerp(lighter, darker, Math.Clamp(share, 0, 1));
        return color * (luminance / Luminance(color));
    }

    /// <summary>Luminance of linear RGB (Rec. 709).</summary>
    public static float Luminance(Vector3 color) => Vector3.Dot(color, new Vector3(0.2126f, 0.7152f, 0.0722f));

    public static PersonAppearance Draw(RandomStream random, ulong seed, HeadSource source, PersonSex sex, float age, float darkness, bool isBald, bool hasHairMesh, bool hasBeardMesh)
    {
        float tone = darkness * (s_skin.Length - 1);
        int step = Math.Min((int)tone, s_skin.Length - 2);
        Vector3 skin = Vector3.Lerp(s_skin[step], s_skin[step + 1], tone - step) * random.Uniform(0.92f, 1.05f);
        skin += new Vector3(random.Normal(0, 0.015f), random.Normal(0, 0.015f), random.Normal(0, 0.015f));
        bool male = sex == PersonSex.Male;
        Vector3 hair = HairColor(random, age, darkness);
        bool lipstick = !male && random.Chance(0.4f);
        bool stubble = male && !hasBeardMesh && random.Chance(0.55f);
        float stubbleAmount = random.NextUnit();
        return new PersonAppearance
        {
            Seed = seed,
            Source = source,
            Sex = sex,
            Age = age,
            SkinDarkness = darkness,
            SkinColor = Linear(skin),
            HairColor = hair,
            BrowColor = hair * random.Uniform(0.5f, 1.1f),
            BrowDensity = random.Uniform(0.5f, 1),
            BrowThickness = random.Uniform(0.7f, male ? 1.7f : 1.35f),
            IsBald = isBald,
            HasHairMesh = hasHairMesh,
            Stubble = stubble ? stubbleAmount * stubbleAmount : 0,
            StubbleIsGoatee = random.Chance(0.25f),
            HasBeardMesh = hasBeardMesh,
            Redness = random.NextUnit() * (1 - (0.6f * darkness)),
            Freckles = random.Chance(0.02f + (0.15f * (1 - darkness))) ? random.Uniform(0.2f, 1) : 0,
            Moles = random.Below(7) * random.Below(3) / 2,
            EyeShadows = random.NextUnit(),
            Oiliness = random.NextUnit() * random.NextUnit(),
            LipColor = Linear(skin * new Vector3(random.Uniform(0.88f, 1.02f), random.Uniform(0.62f, 0.85f), random.Uniform(0.65f, 0.88f)) * random.Uniform(0.8f, 1.05f)),
            Lipstick = lipstick ? random.Uniform(0.4f, 1) : 0,
            LipstickColor = Linear(new Vector3(random.Uniform(0.5f, 0.85f), random.Uniform(0.1f, 0.4f), random.Uniform(0.15f, 0.45f))),
            Eyeliner = random.Uniform(0.1f, male ? 0.5f : 1),
            EyeMakeup = !male && random.Chance(0.3f) ? random.Uniform(0.1f, 0.5f) : 0,
            EyeMakeupColor = Linear(new Vector3(random.Uniform(0.2f, 0.8f), random.Uniform(0.2f, 0.8f), random.Uniform(0.2f, 0.8f))),
        };
    }

    private static Vector3 HairColor(RandomStream random, float age, float darkness)
    {
        int index = darkness < 0.55f && !random.Chance(0.3f)
            ? random.PickIndex([3, 3, 2.5f, 2, 1.3f, 0.8f, 0.3f + age, 0.1f + age, 0.4f])
            : random.PickIndex([5, 3, 1.5f, 0, 0, 0, age, 0.5f * age, 0]);
        return Linear(s_hair[index] * random.Uniform(0.7f, 1.2f));
    }
}
