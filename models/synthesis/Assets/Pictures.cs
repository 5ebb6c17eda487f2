using System.Numerics;
using AuStream.Synthesis.Scene;

namespace AuStream.Synthesis.Assets;

/// <summary>Conversions of decoded pictures.</summary>
internal static class Pictures
{
    private static readonly float[] s_linear = MakeTable();

    /// <summary>8-bit sRGB (taken as a power of 2.2) to linear light.</summary>
    public static Texture ToLinear(PngImage image)
    {
        var pixels = new float[image.Pixels.Length];
        for (int i = 0; i < pixels.Length; i += 4)
        {
            pixels[i] = s_linear[image.Pixels[i]];
            pixels[i + 1] = s_linear[image.Pixels[i + 1]];
            pixels[i + 2] = s_linear[image.Pixels[i + 2]];
            pixels[i + 3] = image.Pixels[i + 3] / 255f;
        }

        return new Texture(image.Width, image.Height, pixels);
    }

    /// <summary>The brightness alone, so that hair of any colour can be tinted.</summary>
    public static Texture ToGrey(Texture texture)
    {
        var pixels = new float[texture.Pixels.Length];
        for (int i = 0; i < pixels.Length; i += 4)
        {
            float grey = (0.2126f * texture.Pixels[i]) + (0.7152f * texture.Pixels[i + 1]) + (0.0722f * texture.Pixels[i + 2]);
            (pixels[i], pixels[i + 1], pixels[i + 2], pixels[i + 3]) = (grey, grey, grey, texture.Pixels[i + 3]);
        }

        return new Texture(texture.Width, texture.Height, pixels);
    }

    /// <summary>Mean colour weighted by coverage.</summary>
    public static Vector3 Mean(Texture texture)
    {
        double red = 0, green = 0, blue = 0, weight = 1e-6;
        float[] p = texture.Pixels;
        for (int i = 0; i < p.Length; i += 4)
        {
            red += p[i] * p[i + 3];
            green += p[i + 1] * p[i + 3];
            blue += p[i + 2] * p[i + 3];
            weight += p[i + 3];
        }

        return new Vector3((float)(red / weight), (float)(green / weight), (float)(blue / weight));
    }

    private static float[] MakeTable()
    {
        var table = new float[256];
        for (int i = 0; i < table.Length; i++)
        {
            table[i] = MathF.Pow(i / 255f, 2.2f);
        }

        return table;
    }
}
