using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using AuStream.Synthesis.Pictures;
using AuStream.Synthesis.Rasterising;

namespace AuStream.Synthesis.Shading;

/// <summary>
/// The surfaces that each pixel shows, once per pixel and surface, a band of rows at a time so that they stay in the cache until they are
/// lit. Pixels of one surface with nothing before it are lit as a whole; the others keep four samples until <see cref="Resolve"/>.
/// Reused between pictures; not thread-safe.
/// </summary>
internal sealed class PixelSurfaces
{
    private const int Side = Renderer.SamplesPerPixelSide;
    private const int SamplesPerPixel = Side * Side;

    // Samples of one part whose depths differ by less than this many centimetres are one surface.
    private const float SurfaceDepth = 0.5f;

    private SeenSurface[] _surfaces = [];
    private int _count;
    private int[] _mixed = [];
    private int _mixedCount;
    private Vector4[] _samples = [];

    /// <summary>Surfaces of the last band.</summary>
    public ReadOnlySpan<SeenSurface> Band => _surfaces.AsSpan(0, _count);

    /// <summary>Samples of the pixels that show more than one thing, four after another.</summary>
    public Vector4[] Samples => _samples;

    /// <summary>Begins a picture.</summary>
    public void Begin() => _mixedCount = 0;

    /// <summary>Finds the surfaces of a band; pixels without any become black and uncovered.</summary>
    /// <param name="buffer">What each sample sees.</param>
    /// <param name="parts">The scene.</param>
    /// <param name="blended">What lies before opaque surfaces.</param>
    /// <param name="top">First row of pixels.</param>
    /// <param name="bottom">Row after the last one.</param>
    /// <param name="target">The picture.</param>
    public void Fill(VisibilityBuffer buffer, ReadOnlySpan<SurfaceGeometry> parts, BlendedPass blended, int top, int bottom, LinearImage target)
    {
        _count = 0;
        int width = target.Width;
        if (_surfaces.Length < (bottom - top) * width * SamplesPerPixel)
        {
            _surfaces = new SeenSurface[(bottom - top) * width * SamplesPerPixel];
        }

        if (_mixed.Length < target.Pixels.Length)
        {
            _mixed = new int[target.Pixels.Length];
        }

        for (int y = top; y < bottom; y++)
        {
            int upper = Side * y * buffer.Stride;
            for (int x = 0; x < width; x++)
            {
                int sample = upper + (Side * x);
                if (x + (SamplesPerPixel - 1) < width && IsEmpty(buffer, blended, sample))
                {
                    target.Pixels.AsSpan((y * width) + x, SamplesPerPixel).Clear();
                    x += SamplesPerPixel - 1;
                    continue;
                }

                Fill(buffer, parts, blended, x, y, sample, (y * width) + x, target);
            }
        }
    }

    /// <summary>Puts the blended parts over the pixels that show more than one thing, and averages their samples.</summary>
    public void Resolve(VisibilityBuffer buffer, BlendedPass blended, LinearImage target)
    {
        for (int slot = 0; slot < _mixedCount; slot++)
        {
            int pixel = _mixed[slot];
            int y = pixel / target.Width;
            int sample = (Side * y * buffer.Stride) + (Side * (pixel - (y * target.Width)));
            ReadOnlySpan<Vector4> samples = _samples.AsSpan(SamplesPerPixel * slot, SamplesPerPixel);
            target.Pixels[pixel] = blended.HasLayers
                ? (blended.Over(sample, samples[0]) + blended.Over(sample + 1, samples[1])
                    + blended.Over(sample + buffer.Stride, samples[2]) + blended.Over(sample + buffer.Stride + 1, samples[3])) * 0.25f
                : (samples[0] + samples[1] + samples[2] + samples[3]) * 0.25f;
        }
    }

    // True when four pixels from a sample on show nothing at all.
    private static bool IsEmpty(VisibilityBuffer buffer, BlendedPass blended, int sample)
    {
        ref int triangles = ref MemoryMarshal.GetArrayDataReference(buffer.Triangles);
        Vector256<int> seen = Vector256.LoadUnsafe(ref triangles, (nuint)sample) & Vector256.LoadUnsafe(ref triangles, (nuint)(sample + buffer.Stride));
        if (seen != Vector256<int>.AllBitsSet)
        {
            return false;
        }

        if (!blended.HasLayers)
        {
            return true;
        }

        ref float remaining = ref MemoryMarshal.GetArrayDataReference(blended.Remaining);
        Vector256<float> passes = Vector256.Min(Vector256.LoadUnsafe(ref remaining, (nuint)sample), Vector256.LoadUnsafe(ref remaining, (nuint)(sample + buffer.Stride)));
        return Vector256.GreaterThanOrEqualAll(passes, Vector256.Create(TransmittanceBuffer.Clear));
    }

