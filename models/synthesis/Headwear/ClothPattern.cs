using System.Numerics;
using AuStream.Synthesis.Randomness;
using AuStream.Synthesis.Scene;

namespace AuStream.Synthesis.Headwear;

/// <summary>Cloth: plain, striped, checked or dotted, in any colour.</summary>
internal static class ClothPattern
{
    private const int Size = 64;

    /// <summary>Draws a cloth.</summary>
    public static Material Material(RandomStream random) => new()
    {
        Kind = MaterialKind.Cloth,
        Albedo = Draw(random),
        IsTwoSided = true,
        Specular = random.Chance(0.25f) ? random.Uniform(0.1f, 0.3f) : 0.03f,
        Gloss = random.Uniform(6, 14),
    };

    private static Texture Draw(RandomStream random)
    {
        Vector3 main = Color(random);
        Vector3 other = random.Chance(0.6f) ? main * random.Uniform(0.4f, 1.7f) : Color(random);
        int pattern = random.PickIndex([0.62f, 0.12f, 0.1f, 0.16f]);
        int period = 8 << random.Below(2);
        float weave = random.Uniform(0.02f, 0.08f);
        var pixels = new float[Size * Size * 4];
        for (int y = 0; y < Size; y++)
        {
            for (int x = 0; x < Size; x++)
            {
                Vector2 inCell = new((x % period) - (period / 2f), (y % period) - (period / 2f));
                bool isOther = pattern switch
                {
                    0 => false,
                    1 => y % period < period / 2,
                    2 => (x % period < period / 2) != (y % period < period / 2),
                    _ => inCell.LengthSquared() < period * period / 12f,
                };
                Vector3 color = Vector3.Clamp((isOther ? other : main) * (1 + random.Normal(0, weave)), new Vector3(0.003f), new Vector3(0.9f));
                int at = ((y * Size) + x) * 4;
                (pixels[at], pixels[at + 1], pixels[at + 2], pixels[at + 3]) = (color.X, color.Y, color.Z, 1);
            }
        }

        return new Texture(Size, Size, pixels);
    }

    private static Vector3 Color(RandomStream random)
    {
        float level = random.Chance(0.3f) ? random.Uniform(0.04f, 0.2f) : random.Uniform(0.1f, 0.95f);
        var color = new Vector3(random.NextUnit(), random.NextUnit(), random.NextUnit());
        Vector3 mixed = Vector3.Lerp(new Vector3(level), color, 0.7f * random.NextUnit());
        return mixed * mixed;
    }
}
