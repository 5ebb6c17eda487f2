using System.Numerics;

namespace AuStream.Synthesis.Cameras;

/// <summary>Blur, motion, sharpening and resampling of planes. Not thread-safe: keeps a scratch buffer.</summary>
internal sealed class ImageFilters
{
    private float[] _scratch = [];

    /// <summary>Gaussian blur with clamped borders.</summary>
    public void Blur(Span<float> plane, int width, int height, float deviation)
    {
        if (deviation < 0.05f)
        {
            return;
        }

        int radius = Math.Max(1, (int)MathF.Ceiling(deviation * 2.6f));
        Span<float> kernel = stackalloc float[(2 * radius) + 1];
        float sum = 0;
        for (int i = -radius; i <= radius; i++)
        {
            sum += kernel[i + radius] = MathF.Exp(-0.5f * i * i / (deviation * deviation));
        }

        for (int i = 0; i < kernel.Length; i++)
        {
            kernel[i] /= sum;
        }

        Span<float> scratch = Scratch(plane.Length);
        for (int y = 0; y < height; y++)
        {
            ReadOnlySpan<float> row = plane.Slice(y * width, width);
            for (int x = 0; x < width; x++)
            {
                float value = 0;
                for (int k = -radius; k <= radius; k++)
                {
                    value += kernel[k + radius] * row[Math.Clamp(x + k, 0, width - 1)];
                }

                scratch[(y * width) + x] = value;
            }
        }

        int lanes = Vector<float>.Count;
        for (int y = 0; y < height; y++)
        {
            Span<float> target = plane.Slice(y * width, width);
            target.Clear();
            for (int k = -radius; k <= radius; k++)
            {
                ReadOnlySpan<float> row = scratch.Slice(Math.Clamp(y + k, 0, height - 1) * width, width);
                var weight = new Vector<float>(kernel[k + radius]);
                int x = 0;
                for (; x <= width - lanes; x += lanes)
                {
                    (new Vector<float>(target[x..]) + (weight * new Vector<float>(row[x..]))).CopyTo(target[x..]);
                }

                for (; x < width; x++)
                {
                    target[x] += kernel[k + radius] * row[x];
                }
            }
        }
    }

    /// <summary>Averages along a straight path.</summary>
    public void Smear(Span<float> plane, int width, int height, Vector2 motion)
    {
        float length = motion.Length();
        if (length < 0.5f)
        {
            return;
        }

        int taps = Math.Min(24, (int)MathF.Ceiling(length) + 1);
        Span<float> scratch = Scratch(plane.Length);
        plane.CopyTo(scratch);
        for (int y = 0; y < height; y++)
        {
            for (int x = 0; x < width; x++)
            {
                float sum = 0;
                for (int tap = 0; tap < taps; tap++)
                {
                    Vector2 at = new Vector2(x, y) + (motion * (((tap + 0.5f) / taps) - 0.5f));
                    int sx = Math.Clamp((int)MathF.Round(at.X), 0, width - 1);
                    int sy = Math.Clamp((int)MathF.Round(at.Y), 0, height - 1);
                    sum += scratch[(sy * width) + sx];
                }

                plane[(y * width) + x] = sum / taps;
            }
        }
    }

    /// <summary>Adds the difference to a blurred copy: edges get halos.</summary>
    public void Sharpen(Span<float> plane, int width, int height, float amount, float[] copy)
    {
        if (amount < 0.01f)
        {
            return;
        }

        plane.CopyTo(copy);
        Blur(plane, width, height, 1.2f);
        for (int i = 0; i < plane.Length; i++)
        {
            plane[i] = Math.Clamp(copy[i] + (amount * (copy[i] - plane[i])), 0, 1);
        }
    }

    /// <summary>Shrinks by averaging areas, or enlarges linearly.</summary>
    public static void Resample(ReadOnlySpan<float> source, int width, int height, Span<float> target, int newWidth, int newHeight)
    {
        float scaleX = (float)width / newWidth;
        float scaleY = (float)height / newHeight;
        if (scaleX <= 1)
        {
            Enlarge(source, width, height, target, newWidth, newHeight);
            return;
        }

        for (int y = 0; y < newHeight; y++)
        {
            float top = y * scaleY;
            float bottom = Math.Min(height, top + scaleY);
            for (int x = 0; x < newWidth; x++)
            {
                float left = x * scaleX;
                float right = Math.Min(width, left + scaleX);
                float sum = 0;
                float area = 0;
                for (int sy = (int)top; sy < bottom; sy++)
                {
                    float tall = Math.Min(bottom, sy + 1) - Math.Max(top, sy);
                    for (int sx = (int)left; sx < right; sx++)
                    {
                        float weight = tall * (Math.Min(right, sx + 1) - Math.Max(left, sx));
                        sum += weight * source[(sy * width) + sx];
                        area += weight;
                    }
                }

                target[(y * newWidth) + x] = sum / area;
            }
        }
    }

    private static void Enlarge(ReadOnlySpan<float> source, int width, int height, Span<float> target, int newWidth, int newHeight)
    {
        for (int y = 0; y < newHeight; y++)
        {
            float sy = Math.Clamp(((y + 0.5f) * height / newHeight) - 0.5f, 0, height - 1);
            int top = (int)sy;
            int bottom = Math.Min(top + 1, height - 1);
            for (int x = 0; x < newWidth; x++)
            {
                float sx = Math.Clamp(((x + 0.5f) * width / newWidth) - 0.5f, 0, width - 1);
                int left = (int)sx;
                int right = Math.Min(left + 1, width - 1);
                float upper = float.Lerp(source[(top * width) + left], source[(top * width) + right], sx - left);
                float lower = float.Lerp(source[(bottom * width) + left], source[(bottom * width) + right], sx - left);
                target[(y * newWidth) + x] = float.Lerp(upper, lower, sy - top);
            }
        }
    }

    private Span<float> Scratch(int length)
    {
        if (_scratch.Length < length)
        {
            _scratch = new float[length];
        }

        return _scratch.AsSpan(0, length);
    }
}
