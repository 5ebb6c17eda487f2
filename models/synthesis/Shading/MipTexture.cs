using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using AuStream.Synthesis.Scene;

namespace AuStream.Synthesis.Shading;

/// <summary>
/// A texture with four values per texel and its halved copies, sampled trilinearly with wrapping coordinates. Thread-safe for
/// sampling; <see cref="Refresh"/> must not run meanwhile.
/// </summary>
public sealed class MipTexture
{
    private static readonly ConditionalWeakTable<object, MipTexture> Cache = [];

    private readonly Vector4[][] _levels;
    private readonly int[] _widths;
    private readonly int[] _heights;

    /// <summary>An empty texture.</summary>
    /// <param name="width">Columns, a power of two.</param>
    /// <param name="height">Rows, a power of two.</param>
    /// <exception cref="ArgumentException">A side is no power of two.</exception>
    public MipTexture(int width, int height)
    {
        if (!BitOperations.IsPow2(width) || !BitOperations.IsPow2(height))
        {
            throw new ArgumentException($"A texture of {width}×{height} texels cannot be halved; sides must be powers of two.", nameof(width));
        }

        Width = width;
        Height = height;
        int levels = BitOperations.Log2((uint)Math.Min(width, height)) + 1;
        _levels = new Vector4[levels][];
        _widths = new int[levels];
        _heights = new int[levels];
        for (int i = 0; i < levels; i++)
        {
            _widths[i] = width >> i;
            _heights[i] = height >> i;
            _levels[i] = new Vector4[_widths[i] * _heights[i]];
        }
    }

    /// <summary>Columns of the finest level.</summary>
    public int Width { get; }

    /// <summary>Rows of the finest level.</summary>
    public int Height { get; }

    /// <summary>Texels of the finest level, rows from top (v = 1) to bottom; call <see cref="Refresh"/> after writing.</summary>
    public Span<Vector4> Texels => _levels[0];

    /// <summary>The texture with its halved copies, made once and kept as long as the texture lives.</summary>
    public static MipTexture Of(Texture texture) => Cache.GetValue(texture, static key => FromTexture((Texture)key));

    /// <summary>The relief with its halved copies, made once and kept as long as the height map lives.</summary>
    public static MipTexture Of(HeightMap heights) => Cache.GetValue(heights, static key => FromHeights((HeightMap)key));

    /// <summary>Copies a texture; sides that are no power of two are resampled to the next one above.</summary>
    public static MipTexture FromTexture(Texture texture)
    {
        ArgumentNullException.ThrowIfNull(texture);
        var result = new MipTexture((int)BitOperations.RoundUpToPowerOf2((uint)texture.Width), (int)BitOperations.RoundUpToPowerOf2((uint)texture.Height));
        ReadOnlySpan<Vector4> source = MemoryMarshal.Cast<float, Vector4>(texture.Pixels);
        if (result.Width == texture.Width && result.Height == texture.Height)
        {
            source.CopyTo(result.Texels);
        }
        else
        {
            Resample(source, texture.Width, texture.Height, result);
        }

        result.Refresh(0, 0, result.Width, result.Height);
        return result;
    }

    /// <summary>Slopes of a height map: the texels hold (∂h/∂u, ∂h/∂v, h, 0) with u, v over the whole texture and v upwards.</summary>
    public static MipTexture FromHeights(HeightMap heights)
    {
        ArgumentNullException.ThrowIfNull(heights);
        var result = new MipTexture(heights.Width, heights.Height);
        result.WriteSlopes(heights.Values, 0, 0, heights.Width, heights.Height);
        result.Refresh(0, 0, result.Width, result.Height);
        return result;
    }

    /// <summary>Writes the slopes of a height map into a region of the finest level.</summary>
    public void WriteSlopes(ReadOnlySpan<float> heights, int left, int top, int width, int height)
    {
        float acrossScale = 0.5f * Width;
        float upScale = 0.5f * Height;
        for (int y = top; y < top + height; y++)
        {
            ReadOnlySpan<float> row = heights.Slice(y * Width, Width);
            ReadOnlySpan<float> above = heights.Slice(Math.Max(0, y - 1) * Width, Width);
            ReadOnlySpan<float> below = heights.Slice(Math.Min(Height - 1, y + 1) * Width, Width);
            Span<Vector4> texels = Texels.Slice(y * Width, Width);
            for (int x = left; x < left + width; x++)
            {
                texels[x] = new Vector4(
                    (row[Math.Min(Width - 1, x + 1)] - row[Math.Max(0, x - 1)]) * acrossScale,
                    (above[x] - below[x]) * upScale,
                    row[x],
                    0);
            }
        }
    }

    /// <summary>Makes the halved copies anew for a region of the finest level.</summary>
    public void Refresh(int left, int top, int width, int height)
    {
        int right = left + width - 1;
        int bottom = top + height - 1;
        for (int level = 1; level < _levels.Length; level++)
        {
            left >>= 1;
            top >>= 1;
            right = Math.Min(right >> 1, _widths[level] - 1);
            bottom = Math.Min(bottom >> 1, _heights[level] - 1);
            ReadOnlySpan<Vector4> fine = _levels[level - 1];
            Span<Vector4> coarse = _levels[level];
            int fineWidth = _widths[level - 1];
            for (int y = top; y <= bottom; y++)
            {
                ReadOnlySpan<Vector4> upper = fine.Slice(2 * y * fineWidth, fineWidth);
                ReadOnlySpan<Vector4> lower = fine.Slice(((2 * y) + 1) * fineWidth, fineWidth);
                for (int x = left; x <= right; x++)
                {
                    coarse[(y * _widths[level]) + x] = (upper[2 * x] + upper[(2 * x) + 1] + lower[2 * x] + lower[(2 * x) + 1]) * 0.25f;
                }
            }
        }
    }

