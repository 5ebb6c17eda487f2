using System.Numerics;
using System.Runtime.Intrinsics;

namespace AuStream.Synthesis.Cameras;

/// <summary>
/// The loss of block codecs: YCbCr 4:2:0, 8×8 transform, quantisation, and back. JPEG with the tables of ISO/IEC 10918-1 Annex K
/// scaled by quality as libjpeg does; for video a flat table with H.264's step size and a dead zone. Not thread-safe.
/// </summary>
internal sealed class BlockCodec
{
    private static readonly byte[] LumaTable =
    [
        16, 11, 10, 16, 24, 40, 51, 61, 12, 12, 14, 19, 26, 58, 60, 55, 14, 13, 16, 24, 40, 57, 69, 56, 14, 17, 22, 29, 51, 87, 80, 62,
        18, 22, 37, 56, 68, 109, 103, 77, 24, 35, 55, 64, 81, 104, 113, 92, 49, 64, 78, 87, 103, 121, 120, 101, 72, 92, 95, 98, 112, 100, 103, 99,
    ];

    private static readonly byte[] ChromaTable =
    [
        17, 18, 24, 47, 99, 99, 99, 99, 18, 21, 26, 66, 99, 99, 99, 99, 24, 26, 56, 99, 99, 99, 99, 99, 47, 66, 99, 99, 99, 99, 99, 99,
        99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99,
    ];

    // Colourless is 128, not 127.5: it must survive quantisation.
    private const float ChromaCenter = 128f / 255;

    private float[] _chroma = [];
    private float[] _row = [];

    /// <summary>libjpeg's step sizes for a quality 1–100, of values 0–255.</summary>
    public static float[] JpegSteps(int quality, bool isChroma)
    {
        int scale = quality < 50 ? 5000 / Math.Clamp(quality, 1, 100) : 200 - (2 * Math.Min(quality, 100));
        byte[] table = isChroma ? ChromaTable : LumaTable;
        return Array.ConvertAll(table, entry => (float)Math.Clamp(((entry * scale) + 50) / 100, 1, 255));
    }

    /// <summary>Step sizes of a video quantiser: they double every six, 10 is about one grey level per unit of the orthonormal transform.</summary>
    public static float[] VideoSteps(int quantizer, bool isChroma)
    {
        float step = 0.625f * MathF.Pow(2, quantizer / 6f) * (isChroma ? 0.8f : 1);
        var steps = new float[64];
        for (int i = 0; i < 64; i++)
        {
            steps[i] = step * (1 + (0.04f * ((i & 7) + (i >> 3))));
        }

        return steps;
    }

    /// <summary>Encodes and decodes an RGB picture.</summary>
    /// <param name="image">Picture, values 0–1; replaced.</param>
    /// <param name="luma">64 steps for brightness.</param>
    /// <param name="chroma">64 steps for colour.</param>
    /// <param name="offsetX">Columns by which block borders are shifted to the left, 0–15.</param>
    /// <param name="offsetY">Rows by which block borders are shifted up, 0–15.</param>
    /// <param name="deadZone">Rounding offset: 0.5 rounds to nearest, less sends more values to zero.</param>
    public void Process(PlanarImage image, float[] luma, float[] chroma, int offsetX, int offsetY, float deadZone)
    {
        ToYcc(image);
        Quantize(image[0], image.Width, image.Height, luma, offsetX, offsetY, deadZone);
        int width = (image.Width + 1) / 2;
        int height = (image.Height + 1) / 2;
        if (_chroma.Length < width * height)
        {
            _chroma = new float[width * height];
        }

        for (int plane = 1; plane < 3; plane++)
        {
            Span<float> small = _chroma.AsSpan(0, width * height);
            Halve(image[plane], image.Width, image.Height, small, width, height);
            Quantize(small, width, height, chroma, offsetX / 2, offsetY / 2, deadZone);
            Double(small, width, height, image[plane], image.Width, image.Height);
        }

        ToRgb(image);
    }

    private static void Quantize(Span<float> plane, int width, int height, float[] steps, int offsetX, int offsetY, float deadZone)
    {
        Span<float> block = stackalloc float[64];
        for (int top = -(offsetY & 7); top < height; top += 8)
        {
            for (int left = -(offsetX & 7); left < width; left += 8)
            {
                bool isInside = left >= 0 && top >= 0 && left + 8 <= width && top + 8 <= height;
                Load(plane, width, height, left, top, isInside, block);
                BlockTransform.Forward(block);
                Round(block, steps, deadZone);
                BlockTransform.Inverse(block);
                Store(block, plane, width, height, left, top, isInside);
            }
        }
    }

    private static void Load(ReadOnlySpan<float> plane, int width, int height, int left, int top, bool isInside, Span<float> block)
    {
        for (int y = 0; y < 8; y++)
        {
            Span<float> line = block.Slice(y * 8, 8);
            int row = Math.Clamp(top + y, 0, height - 1) * width;
            if (isInside)
            {
                ((Vector256.Create(plane.Slice(row + left, 8)) * 255) - Vector256.Create(128f)).CopyTo(line);
                continue;
            }

            for (int x = 0; x < 8; x++)
            {
                line[x] = (plane[row + Math.Clamp(left + x, 0, width - 1)] * 255) - 128;
            }
        }
    }

