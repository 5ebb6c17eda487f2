using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using AuStream.Synthesis.Rasterising;
using AuStream.Synthesis.Scene;

namespace AuStream.Synthesis.Shading;

/// <summary>What the first light sees: an orthographic depth map with a soft lookup. Reused between pictures; not thread-safe.</summary>
internal sealed class ShadowMap
{
    private const int Size = 256;

    // Keeps the stored value (offset minus distance from the light) positive for everything near the head.
    private const float DepthOffset = 10_000;

    private readonly VisibilityBuffer _buffer = new();
    private ScreenVertex[] _vertices = [];
    private Vector3 _right;
    private Vector3 _up;
    private Vector3 _towards;
    private Vector2 _origin;
    private float _texelsPerCentimetre;
    private float _depthOrigin;
    private float _radius;

    /// <summary>Draws everything that throws shadows.</summary>
    /// <param name="parts">Geometry in camera space.</param>
    /// <param name="light">The light.</param>
    /// <param name="center">Centre of the region that can receive shadows, camera space.</param>
    /// <param name="extent">Radius of that region in centimetres.</param>
    public void Draw(ReadOnlySpan<SurfaceGeometry> parts, in DirectionalLight light, Vector3 center, float extent)
    {
        _towards = light.Direction;
        _right = Vector3.Normalize(Vector3.Cross(MathF.Abs(_towards.Y) < 0.9f ? Vector3.UnitY : Vector3.UnitX, _towards));
        _up = Vector3.Cross(_towards, _right);
        _texelsPerCentimetre = Size / (2 * extent);
        _origin = new Vector2(Vector3.Dot(center, _right) - extent, Vector3.Dot(center, _up) + extent);
        _depthOrigin = Vector3.Dot(center, _towards);
        _radius = Math.Clamp(light.AngularRadius * 3f * _texelsPerCentimetre, 0.6f, 5);
        _buffer.Reset(Size, Size);
        foreach (SurfaceGeometry part in parts)
        {
            if (part.Material.CastsShadow && part.Material.Kind is not (MaterialKind.Lens or MaterialKind.Brow or MaterialKind.Lash))
            {
                Draw(part);
            }
        }
    }

    /// <summary>How much of the light reaches a point, 0–1.</summary>
    /// <param name="point">Point in camera space.</param>
    /// <param name="normal">Its surface normal: the point is lifted along it, so that a surface does not shade itself.</param>
    public float Visibility(Vector3 point, Vector3 normal)
    {
        Vector3 lifted = point + (normal * 0.25f);
        float x = (Vector3.Dot(lifted, _right) - _origin.X) * _texelsPerCentimetre;
        float y = (_origin.Y - Vector3.Dot(lifted, _up)) * _texelsPerCentimetre;
        if (!(x > 0 && y > 0 && x < Size && y < Size))
        {
            return 1;
        }

        float own = DepthOffset + Vector3.Dot(lifted, _towards) - _depthOrigin + 0.12f;

        // Four by four taps, the outer ones weighted by the fraction: a 3×3 box filter that moves smoothly.
        float gridX = x / _radius;
        float gridY = y / _radius;
        float fractionX = gridX - MathF.Floor(gridX);
        float fractionY = gridY - MathF.Floor(gridY);
        Span<int> columns = stackalloc int[4];
        for (int i = 0; i < 4; i++)
        {
            columns[i] = Math.Clamp((int)(x + ((i - 1 - fractionX) * _radius)), 0, Size - 1);
        }

        float lit = 0;
        for (int j = 0; j < 4; j++)
        {
            int row = Math.Clamp((int)(y + ((j - 1 - fractionY) * _radius)), 0, Size - 1) * _buffer.Stride;
            ReadOnlySpan<float> depths = _buffer.InverseDepth.AsSpan(row, Size);
            float sum = (depths[columns[0]] <= own ? 1 - fractionX : 0)
                + (depths[columns[1]] <= own ? 1 : 0)
                + (depths[columns[2]] <= own ? 1 : 0)
                + (depths[columns[3]] <= own ? fractionX : 0);
            lit += sum * (j == 0 ? 1 - fractionY : j == 3 ? fractionY : 1);
        }

        return lit * (1 / 9f);
    }

