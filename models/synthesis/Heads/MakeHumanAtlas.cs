using System.Numerics;
using AuStream.Synthesis.Scene;

namespace AuStream.Synthesis.Heads;

/// <summary>
/// Lays the head's islands of MakeHuman's body texture out anew: the face upright over the upper half, below it neck and
/// shoulders, inside of the mouth and eye sockets. Pictures of skin are resampled to the same layout.
/// </summary>
internal static class MakeHumanAtlas
{
    /// <summary>Islands of the body texture.</summary>
    public enum Region
    {
        /// <summary>Face, ears and scalp.</summary>
        Face,

        /// <summary>Neck and shoulders.</summary>
        Neck,

        /// <summary>Inside of the mouth.</summary>
        Mouth,

        /// <summary>Eye sockets.</summary>
        Sockets,
    }

    /// <summary>Side of the resampled pictures in texels: a little above what the photographs resolve.</summary>
    public const int PictureSize = 768;

    private const float FaceSpan = 0.69f;
    private const float FaceFloor = 0.475f;

    /// <summary>Which island a coordinate of the body texture lies on.</summary>
    public static Region RegionOf(Vector2 file) =>
        file is { X: < 0.17f, Y: > 0.53f and < 0.65f } ? Region.Sockets
        : file is { X: > 0.63f, Y: > 0.143f and < 0.87f } ? Region.Face
        : file is { X: > 0.74f, Y: <= 0.143f } ? Region.Mouth : Region.Neck;

    /// <summary>Body texture to atlas.</summary>
    public static Vector2 FromFile(Vector2 file, Region region) => region switch
    {
        Region.Face => new Vector2(0.015f + ((file.Y - 0.149f) / FaceSpan), 0.99f - ((file.X - 0.641f) / FaceSpan)),
        Region.Neck => new Vector2(0.02f + ((file.X - 0.15f) / 0.95f), 0.02f + ((file.Y - 0.65f) / 0.95f)),
        Region.Mouth => new Vector2(0.6f + ((file.X - 0.75f) / 0.5f), 0.02f + (file.Y / 0.5f)),
        _ => new Vector2(0.6f + (file.X / 0.6f), 0.33f + ((file.Y - 0.54f) / 0.8f)),
    };

    /// <summary>Resamples a picture laid out like the body to the atlas, bicubic (Catmull–Rom).</summary>
    public static Texture Resample(Texture body)
    {
        var pixels = new float[PictureSize * PictureSize * 4];
        for (int y = 0; y < PictureSize; y++)
        {
            for (int x = 0; x < PictureSize; x++)
            {
                Vector2 file = ToFile(new Vector2((x + 0.5f) / PictureSize, 1 - ((y + 0.5f) / PictureSize)));
                Sample(body, file, pixels.AsSpan(((y * PictureSize) + x) * 4, 4));
            }
        }

        return new Texture(PictureSize, PictureSize, pixels);
    }

    private static Vector2 ToFile(Vector2 atlas)
    {
        if (atlas.Y > FaceFloor)
        {
            return new Vector2(0.641f + ((0.99f - atlas.Y) * FaceSpan), 0.149f + ((atlas.X - 0.015f) * FaceSpan));
        }

        if (atlas.X < 0.56f)
        {
            return new Vector2(0.15f + ((atlas.X - 0.02f) * 0.95f), 0.65f + ((atlas.Y - 0.02f) * 0.95f));
        }

        return atlas.Y < 0.31f
            ? new Vector2(0.75f + ((atlas.X - 0.6f) * 0.5f), (atlas.Y - 0.02f) * 0.5f)
            : new Vector2((atlas.X - 0.6f) * 0.6f, 0.54f + ((atlas.Y - 0.33f) * 0.8f));
    }

    private static void Sample(Texture texture, Vector2 at, Span<float> pixel)
    {
        float fx = (at.X * texture.Width) - 0.5f;
        float fy = ((1 - at.Y) * texture.Height) - 0.5f;
        int x = (int)MathF.Floor(fx);
        int y = (int)MathF.Floor(fy);
        Span<float> wx = stackalloc float[4];
        Span<float> wy = stackalloc float[4];
        CatmullRom(fx - x, wx);
        CatmullRom(fy - y, wy);
        pixel.Clear();
        for (int j = 0; j < 4; j++)
        {
            int row = Math.Clamp(y + j - 1, 0, texture.Height - 1) * texture.Width;
            for (int i = 0; i < 4; i++)
            {
                int from = (row + Math.Clamp(x + i - 1, 0, texture.Width - 1)) * 4;
                float w = wx[i] * wy[j];
                for (int k = 0; k < 4; k++)
                {
                    pixel[k] += w * texture.Pixels[from + k];
                }
            }
        }

        for (int k = 0; k < 4; k++)
        {
            pixel[k] = Math.Clamp(pixel[k], 0.002f, 1);
        }
    }

    private static void CatmullRom(float t, Span<float> weights)
    {
        float t2 = t * t;
        float t3 = t2 * t;
        weights[0] = 0.5f * (-t3 + (2 * t2) - t);
        weights[1] = 0.5f * ((3 * t3) - (5 * t2) + 2);
        weights[2] = 0.5f * ((-3 * t3) + (4 * t2) + t);
        weights[3] = 0.5f * (t3 - t2);
    }
}
