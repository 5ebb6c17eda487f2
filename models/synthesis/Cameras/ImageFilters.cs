using System.Numerics;

namespace AuStream.Synthesis.Cameras;

/// <summary>Blur, motion, sharpening and resampling of planes. Not thread-safe: keeps a scratch buffer.</summary>
internal sealed class ImageFilters
{
    private float[] _scratch = [];
    private float[] _row = [];

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
        Span<float> padded = Row(width + (2 * radius));
        for (int y = 0; y < height; y++)
        {
            ReadOnlySpan<float> row = plane.Slice(y * width, width);
            padded[..radius].Fill(row[0]);
            row.CopyTo(padded[radius..]);
            padded[(radius + width)..].Fill(row[^1]);
            Span<float> target = scratch.Slice(y * width, width);
            target.Clear();
            for (int k = 0; k < kernel.Length; k++)
            {
                AddScaled(padded.Slice(k, width), kernel[k], target);
            }
        }

        for (int y = 0; y < height; y++)
        {
            Span<float> target = plane.Slice(y * width, width);
            target.Clear();
            for (int k = -radius; k <= radius; k++)
            {
                AddScaled(scratch.Slice(Math.Clamp(y + k, 0, height - 1) * width, width), kernel[k + radius], target);
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

    /// <summary>Shrinks by averaging areas, or enlarges linearly; rows first, then columns.</summary>
    public void Resample(ReadOnlySpan<float> source, int width, int height, Span<float> target, int newWidth, int newHeight)
    {
        Span<(int At, float Weight)> across = new (int, float)[newWidth * TapsOf(width, newWidth)];
        Span<(int At, float Weight)> down = new (int, float)[newHeight * TapsOf(height, newHeight)];
        int columnTaps = MakeTaps(width, newWidth, across);
        int rowTaps = MakeTaps(height, newHeight, down);
        Span<float> row = Row(width);
        for (int y = 0; y < newHeight; y++)
        {
            row.Clear();
            for (int k = y * rowTaps; k < (y + 1) * rowTaps; k++)
            {
                AddScaled(source.Slice(down[k].At * width, width), down[k].Weight, row);
            }

            Span<float> result = target.Slice(y * newWidth, newWidth);
            for (int x = 0, k = 0; x < newWidth; x++)
            {
                float sum = 0;
                for (int end = k + columnTaps; k < end; k++)
                {
                    sum += row[across[k].At] * across[k].Weight;
                }

                result[x] = sum;
            }
        }
    }

    private static int TapsOf(int length, int newLength) => newLength < length ? (int)MathF.Ceiling((float)length / newLength) + 1 : 2;

    // Which values of a line make one of the resampled line, and with what weights; as many for each.
    private static int MakeTaps(int length, int newLength, Span<(int At, float Weight)> taps)
    {
        int count = TapsOf(length, newLength);
        float scale = (float)length / newLength;
        for (int i = 0; i < newLength; i++)
        {
            Span<(int At, float Weight)> own = taps.Slice(i * count, count);
            if (newLength >= length)
            {
                float at = Math.Clamp(((i + 0.5f) * scale) - 0.5f, 0, length - 1);
                int first = (int)at;
                own[0] = (first, 1 - (at - first));
                own[1] = (Math.Min(first + 1, length - 1), at - first);
                continue;
            }

            float from = i * scale;
            float to = Math.Min(length, from + scale);
            float area = 0;
            for (int k = 0; k < count; k++)
            {
                int at = Math.Min((int)from + k, length - 1);
                float weight = (int)from + k < length ? Math.Max(0, Math.Min(to, at + 1) - Math.Max(from, at)) : 0;
                own[k] = (at, weight);
                area += weight;
            }

            for (int k = 0; k < count; k++)
            {
                own[k].Weight /= area;
            }
        }

        return count;
    }

    private static void AddScaled(ReadOnlySpan<float> source, float factor, Span<float> target)
    {
        int lanes = Vector<float>.Count;
        var weight = new Vector<float>(factor);
        int x = 0;
        for (; x <= target.Length - lanes; x += lanes)
        {
            (new Vector<float>(target[x..]) + (weight * new Vector<float>(source[x..]))).CopyTo(target[x..]);
        }

        for (; x < target.Length; x++)
        {
            target[x] += factor * source[x];
        }
    }

    private Span<float> Row(int length)
    {
        if (_row.Length < length)
        {
            _row = new float[length];
        }

        return _row.AsSpan(0, length);
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
