using System.Numerics;
using AuStream.Synthesis.People;
using AuStream.Synthesis.Randomness;

namespace AuStream.Synthesis.Skin;

/// <summary>Hair that lies so close that it is painted: stubble, short beards, cropped scalp hair.</summary>
internal static class HairPainter
{
    // Upper border of the beard: distance from the middle of the face → y, both in the frame.
    private static readonly (float X, float Y)[] BeardLine = [(0, 0.672f), (0.05f, 0.668f), (0.10f, 0.635f), (0.135f, 0.585f), (0.20f, 0.535f), (0.28f, 0.47f), (0.315f, 0.40f), (0.345f, 0.30f), (0.5f, 0.28f)];

    /// <summary>Stubble and short beards.</summary>
    public static void PaintBeard(SkinCanvas canvas, PersonAppearance person, RandomStream random)
    {
        if (person.Stubble <= 0.02f)
        {
            return;
        }

        float lift = random.Normal(0, 0.015f);
        float moustache = random.Chance(0.85f) ? random.Uniform(0.5f, 1) : 0.1f;
        float density = person.Stubble;
        bool isBeard = density > 0.5f;
        (int X, int Y) tile = SkinCanvas.TileOffset(random);
        Vector3 shadow = Vector3.Lerp(person.HairColor, new Vector3(0.05f, 0.052f, 0.06f), 0.4f);
        for (int y = 0; y < canvas.Size; y++)
        {
            for (int x = 0; x < canvas.Size; x++)
            {
                Vector2 point = canvas.Frame.FromTexel(x, y);
                if (point.Y is < 0.28f or > 0.86f)
                {
                    continue;
                }

                float fine = NoiseTile.Pores.At(x + tile.X, y + tile.Y);
                float mask = BeardMask(point, lift, moustache, person.StubbleIsGoatee, NoiseTile.Mottling.At(x + tile.Y, y + tile.X));
                if (mask <= 0.01f)
                {
                    continue;
                }

                int at = (y * canvas.Size) + x;
                if (isBeard)
                {
                    float cover = Math.Clamp(mask * density * 1.15f * (0.85f + (0.3f * fine)), 0, 0.95f);
                    canvas.Colors[at] = Vector3.Lerp(canvas.Colors[at], person.HairColor * Math.Clamp(1 + (0.3f * fine), 0.3f, 1.8f), cover);
                    canvas.Heights[at] += mask * ((0.03f * density) + (0.02f * fine));
                }
                else
                {
                    float cover = mask * density * Math.Clamp(0.55f + (0.5f * fine), 0.1f, 1.2f);
                    canvas.Colors[at] = Vector3.Lerp(canvas.Colors[at], shadow, Math.Min(0.8f, cover));
                }
            }
        }
    }

    /// <summary>Cropped hair on the scalp where no hair mesh covers it.</summary>
    public static void PaintScalp(SkinCanvas canvas, PersonAppearance person, TexelPositions positions, RandomStream random)
    {
        float height = random.Uniform(4.9f, 7.2f) + (person.Age * random.Uniform(0, 1.4f));
        float curvature = 0.018f * random.Uniform(0.2f, 1.3f);
        float sharpness = random.Uniform(1.6f, 4);
        float coverage = random.Uniform(0.8f, 0.99f);
        float sideburn = random.Uniform(-1.5f, 1.5f);
        (int X, int Y) tile = SkinCanvas.TileOffset(random);
        for (int y = 0; y < canvas.Size; y++)
        {
            for (int x = 0; x < canvas.Size; x++)
            {
                if (!positions.TryGet(x, y, canvas.Size, out Vector3 p))
                {
                    continue;
                }

                float ragged = (0.14f * NoiseTile.Mottling.At(x + tile.X, y + tile.Y)) + (0.16f * NoiseTile.Blotches.At(x + tile.Y, y + tile.X)) + (0.18f * NoiseTile.Pores.At((x * 2) + tile.Y, (y / 2) + tile.X));
                float front = p.Y - (height - (curvature * p.X * p.X));
                float nape = p.Y - (-5.6f + (0.85f * Math.Clamp(p.Z + 10.1f, 0, 20)));
                float side = Math.Min(Math.Min(p.Y - sideburn, (MathF.Abs(p.X) - 6.9f) * 2), (-2.2f - p.Z) * 2);
                float line = Math.Max(front, Math.Max(side, p.Z < -4 ? nape : -9));

                // Skin around the ear: an ellipse seen from the side.
                Vector2 fromEar = new Vector2(p.Z + 7.2f, p.Y + 2.4f) / new Vector2(2.3f, 3.7f);
                float ear = MathF.Abs(p.X) > 6 ? 1 - Math.Clamp((fromEar.Length() - 0.92f) * 6, 0, 1) : 0;
                float mask = (1 - ear) * coverage / (1 + MathF.Exp(-(line + ragged) * sharpness));
                if (mask < 0.02f)
                {
                    continue;
                }

                int at = (y * canvas.Size) + x;
                float strand = NoiseTile.Pores.At((x * 2) + tile.X, (y / 2) + tile.Y);
                canvas.Colors[at] = Vector3.Lerp(canvas.Colors[at], person.HairColor * Math.Clamp(1 + (0.32f * strand), 0.35f, 2), mask);
                canvas.Heights[at] += mask * (0.08f + (0.02f * strand));
            }
        }
    }

    private static float BeardMask(Vector2 point, float lift, float moustache, bool isGoatee, float ragged)
    {
        float aside = MathF.Abs(point.X - 0.5f);
        float border = BeardBorder(aside) - lift + (0.008f * ragged);
        float beard = Math.Clamp(((point.Y - border) / 0.035f) + 0.4f, 0, 1) * Math.Clamp((0.86f - point.Y) / 0.07f, 0, 1) * Math.Clamp((0.40f - aside) / 0.03f, 0, 1);
        if (isGoatee)
        {
            beard *= Math.Clamp((0.125f + (0.008f * ragged) - aside) / 0.02f, 0, 1);
        }

        float lip = Math.Clamp((point.Y - 0.462f) / 0.015f, 0, 1) * Math.Clamp((0.575f - point.Y) / 0.02f, 0, 1)
            * Math.Clamp((0.115f + ((point.Y - 0.48f) * 0.45f) - aside) / 0.02f, 0, 1);
        float mask = Math.Max(beard, lip * moustache);
        return mask <= 0 || !(aside < 0.16f && point.Y is > 0.46f and < 0.67f) ? mask : mask * (1 - LipPainter.Coverage(point, 0.018f));
    }

    private static float BeardBorder(float aside)
    {
        for (int i = 1; i < BeardLine.Length; i++)
        {
            if (aside < BeardLine[i].X)
            {
                float t = (aside - BeardLine[i - 1].X) / (BeardLine[i].X - BeardLine[i - 1].X);
                return float.Lerp(BeardLine[i - 1].Y, BeardLine[i].Y, t);
            }
        }

        return BeardLine[^1].Y;
    }
}
