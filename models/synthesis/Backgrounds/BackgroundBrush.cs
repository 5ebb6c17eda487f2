using System.Numerics;
using AuStream.Synthesis.Pictures;
using AuStream.Synthesis.Randomness;

namespace AuStream.Synthesis.Backgrounds;

/// <summary>Simple shapes on a picture; positions are fractions of its width and height, y down.</summary>
internal sealed class BackgroundBrush(LinearImage image)
{
    /// <summary>A colour of linear light.</summary>
    /// <param name="random">Randomness.</param>
    /// <param name="colorfulness">0 is grey, 1 any colour.</param>
    public static Vector3 Color(RandomStream random, float colorfulness)
    {
        float level = random.Uniform(0.08f, 0.95f);
        var color = new Vector3(random.NextUnit(), random.NextUnit(), random.NextUnit());
        Vector3 mixed = Vector3.Lerp(new Vector3(level), color, colorfulness * random.NextUnit());
        return mixed * mixed;
    }

    public void Gradient(Vector3 from, Vector3 to, float angle)
    {
        var direction = new Vector2(MathF.Cos(angle), MathF.Sin(angle));
        var start = new Vector4(from, 1);
        Vector4 change = new Vector4(to, 1) - start;
        float step = direction.X / image.Width;
        for (int y = 0; y < image.Height; y++)
        {
            float first = ((((float)y / image.Height) - 0.5f) * direction.Y) + 0.5f - (0.5f * direction.X);
            Span<Vector4> row = image.Pixels.AsSpan(y * image.Width, image.Width);
            for (int x = 0; x < row.Length; x++)
            {
                row[x] = start + (change * Math.Clamp(first + (x * step), 0, 1));
            }
        }
    }

    public void Rectangle(Vector2 low, Vector2 high, Vector3 color, float opacity)
    {
        int left = Math.Clamp((int)MathF.Round(low.X * image.Width), 0, image.Width);
        int right = Math.Clamp((int)MathF.Round(high.X * image.Width), 0, image.Width);
        int top = Math.Clamp((int)MathF.Round(low.Y * image.Height), 0, image.Height);
        int bottom = Math.Clamp((int)MathF.Round(high.Y * image.Height), 0, image.Height);
        for (int y = top; y < bottom; y++)
        {
            for (int x = left; x < right; x++)
            {
                Mix(x, y, color, opacity);
            }
        }
    }

    /// <param name="softness">0 has a sharp border, 1 fades from the middle on.</param>
    public void Ellipse(Vector2 center, Vector2 radius, Vector3 color, float opacity, float softness)
    {
        int left = Math.Clamp((int)((center.X - radius.X) * image.Width), 0, image.Width);
        int right = Math.Clamp((int)((center.X + radius.X) * image.Width) + 1, 0, image.Width);
        int top = Math.Clamp((int)((center.Y - radius.Y) * image.Height), 0, image.Height);
        int bottom = Math.Clamp((int)((center.Y + radius.Y) * image.Height) + 1, 0, image.Height);
        for (int y = top; y < bottom; y++)
        {
            for (int x = left; x < right; x++)
            {
                float distance = ((new Vector2((float)x / image.Width, (float)y / image.Height) - center) / radius).Length();
                float cover = Math.Clamp((1 - distance) / Math.Max(softness, 0.02f), 0, 1);
                if (cover > 0)
                {
                    Mix(x, y, color, opacity * cover);
                }
            }
        }
    }

    /// <summary>Multiplies by smooth noise.</summary>
    /// <param name="random">Randomness.</param>
    /// <param name="amount">Standard deviation.</param>
    /// <param name="cell">Size of a blotch in pixels.</param>
    public void Grain(RandomStream random, float amount, float cell)
    {
        int columns = (int)(image.Width / cell) + 2;
        int rows = (int)(image.Height / cell) + 2;
        var lattice = new float[columns * rows];
        for (int i = 0; i < lattice.Length; i++)
        {
            lattice[i] = random.Normal(0, amount);
        }

        for (int y = 0; y < image.Height; y++)
        {
            int top = (int)(y / cell);
            float fy = (y / cell) - top;
            for (int x = 0; x < image.Width; x++)
            {
                int left = (int)(x / cell);
                float fx = (x / cell) - left;
                int at = (top * columns) + left;
                float value = float.Lerp(float.Lerp(lattice[at], lattice[at + 1], fx), float.Lerp(lattice[at + columns], lattice[at + columns + 1], fx), fy);
                ref Vector4 pixel = ref image.Pixels[(y * image.Width) + x];
                pixel = new Vector4(pixel.AsVector3() * Math.Max(0.1f, 1 + value), 1);
            }
        }
    }

    private void Mix(int x, int y, Vector3 color, float opacity)
    {
        ref Vector4 pixel = ref image.Pixels[(y * image.Width) + x];
        pixel = new Vector4(Vector3.Lerp(pixel.AsVector3(), color, opacity), 1);
    }
}