    /// <summary>The value at wrapping texture coordinates (v upwards).</summary>
    /// <param name="coordinate">Texture coordinates.</param>
    /// <param name="level">Level of detail: 0 is the finest, each next one half as fine; fractions blend.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector4 Sample(Vector2 coordinate, float level)
    {
        level = Math.Clamp(level, 0, _levels.Length - 1);
        int lower = (int)level;
        float fraction = level - lower;
        Vector4 value = Bilinear(lower, coordinate);
        return fraction < 0.05f || lower + 1 >= _levels.Length ? value : Vector4.Lerp(value, Bilinear(lower + 1, coordinate), fraction);
    }

    /// <summary>The values of two textures of one size at the same place: what <see cref="Sample"/> gives for each.</summary>
    /// <param name="first">A texture.</param>
    /// <param name="second">Another one, as large.</param>
    /// <param name="coordinate">Texture coordinates.</param>
    /// <param name="level">Level of detail.</param>
    /// <param name="a">Value of the first.</param>
    /// <param name="b">Value of the second.</param>
    internal static void SampleBoth(MipTexture first, MipTexture second, Vector2 coordinate, float level, out Vector4 a, out Vector4 b)
    {
        level = Math.Clamp(level, 0, first._levels.Length - 1);
        int lower = (int)level;
        float fraction = level - lower;
        BilinearBoth(first, second, lower, coordinate, out a, out b);
        if (fraction >= 0.05f && lower + 1 < first._levels.Length)
        {
            BilinearBoth(first, second, lower + 1, coordinate, out Vector4 coarseA, out Vector4 coarseB);
            a += (coarseA - a) * fraction;
            b += (coarseB - b) * fraction;
        }
    }

    /// <summary>The value at wrapping texture coordinates in one level, clamped to those there are.</summary>
    public Vector4 SampleLevel(Vector2 coordinate, int level) => Bilinear(Math.Clamp(level, 0, _levels.Length - 1), coordinate);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void BilinearBoth(MipTexture first, MipTexture second, int level, Vector2 coordinate, out Vector4 a, out Vector4 b)
    {
        first.Locate(level, coordinate, out Corners corners);
        a = corners.Mix(ref MemoryMarshal.GetArrayDataReference(first._levels[level]));
        b = corners.Mix(ref MemoryMarshal.GetArrayDataReference(second._levels[level]));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Vector4 Bilinear(int level, Vector2 coordinate)
    {
        Locate(level, coordinate, out Corners corners);
        return corners.Mix(ref MemoryMarshal.GetArrayDataReference(_levels[level]));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Locate(int level, Vector2 coordinate, out Corners corners)
    {
        // Sides are powers of two with as many halvings.
        int width = Width >> level;
        int height = Height >> level;
        float x = (coordinate.X * width) - 0.5f;
        float y = ((1 - coordinate.Y) * height) - 0.5f;
        float floorX = MathF.Floor(x);
        float floorY = MathF.Floor(y);
        int left = (int)floorX & (width - 1);
        int top = ((int)floorY & (height - 1)) * width;
        int right = (left + 1) & (width - 1);
        int bottom = (((int)floorY + 1) & (height - 1)) * width;
        corners = new Corners(top + left, top + right, bottom + left, bottom + right, x - floorX, y - floorY);
    }

    private static void Resample(ReadOnlySpan<Vector4> source, int width, int height, MipTexture target)
    {
        for (int y = 0; y < target.Height; y++)
        {
            float sy = Math.Clamp(((y + 0.5f) * height / target.Height) - 0.5f, 0, height - 1);
            int top = (int)sy;
            int bottom = Math.Min(top + 1, height - 1);
            for (int x = 0; x < target.Width; x++)
            {
                float sx = Math.Clamp(((x + 0.5f) * width / target.Width) - 0.5f, 0, width - 1);
                int left = (int)sx;
                int right = Math.Min(left + 1, width - 1);
                target.Texels[(y * target.Width) + x] = Vector4.Lerp(
                    Vector4.Lerp(source[(top * width) + left], source[(top * width) + right], sx - left),
                    Vector4.Lerp(source[(bottom * width) + left], source[(bottom * width) + right], sx - left),
                    sy - top);
            }
        }
    }

    // Four neighbouring texels and how far the point lies between them.
    private readonly struct Corners(int upperLeft, int upperRight, int lowerLeft, int lowerRight, float right, float down)
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector4 Mix(ref Vector4 texels)
        {
            Vector4 a = Unsafe.Add(ref texels, upperLeft);
            Vector4 c = Unsafe.Add(ref texels, lowerLeft);
            Vector4 upper = a + ((Unsafe.Add(ref texels, upperRight) - a) * right);
            Vector4 lower = c + ((Unsafe.Add(ref texels, lowerRight) - c) * right);
            return upper + ((lower - upper) * down);
        }
    }
}