    private void Fill(VisibilityBuffer buffer, ReadOnlySpan<SurfaceGeometry> parts, BlendedPass blended, int x, int y, int sample, int pixel, LinearImage target)
    {
        int below = sample + buffer.Stride;
        ReadOnlySpan<int> ids = [buffer.Triangles[sample], buffer.Triangles[sample + 1], buffer.Triangles[below], buffer.Triangles[below + 1]];
        float least = TransmittanceBuffer.Clear;
        float most = TransmittanceBuffer.Clear;
        if (blended.HasLayers)
        {
            float[] remaining = blended.Remaining;
            least = MathF.Min(MathF.Min(remaining[sample], remaining[sample + 1]), MathF.Min(remaining[below], remaining[below + 1]));
            most = MathF.Max(MathF.Max(remaining[sample], remaining[sample + 1]), MathF.Max(remaining[below], remaining[below + 1]));
        }

        bool isBare = least >= TransmittanceBuffer.Clear;
        if (isBare && (ids[0] & ids[1] & ids[2] & ids[3]) == VisibilityBuffer.Empty)
        {
            target.Pixels[pixel] = Vector4.Zero;
            return;
        }

        float depth = buffer.InverseDepth[sample];
        float allowed = SurfaceDepth * depth * depth;
        if (isBare && ids[0] >= 0 && ((ids[0] ^ ids[1]) | (ids[0] ^ ids[2]) | (ids[0] ^ ids[3])) >> TriangleId.TriangleBits == 0
            && MathF.Abs(buffer.InverseDepth[sample + 1] - depth) < allowed
            && MathF.Abs(buffer.InverseDepth[below] - depth) < allowed
            && MathF.Abs(buffer.InverseDepth[below + 1] - depth) < allowed)
        {
            Add(parts, ids[0], new Vector2((Side * x) + 0.5f, (Side * y) + 0.5f), x, y, pixel, ShadingBatch.WholePixel);
            return;
        }

        int first = SamplesPerPixel * _mixedCount;
        _mixed[_mixedCount++] = pixel;
        if (_samples.Length < first + SamplesPerPixel)
        {
            Array.Resize(ref _samples, Math.Max(4096, 2 * _samples.Length));
        }

        if (most < TransmittanceBuffer.Full)
        {
            // Nothing of what lies behind is seen: black, but covered where there is something.
            for (int s = 0; s < SamplesPerPixel; s++)
            {
                _samples[first + s] = ids[s] == VisibilityBuffer.Empty ? Vector4.Zero : Vector4.UnitW;
            }

            return;
        }

        ReadOnlySpan<float> depths = [depth, buffer.InverseDepth[sample + 1], buffer.InverseDepth[below], buffer.InverseDepth[below + 1]];
        Split(parts, ids, depths, x, y, first);
    }

    // Each surface of a pixel with the samples that show it.
    private void Split(ReadOnlySpan<SurfaceGeometry> parts, ReadOnlySpan<int> ids, ReadOnlySpan<float> depths, int x, int y, int first)
    {
        int done = 0;
        for (int s = 0; s < SamplesPerPixel; s++)
        {
            if ((done & (1 << s)) != 0)
            {
                continue;
            }

            if (ids[s] == VisibilityBuffer.Empty)
            {
                _samples[first + s] = Vector4.Zero;
                continue;
            }

            int mask = 1 << s;
            for (int other = s + 1; other < SamplesPerPixel; other++)
            {
                if ((done & (1 << other)) == 0 && ids[other] != VisibilityBuffer.Empty
                    && TriangleId.Part(ids[other]) == TriangleId.Part(ids[s])
                    && MathF.Abs(depths[other] - depths[s]) < SurfaceDepth * depths[s] * depths[s])
                {
                    mask |= 1 << other;
                }
            }

            done |= mask;
            Add(parts, ids[s], new Vector2((Side * x) + (s & 1) + 0.5f, (Side * y) + (s >> 1) + 0.5f), x, y, first, mask);
        }
    }

    private void Add(ReadOnlySpan<SurfaceGeometry> parts, int id, Vector2 at, int x, int y, int place, int mask)
    {
        ref SeenSurface surface = ref _surfaces[_count++];
        surface.X = x;
        surface.Y = y;
        surface.Place = place;
        surface.Mask = mask;
        SurfaceSampler.At(parts[TriangleId.Part(id)], TriangleId.Triangle(id), at, Side, out surface.Point);
    }
}
