using System.Numerics;
using System.Runtime.CompilerServices;
using AuStream.Synthesis.People;
using AuStream.Synthesis.Randomness;
using AuStream.Synthesis.Scene;

namespace AuStream.Synthesis.Skin;

/// <summary>Lays the ground: one tone with blood and melanin unevenly in it, or a photograph of skin made sharper with grain.</summary>
internal static class TonePainter
{
    // Few photographs serve many people; each is brought to the canvas's size once.
    private static readonly ConditionalWeakTable<Texture, Vector3[]> Resized = [];

    /// <summary>Skin without a photograph.</summary>
    public static void Paint(SkinCanvas canvas, PersonAppearance person, RandomStream random)
    {
        (int X, int Y) blotch = SkinCanvas.TileOffset(random);
        (int X, int Y) mottle = SkinCanvas.TileOffset(random);
        (int X, int Y) blood = SkinCanvas.TileOffset(random);
        float blotches = 0.035f * random.Uniform(0.4f, 1.4f);
        float mottling = 0.03f * random.Uniform(0.3f, 1.5f);
        float redness = 0.05f * random.Uniform(0.3f, 1.4f);
        for (int y = 0; y < canvas.Size; y++)
        {
            for (int x = 0; x < canvas.Size; x++)
            {
                float tone = 1 + (blotches * NoiseTile.Blotches.At(x + blotch.X, y + blotch.Y)) + (mottling * NoiseTile.Mottling.At(x + mottle.X, y + mottle.Y));
                float red = redness * ((0.7f * NoiseTile.Blotches.At(x + blood.X, y + blood.Y)) + (0.5f * NoiseTile.Mottling.At(x + blood.Y, y + blood.X)));
                canvas.Colors[(y * canvas.Size) + x] = person.SkinColor * tone * new Vector3(1 + (red * 0.25f), 1 - red, 1 - red);
            }
        }

        PaintRegions(canvas, person, random);
    }

    /// <summary>Brings a photograph of skin to the canvas's size.</summary>
    public static void PaintPhotograph(SkinCanvas canvas, Texture photograph)
    {
        if (!Resized.TryGetValue(photograph, out Vector3[]? colors) || colors.Length != canvas.Colors.Length)
        {
            colors = Resize(photograph, canvas.Size);
            Resized.AddOrUpdate(photograph, colors);
        }

        colors.CopyTo(canvas.Colors, 0);
    }

    /// <summary>Pores and fine grain, in colour and relief, on any skin.</summary>
    public static void PaintGrain(SkinCanvas canvas, PersonAppearance person, RandomStream random, bool isPhotograph)
    {
        (int X, int Y) pores = SkinCanvas.TileOffset(random);
        (int X, int Y) mottle = SkinCanvas.TileOffset(random);
        float color = random.Uniform(0.01f, 0.05f);
        float warmth = isPhotograph ? random.Uniform(0, 0.05f) : 0;
        float relief = random.Uniform(0.0015f, 0.006f) * (0.6f + (0.8f * person.Age));
        for (int y = 0; y < canvas.Size; y++)
        {
            for (int x = 0; x < canvas.Size; x++)
            {
                int at = (y * canvas.Size) + x;
                float grain = NoiseTile.Pores.At(x + pores.X, y + pores.Y);
                float slow = NoiseTile.Mottling.At(x + mottle.X, y + mottle.Y);
                canvas.Colors[at] *= new Vector3(1 + (color * grain) + (warmth * 0.3f * slow), 1 + (color * grain) - (warmth * slow), 1 + (color * grain) - (warmth * slow));
                canvas.Heights[at] += relief * (grain - (0.4f * grain * grain)) + (relief * 0.8f * slow);
            }
        }
    }

    private static Vector3[] Resize(Texture photograph, int size)
    {
        var colors = new Vector3[size * size];
        for (int y = 0; y < size; y++)
        {
            float sy = Math.Clamp(((y + 0.5f) * photograph.Height / size) - 0.5f, 0, photograph.Height - 1);
            int top = (int)sy;
            int bottom = Math.Min(top + 1, photograph.Height - 1);
            for (int x = 0; x < size; x++)
            {
                float sx = Math.Clamp(((x + 0.5f) * photograph.Width / size) - 0.5f, 0, photograph.Width - 1);
                int left = (int)sx;
                int right = Math.Min(left + 1, photograph.Width - 1);
                colors[(y * size) + x] = Vector3.Lerp(
                    Vector3.Lerp(Texel(photograph, left, top), Texel(photograph, right, top), sx - left),
                    Vector3.Lerp(Texel(photograph, left, bottom), Texel(photograph, right, bottom), sx - left),
                    sy - top);
            }
        }

        return colors;
    }

    private static void PaintRegions(SkinCanvas canvas, PersonAppearance person, RandomStream random)
    {
        float blood = person.Redness;
        float shadows = person.EyeShadows;
        canvas.TintBoth(new(0.30f, 0.42f), new(0.065f, 0.06f), new(1.06f, 0.76f, 0.74f), blood * random.Uniform(0.5f, 1));
        canvas.Tint(new(0.5f, 0.41f), new(0.05f, 0.045f), new(1.05f, 0.76f, 0.74f), 0.15f + (blood * random.Uniform(0.4f, 0.9f)));
        canvas.TintBoth(new(0.44f, 0.45f), new(0.02f, 0.018f), new(0.95f, 0.74f, 0.72f), random.Uniform(0.1f, 0.7f));
        canvas.Tint(new(0.5f, 0.69f), new(0.05f, 0.04f), new(1.04f, 0.84f, 0.82f), blood * random.Uniform(0.2f, 0.8f));
        canvas.TintBoth(new(0.375f, 0.315f), new(0.045f, 0.016f), new(0.76f, 0.66f, 0.70f), shadows * 0.9f);
        canvas.TintBoth(new(0.355f, 0.258f), new(0.05f, 0.02f), new(0.82f, 0.68f, 0.66f), shadows * random.Uniform(0.3f, 1));
        canvas.TintBoth(new(0.435f, 0.265f), new(0.024f, 0.03f), new(0.78f, 0.66f, 0.64f), shadows * random.Uniform(0.2f, 0.9f));
        canvas.Tint(new(0.5f, 0.10f), new(0.17f, 0.06f), new(1.06f, 1.03f, 0.98f), random.Uniform(-0.6f, 0.8f));
        canvas.Tint(new(0.5f, 0.475f), new(0.07f, 0.014f), new(0.90f, 0.86f, 0.85f), random.Uniform(0, 0.8f));
        canvas.TintBoth(new(0.385f, 0.565f), new(0.014f, 0.012f), new(0.80f, 0.66f, 0.64f), random.Uniform(0.2f, 0.9f));
    }

    private static Vector3 Texel(Texture texture, int x, int y)
    {
        int at = ((y * texture.Width) + x) * 4;
        return new Vector3(texture.Pixels[at], texture.Pixels[at + 1], texture.Pixels[at + 2]);
    }
}
