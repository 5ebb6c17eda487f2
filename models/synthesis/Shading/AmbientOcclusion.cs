using System.Numerics;
using System.Runtime.Intrinsics;
using AuStream.Synthesis.Cameras;
using AuStream.Synthesis.Rasterising;

namespace AuStream.Synthesis.Shading;

/// <summary>
/// Darkening of creases from the depth of neighbouring pixels (after Filion and McNaughton, "StarCraft II: Effects and
/// Techniques", SIGGRAPH 2008), blurred within surfaces, eight pixels at a time. Buffers are reused; not thread-safe.
/// </summary>
internal sealed class AmbientOcclusion
{
    private const int Taps = 12;
    private const int Lanes = HalfPlanes.Lanes;
    private const int Side = Renderer.SamplesPerPixelSide;

    // Neighbours count for the blur when their depths differ by less, in centimetres.
    private const float SurfaceDepth = 0.7f;

    // Of the middle of a pixel's first sample, in pixels.
    private const float SampleMiddle = 0.25f;

    private static readonly float[] Radii = [.. Enumerable.Range(0, Taps).Select(tap => 0.25f + (3.2f * MathF.Pow((tap + 0.5f) / Taps, 1.6f)))];

    // Offsets in centimetres on spirals, [parity of the half row, tap]; rotations alternate along columns.
    private static readonly Vector256<float>[] Across = MakePattern(MathF.Cos);
    private static readonly Vector256<float>[] Down = MakePattern(MathF.Sin);

    private readonly HalfPlanes _depth = new();
    private readonly HalfPlanes _openness = new();

    // Of every other pixel of every other row, laid out as one plane.
    private float[] _raw = [];
    private float[] _normalX = [];
    private float[] _normalY = [];
    private float[] _normalZ = [];

    /// <summary>Openness of a pixel, 0–1.</summary>
    public float Openness(int x, int y) => _openness.Values[_openness.At(x, y)];

    /// <summary>Computes openness for all pixels that show a surface.</summary>
    /// <param name="buffer">What each sample sees.</param>
    /// <param name="parts">The scene.</param>
    /// <param name="camera">The camera.</param>
    /// <param name="strength">0–1.</param>
    public void Compute(VisibilityBuffer buffer, ReadOnlySpan<SurfaceGeometry> parts, PinholeCamera camera, float strength)
    {
        _depth.Resize(camera.Width, camera.Height);
        _openness.Resize(camera.Width, camera.Height);
        if (_raw.Length < _depth.PlaneSize)
        {
            _raw = new float[_depth.PlaneSize];
            _normalX = new float[_depth.PlaneSize];
            _normalY = new float[_depth.PlaneSize];
            _normalZ = new float[_depth.PlaneSize];
        }

        Read(buffer, parts, camera);

        // Occlusion changes slowly: every other pixel of every other row is enough.
        for (int row = 0; row < _depth.Height; row++)
        {
            for (int column = 0; column < _depth.Width; column += Lanes)
            {
                int at = _depth.Origin + (row * _depth.Stride) + column;
                Vector256<float> depth = _depth.Load(at);
                Vector256<float> open = Vector256<float>.One;
                if (depth != Vector256<float>.Zero)
                {
                    open -= Occlusion(camera, column, row, at, depth) * strength;
                }

                open.CopyTo(_raw, at);
            }
        }

        Smooth();
    }

    // Depth of the first covered sample of each pixel (0 where there is none), and mesh normals of every other pixel.
    private void Read(VisibilityBuffer buffer, ReadOnlySpan<SurfaceGeometry> parts, PinholeCamera camera)
    {
        float[] depths = _depth.Values;
        for (int y = 0; y < camera.Height; y++)
        {
            int upper = Side * y * buffer.Stride;
            int lower = upper + buffer.Stride;
            for (int x = 0; x < camera.Width; x++)
            {
                int sample = upper + (Side * x);
                float inverse = buffer.InverseDepth[sample];
                if (inverse <= 0)
                {
                    sample++;
                    inverse = buffer.InverseDepth[sample];
                    if (inverse <= 0)
                    {
                        sample = lower + (Side * x);
                        inverse = buffer.InverseDepth[sample];
                        if (inverse <= 0)
                        {
                            sample++;
                            inverse = buffer.InverseDepth[sample];
                        }
                    }
                }

                int at = _depth.At(x, y);
                depths[at] = inverse > 0 ? 1 / inverse : 0;
                if (inverse > 0 && ((x | y) & 1) == 0)
                {
                    int id = buffer.Triangles[sample];
                    int row = sample / buffer.Stride;
                    Vector3 normal = SurfaceSampler.Normal(parts[TriangleId.Part(id)], TriangleId.Triangle(id), new Vector2(sample - (row * buffer.Stride) + 0.5f, row + 0.5f));
                    _normalX[at] = normal.X;
                    _normalY[at] = normal.Y;
                    _normalZ[at] = normal.Z;
                }
            }
        }
    }