    // To the nearest step, or towards zero with a dead zone; signs stay.
    private static void Round(Span<float> block, ReadOnlySpan<float> steps, float deadZone)
    {
        Vector256<float> signBit = Vector256.Create(-0f);
        for (int i = 0; i < 64; i += 8)
        {
            Vector256<float> step = Vector256.Create(steps.Slice(i, 8));
            Vector256<float> levels = Vector256.Create<float>(block.Slice(i, 8)) / step;
            Vector256<float> rounded = Vector256.Floor(Vector256.Abs(levels) + Vector256.Create(deadZone));
            ((rounded | (levels & signBit)) * step).CopyTo(block[i..]);
        }
    }

    private static void Store(ReadOnlySpan<float> block, Span<float> plane, int width, int height, int left, int top, bool isInside)
    {
        for (int y = Math.Max(0, -top); y < 8 && top + y < height; y++)
        {
            int row = (top + y) * width;
            if (isInside)
            {
                Vector256<float> values = (Vector256.Create(block.Slice(y * 8, 8)) + Vector256.Create(128f)) * (1 / 255f);
                Vector256.Min(Vector256.Max(values, Vector256<float>.Zero), Vector256<float>.One).CopyTo(plane[(row + left)..]);
                continue;
            }

            for (int x = Math.Max(0, -left); x < 8 && left + x < width; x++)
            {
                plane[row + left + x] = Math.Clamp((block[(y * 8) + x] + 128) * (1 / 255f), 0, 1);
            }
        }
    }

    private static void Halve(ReadOnlySpan<float> source, int width, int height, Span<float> target, int smallWidth, int smallHeight)
    {
        for (int y = 0; y < smallHeight; y++)
        {
            int top = 2 * y * width;
            int bottom = Math.Min((2 * y) + 1, height - 1) * width;
            for (int x = 0; x < smallWidth; x++)
            {
                int left = 2 * x;
                int right = Math.Min(left + 1, width - 1);
                target[(y * smallWidth) + x] = (source[top + left] + source[top + right] + source[bottom + left] + source[bottom + right]) * 0.25f;
            }
        }
    }

    // Linearly between the middles of the small pixels: rows first, then along each of them.
    private void Double(ReadOnlySpan<float> source, int smallWidth, int smallHeight, Span<float> target, int width, int height)
    {
        if (_row.Length < smallWidth)
        {
            _row = new float[smallWidth];
        }

        Span<float> row = _row.AsSpan(0, smallWidth);
        for (int y = 0; y < height; y++)
        {
            float sy = Math.Clamp((y * 0.5f) - 0.25f, 0, smallHeight - 1);
            int top = (int)sy;
            ReadOnlySpan<float> upper = source.Slice(top * smallWidth, smallWidth);
            ReadOnlySpan<float> lower = source.Slice(Math.Min(top + 1, smallHeight - 1) * smallWidth, smallWidth);
            Mix(upper, lower, sy - top, row);
            Span<float> result = target.Slice(y * width, width);
            result[0] = row[0];
            for (int x = 1; x < result.Length; x++)
            {
                // Odd pixels lie a quarter behind a small one, even pixels a quarter before one.
                float before = row[(x - 1) >> 1];
                float after = row[Math.Min((x + 1) >> 1, smallWidth - 1)];
                result[x] = before + ((after - before) * ((x & 1) != 0 ? 0.25f : 0.75f));
            }
        }
    }

    private static void Mix(ReadOnlySpan<float> from, ReadOnlySpan<float> to, float share, Span<float> target)
    {
        int x = 0;
        for (; x <= target.Length - Vector<float>.Count; x += Vector<float>.Count)
        {
            var start = new Vector<float>(from[x..]);
            (start + ((new Vector<float>(to[x..]) - start) * share)).CopyTo(target[x..]);
        }

        for (; x < target.Length; x++)
        {
            target[x] = from[x] + ((to[x] - from[x]) * share);
        }
    }

    // JFIF: BT.601 at full range, colour centred on 128.
    private static void ToYcc(PlanarImage image)
    {
        Span<float> r = image[0];
        Span<float> g = image[1];
        Span<float> b = image[2];
        for (int i = 0; i < r.Length; i++)
        {
            float y = (0.299f * r[i]) + (0.587f * g[i]) + (0.114f * b[i]);
            float cb = ((b[i] - y) * 0.564334f) + ChromaCenter;
            float cr = ((r[i] - y) * 0.713267f) + ChromaCenter;
            (r[i], g[i], b[i]) = (y, cb, cr);
        }
    }

    private static void ToRgb(PlanarImage image)
    {
        Span<float> p0 = image[0];
        Span<float> p1 = image[1];
        Span<float> p2 = image[2];
        for (int i = 0; i < p0.Length; i++)
        {
            float y = p0[i];
            float cb = p1[i] - ChromaCenter;
            float cr = p2[i] - ChromaCenter;
            p0[i] = Math.Clamp(y + (1.402f * cr), 0, 1);
            p1[i] = Math.Clamp(y - (0.344136f * cb) - (0.714136f * cr), 0, 1);
            p2[i] = Math.Clamp(y + (1.772f * cb), 0, 1);
        }
    }
}