    /// <summary>The same for eight points.</summary>
    public Vector256<float> Visibility(in Vector3x8 point, in Vector3x8 normal)
    {
        Vector256<float> one = Vector256<float>.One;
        Vector3x8 lifted = point + (normal * Vector256.Create(0.25f));
        Vector256<float> x = (Vector3x8.Dot(lifted, Vector3x8.All(_right)) - Vector256.Create(_origin.X)) * _texelsPerCentimetre;
        Vector256<float> y = (Vector256.Create(_origin.Y) - Vector3x8.Dot(lifted, Vector3x8.All(_up))) * _texelsPerCentimetre;
        Vector256<float> own = Vector3x8.Dot(lifted, Vector3x8.All(_towards)) + Vector256.Create(DepthOffset) - Vector256.Create(_depthOrigin) + Vector256.Create(0.12f);
        Vector256<float> size = Vector256.Create((float)Size);
        Vector256<float> isInside = Vector256.GreaterThan(x, Vector256<float>.Zero) & Vector256.GreaterThan(y, Vector256<float>.Zero)
            & Vector256.LessThan(x, size) & Vector256.LessThan(y, size);
        if (isInside == Vector256<float>.Zero)
        {
            return one;
        }

        Vector256<float> gridX = x / Vector256.Create(_radius);
        Vector256<float> gridY = y / Vector256.Create(_radius);
        Vector256<float> fractionX = gridX - Vector256.Floor(gridX);
        Vector256<float> fractionY = gridY - Vector256.Floor(gridY);
        Vector256<float> firstX = x - ((one + fractionX) * _radius);
        Vector256<float> firstY = y - ((one + fractionY) * _radius);
        Vector256<int> column0 = Texel(firstX);
        Vector256<int> column1 = Texel(firstX + Vector256.Create(_radius));
        Vector256<int> column2 = Texel(firstX + Vector256.Create(2 * _radius));
        Vector256<int> column3 = Texel(firstX + Vector256.Create(3 * _radius));
        Vector256<float> lit = Vector256<float>.Zero;
        for (int j = 0; j < 4; j++)
        {
            Vector256<int> row = Texel(firstY + Vector256.Create(j * _radius)) * _buffer.Stride;
            Vector256<float> sum = (Passes(row + column0, own) & (one - fractionX)) + (Passes(row + column1, own) & one)
                + (Passes(row + column2, own) & one) + (Passes(row + column3, own) & fractionX);
            lit += j == 0 ? sum * (one - fractionY) : j == 3 ? sum * fractionY : sum;
        }

        return Vector256.ConditionalSelect(isInside, lit * (1 / 9f), one);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<int> Texel(Vector256<float> at) =>
        Vector256.ConvertToInt32(Vector256.Truncate(Vector256.Min(Vector256.Max(at, Vector256<float>.Zero), Vector256.Create(Size - 1f))));

    // All bits set where the light's way to the texel's depth is free.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Vector256<float> Passes(Vector256<int> texels, Vector256<float> own) =>
        Vector256.LessThanOrEqual(Gather.From(_buffer.InverseDepth, texels), own);

    private void Draw(SurfaceGeometry part)
    {
        if (_vertices.Length < part.VertexCount)
        {
            _vertices = new ScreenVertex[part.VertexCount];
        }

        for (int i = 0; i < part.VertexCount; i++)
        {
            Vector3 p = part.Positions[i];
            _vertices[i] = ScreenVertex.FromSamples(
                (Vector3.Dot(p, _right) - _origin.X) * _texelsPerCentimetre,
                (_origin.Y - Vector3.Dot(p, _up)) * _texelsPerCentimetre,
                DepthOffset + Vector3.Dot(p, _towards) - _depthOrigin);
        }

        byte[]? coverage = part.Material.IsBlended && part.Albedo is not null ? CardCoverage.Of(part.Part.TextureCoordinates, part.Albedo) : null;
        int[] triangles = part.Part.Triangles;
        for (int t = 0; t + 2 < triangles.Length; t += 3)
        {
            if (coverage is not null && coverage[t / 3] != CardCoverage.Dense)
            {
                continue;
            }

            TriangleRasterizer.Draw(_buffer, _vertices[triangles[t]], _vertices[triangles[t + 1]], _vertices[triangles[t + 2]], 0, twoSided: true);
        }
    }
}