    private Vector256<float> Occlusion(PinholeCamera camera, int column, int row, int at, Vector256<float> depth)
    {
        Vector256<int> x = (Vector256.Create(0, 1, 2, 3, 4, 5, 6, 7) + Vector256.Create(column)) << 1;
        Vector256<int> y = Vector256.Create(row << 1);
        Vector256<float> perPixel = Vector256.Create(1 / camera.FocalLength);
        Vector256<float> offsetX = Vector256.Create(SampleMiddle - camera.CenterX);
        Vector256<float> offsetY = Vector256.Create(SampleMiddle - camera.CenterY);
        Vector256<float> hereX = (Vector256.ConvertToSingle(x) + offsetX) * perPixel * depth;
        Vector256<float> hereY = (Vector256.ConvertToSingle(y) + offsetY) * perPixel * depth;
        var normal = new Vector3x8(
            Vector256.Create<float>(_normalX.AsSpan(at)),
            Vector256.Create<float>(_normalY.AsSpan(at)),
            Vector256.Create<float>(_normalZ.AsSpan(at)));
        Vector256<float> pixelsPerCentimetre = Vector256.Create(camera.FocalLength) / Vector256.Max(depth, Vector256.Create(1e-3f));
        Vector256<int> lastX = Vector256.Create(camera.Width - 1);
        Vector256<int> lastY = Vector256.Create(camera.Height - 1);
        Vector256<float> sum = Vector256<float>.Zero;
        for (int tap = 0; tap < Taps; tap++)
        {
            // Four rotations in a 2×2 tile; the blur mixes them.
            int pattern = ((row & 1) * Taps) + tap;
            Vector256<int> tx = x + Vector256.ConvertToInt32(Vector256.Round(Across[pattern] * pixelsPerCentimetre));
            Vector256<int> ty = y + Vector256.ConvertToInt32(Vector256.Round(Down[pattern] * pixelsPerCentimetre));
            Vector256<int> nearX = Vector256.Min(Vector256.Max(tx, Vector256<int>.Zero), lastX);
            Vector256<int> nearY = Vector256.Min(Vector256.Max(ty, Vector256<int>.Zero), lastY);
            Vector256<float> there = Gather.From(_depth.Values, _depth.At(nearX, nearY));
            Vector256<float> counts = (Vector256.Equals(nearX, tx) & Vector256.Equals(nearY, ty)).AsSingle() & Vector256.GreaterThan(there, Vector256<float>.Zero);

            // Camera space, but for y and depth, which run the other way.
            var towards = new Vector3x8(
                ((Vector256.ConvertToSingle(tx) + offsetX) * perPixel * there) - hereX,
                hereY - ((Vector256.ConvertToSingle(ty) + offsetY) * perPixel * there),
                depth - there);
            Vector256<float> squared = Vector3x8.Dot(towards, towards) + Vector256.Create(1e-4f);
            Vector256<float> rise = Vector3x8.Dot(towards, normal) / Vector256.Sqrt(squared);
            float reach = Radii[tap] * 2;
            Vector256<float> nearness = Vector256<float>.One - (squared * (1 / (reach * reach)));
            sum += Vector256.Max(Vector256<float>.Zero, rise - Vector256.Create(0.12f)) * Vector256.Max(Vector256<float>.Zero, nearness) & counts;
        }

        return Vector256.Min(Vector256.Create(0.95f), sum * (2.1f / Taps)) & Vector256.GreaterThan(depth, Vector256<float>.Zero);
    }

    private void Smooth()
    {
        for (int row = 0; row < _depth.Height; row++)
        {
            for (int column = 0; column < _depth.Width; column += Lanes)
            {
                int middle = _depth.Origin + (row * _depth.Stride) + column;
                for (int plane = 0; plane < 4; plane++)
                {
                    int at = (plane * _depth.PlaneSize) + middle;
                    Vector256<float> depth = _depth.Load(at);
                    Vector256<float> open = depth == Vector256<float>.Zero ? Vector256<float>.One : Blurred(middle, depth);
                    _openness.Store(at, open);
                }
            }
        }
    }

    // The mean of the nine pixels around of the first plane that show the same surface.
    private Vector256<float> Blurred(int middle, Vector256<float> depth)
    {
        Vector256<float> sum = Vector256<float>.Zero;
        Vector256<float> weight = Vector256<float>.Zero;
        for (int above = -_depth.Stride; above <= _depth.Stride; above += _depth.Stride)
        {
            for (int tap = middle + above - 1; tap <= middle + above + 1; tap++)
            {
                Vector256<float> counts = Vector256.LessThan(Vector256.Abs(_depth.Load(tap) - depth), Vector256.Create(SurfaceDepth));
                sum += Vector256.Create<float>(_raw.AsSpan(tap)) & counts;
                weight += Vector256<float>.One & counts;
            }
        }

        Vector256<float> isKnown = Vector256.GreaterThan(weight, Vector256<float>.Zero) & Vector256.GreaterThan(depth, Vector256<float>.Zero);
        return Vector256.ConditionalSelect(isKnown, sum / Vector256.Max(weight, Vector256<float>.One), Vector256<float>.One);
    }

    private static Vector256<float>[] MakePattern(Func<float, float> direction)
    {
        var pattern = new Vector256<float>[2 * Taps];
        for (int row = 0; row < 2; row++)
        {
            for (int tap = 0; tap < Taps; tap++)
            {
                float even = Radii[tap] * direction((tap * 2.399963f) + (row * MathF.PI / 8));
                float odd = Radii[tap] * direction((tap * 2.399963f) + ((row + 2) * MathF.PI / 8));
                pattern[(row * Taps) + tap] = Vector256.Create(even, odd, even, odd, even, odd, even, odd);
            }
        }

        return pattern;
    }
}
