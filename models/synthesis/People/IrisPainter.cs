using System.Numerics;
using AuStream.Synthesis.Heads;
using AuStream.Synthesis.Randomness;
using AuStream.Synthesis.Scene;

namespace AuStream.Synthesis.People;

/// <summary>Paints the polar texture of an <see cref="EyeballMesh"/>: sclera with veins, iris with fibres, limbus, pupil.</summary>
internal static class IrisPainter
{
    private const int Size = 256;

    /// <summary>Iris colours, sRGB: dark brown, brown, hazel, blue, grey, near black.</summary>
    private static readonly Vector3[] s_colors =
    [
        new(0.16f, 0.09f, 0.05f), new(0.28f, 0.17f, 0.09f), new(0.33f, 0.34f, 0.20f), new(0.32f, 0.43f, 0.52f), new(0.36f, 0.40f, 0.42f), new(0.08f, 0.05f, 0.035f),
    ];

    /// <summary>Distance from the middle and turn (0–1) of every texel, which no person changes.</summary>
    private static readonly (float Radius, float Turn)[] s_polar = MakePolar();

    /// <param name="random">The person's stream for eyes.</param>
    /// <param name="darkness">Skin darkness 0–1; dark skin nearly always comes with brown eyes.</param>
    /// <param name="irisAngle">Angle from the line of sight to the edge of the iris, radians.</param>
    public static Texture Paint(RandomStream random, float darkness, float irisAngle)
    {
        float light = darkness < 0.5f ? 1 : 0.06f;
        int index = random.PickIndex([0.3f, 0.25f, 0.12f * light, 0.15f * light, 0.08f * light, 0.1f + (0.3f * darkness)]);
        Vector3 iris = AppearanceSampler.Linear(s_colors[index] * random.Uniform(0.75f, 1.2f));
        Vector3 white = AppearanceSampler.Linear(new Vector3(0.86f, 0.83f, 0.80f) * random.Uniform(0.78f, 1f));
        float redness = random.Uniform(0.3f, 1.3f);
        float irisRadius = EyeballMesh.TextureRadius(irisAngle);
        float pupilRadius = irisRadius * random.Uniform(0.26f, 0.55f);
        float limbus = random.Uniform(0.35f, 0.8f);
        float[] fibres = Noise(random, 96);
        float[] veins = Noise(random, 64);
        var pixels = new float[Size * Size * 4];
        for (int y = 0; y < Size; y++)
        {
            for (int x = 0; x < Size; x++)
            {
                (float radius, float turn) = s_polar[(y * Size) + x];
                float depth = Math.Clamp((radius - irisRadius) / 0.3f, 0, 1);
                float vein = Sample(veins, turn) > 0.72f ? 0.25f * depth : 0;
                Vector3 color = white * (Vector3.One - (new Vector3(0.15f, 0.45f, 0.45f) * redness * (depth + vein)));
                float fibre = 1 + (0.4f * (Sample(fibres, turn + (radius * 0.4f)) - 0.5f));
                float edge = 1 - (limbus * Math.Clamp(((radius / irisRadius) - 0.78f) / 0.22f, 0, 1));
                float ring = 1 + (0.35f * Math.Clamp(1 - (MathF.Abs((radius / irisRadius) - 0.5f) * 6), 0, 1));
                color = Vector3.Lerp(color, iris * fibre * edge * ring, Math.Clamp(((irisRadius - radius) / 0.008f) + 0.5f, 0, 1));
                color = Vector3.Lerp(color, new Vector3(0.002f), Math.Clamp(((pupilRadius - radius) / 0.006f) + 0.5f, 0, 1));
                int i = ((y * Size) + x) * 4;
                (pixels[i], pixels[i + 1], pixels[i + 2], pixels[i + 3]) = (color.X, color.Y, color.Z, 1);
            }
        }

        return new Texture(Size, Size, pixels);
    }

    private static (float Radius, float Turn)[] MakePolar()
    {
        var polar = new (float, float)[Size * Size];
        for (int i = 0; i < polar.Length; i++)
        {
            var at = new Vector2((((i % Size) + 0.5f) / Size) - 0.5f, 0.5f - (((i / Size) + 0.5f) / Size));
            polar[i] = (at.Length(), ((MathF.Atan2(at.Y, at.X) / MathF.Tau) + 1) % 1);
        }

        return polar;
    }

    private static float[] Noise(RandomStream random, int count)
    {
        var values = new float[count];
        for (int i = 0; i < count; i++)
        {
            values[i] = random.NextUnit();
        }

        return values;
    }

    private static float Sample(float[] ring, float turn)
    {
        float at = (turn % 1) * ring.Length;
        int i = (int)at;
        float share = at - i;
        return (ring[i % ring.Length] * (1 - share)) + (ring[(i + 1) % ring.Length] * share);
    }
}
