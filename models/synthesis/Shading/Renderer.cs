using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using AuStream.Synthesis.Cameras;
using AuStream.Synthesis.Measuring;
using AuStream.Synthesis.Pictures;
using AuStream.Synthesis.Rasterising;
using AuStream.Synthesis.Scene;

namespace AuStream.Synthesis.Shading;

/// <summary>
/// Renders scenes on one CPU core: visibility with 2×2 samples per pixel, then light once per pixel and surface, then blended
/// parts. Buffers are kept between pictures. Not thread-safe: one renderer per thread.
/// </summary>
/// <param name="times">Told how long each step takes, or null.</param>
public sealed class Renderer(StepTimes? times = null)
{
    /// <summary>Samples per pixel in each direction.</summary>
    internal const int SamplesPerPixelSide = 2;

    // Samples of one part whose depths differ by less than this many centimetres are one surface.
    private const float SurfaceDepth = 0.5f;

    private readonly VisibilityBuffer _visibility = new();
    private readonly PixelSurfaces _surfaces = new();
    private readonly AmbientOcclusion _occlusion = new();
    private readonly ShadowMap _shadow = new();
    private readonly BlendedPass _blended = new();
    private readonly ShadingBatch _skin = new();
    private readonly ShadingBatch _solid = new();
    private SurfaceGeometry[] _parts = [];
    private Vector4[] _samples = [];
    private int _partCount;

    /// <summary>Renders a scene over nothing: the result's coverage is 0 where no part is seen.</summary>
    /// <param name="items">Parts; at most 511.</param>
    /// <param name="camera">The camera, as large as the picture.</param>
    /// <param name="rig">The lights.</param>
    /// <param name="target">Receives the picture, colours multiplied by coverage.</param>
    /// <exception cref="ArgumentException">Too many parts, no light, or a picture of another size than the camera's.</exception>
    public void Render(ReadOnlySpan<SceneItem> items, PinholeCamera camera, LightRig rig, LinearImage target)
    {
        ArgumentNullException.ThrowIfNull(camera);
        ArgumentNullException.ThrowIfNull(rig);
        ArgumentNullException.ThrowIfNull(target);
        if (items.Length > TriangleId.MaximumParts || rig.Lights.Count == 0 || target.Width != camera.Width || target.Height != camera.Height)
        {
            throw new ArgumentException($"A picture needs at most {TriangleId.MaximumParts} parts, a light, and the camera's size {camera.Width}×{camera.Height}.", nameof(items));
        }

        long since = times?.Now() ?? 0;
        Prepare(items, camera);
        times?.Book(SynthesisStep.Geometry, ref since);
        DrawOpaque(camera);
        times?.Book(SynthesisStep.Visibility, ref since);
        DrawShadow(camera, rig);
        times?.Book(SynthesisStep.Shadow, ref since);
        _blended.Draw(_parts, _partCount, _visibility, rig, _shadow);
        times?.Book(SynthesisStep.Hair, ref since);
        _surfaces.Fill(_visibility, _parts.AsSpan(0, _partCount), SamplesPerPixelSide, (x, y) => _blended.Hides(x, y, _visibility.Stride));
        times?.Book(SynthesisStep.Surfaces, ref since);
        _occlusion.Compute(_surfaces.Positions, _surfaces.Normals, camera.Width, camera.Height, camera.FocalLength, rig.OcclusionStrength);
        times?.Book(SynthesisStep.Occlusion, ref since);
        ShadeOpaque(camera, rig);
        times?.Book(SynthesisStep.Shading, ref since);
        _blended.Resolve(_visibility, _samples);
        Resolve(target);
        times?.Book(SynthesisStep.Hair, ref since);
    }

    /// <summary>
    /// True when a point of the last picture is seen: no opaque surface lies clearly before it, and nothing worn or held at all.
    /// </summary>
    /// <param name="point">Camera space.</param>
    /// <param name="camera">The camera of the last picture.</param>
    /// <param name="tolerance">Centimetres that the head's own surface may lie before the point; a quarter of it holds for cloth, frames and hands.</param>
    public bool IsVisible(Vector3 point, PinholeCamera camera, float tolerance)
    {
        ArgumentNullException.ThrowIfNull(camera);
        Vector2 pixel = camera.Project(point);
        int x = (int)MathF.Floor(pixel.X);
        int y = (int)MathF.Floor(pixel.Y);
        if ((uint)x >= (uint)camera.Width || (uint)y >= (uint)camera.Height)
        {
            return false;
        }

        for (int s = 0; s < SamplesPerPixelSide * SamplesPerPixelSide; s++)
        {
            int sample = ((((2 * y) + (s >> 1)) * _visibility.Stride) + (2 * x)) + (s & 1);
            int id = _visibility.Triangles[sample];
            if (id == VisibilityBuffer.Empty)
            {
                return true;
            }

            float allowed = MayLieOnFaces(_parts[TriangleId.Part(id)].Material) ? tolerance / 4 : tolerance;
            if (1 / _visibility.InverseDepth[sample] > -point.Z - allowed)
            {
                return true;
            }
        }

        return false;
    }

    private static bool MayLieOnFaces(Material material) => material.IsOccluder || material.Kind is MaterialKind.Cloth or MaterialKind.Plastic;

    private void Prepare(ReadOnlySpan<SceneItem> items, PinholeCamera camera)
    {
        if (_parts.Length < items.Length)
        {
            int old = _parts.Length;
            Array.Resize(ref _parts, items.Length);
            for (int i = old; i < items.Length; i++)
            {
                _parts[i] = new SurfaceGeometry();
            }
        }

        _partCount = items.Length;
        for (int i = 0; i < items.Length; i++)
        {
            _parts[i].Prepare(items[i], camera, SamplesPerPixelSide);
        }
    }

    private void DrawOpaque(PinholeCamera camera)
    {
        _visibility.Reset(camera.Width * SamplesPerPixelSide, camera.Height * SamplesPerPixelSide);
        for (int p = 0; p < _partCount; p++)
        {
            SurfaceGeometry part = _parts[p];
            if (part.Material.IsBlended)
            {
                continue;
            }

            int[] triangles = part.Part.Triangles;
            ScreenVertex[] screen = part.Screen;
            bool twoSided = part.Material.IsTwoSided;
            for (int t = 0, id = TriangleId.Of(p, 0); t + 2 < triangles.Length; t += 3, id++)
            {
                TriangleRasterizer.Draw(_visibility, screen[triangles[t]], screen[triangles[t + 1]], screen[triangles[t + 2]], id, twoSided);
            }
        }
    }

    private void DrawShadow(PinholeCamera camera, LightRig rig)
    {
        // The region around the median of what stands before the camera, as far as the camera sees and a little more.
        Vector3 sum = Vector3.Zero;
        int count = 0;
        for (int p = 0; p < _partCount; p++)
        {
            SurfaceGeometry part = _parts[p];
            for (int i = 0; i < part.VertexCount; i += 16)
            {
                Vector2 at = part.ScreenPositions[i];
                if (at.X >= 0 && at.Y >= 0 && at.X < _visibility.Width && at.Y < _visibility.Height && part.Screen[i].InverseDepth > 0)
                {
                    sum += part.Positions[i];
                    count++;
                }
            }
        }

        Vector3 center = count > 0 ? sum / count : new Vector3(0, 0, -100);
        float extent = 0.62f * MathF.Max(camera.Width, camera.Height) / camera.FocalLength * -center.Z;
        _shadow.Draw(_parts.AsSpan(0, _partCount), rig.Lights[0], center, Math.Clamp(extent, 8, 120));
    }

    private void ShadeOpaque(PinholeCamera camera, LightRig rig)
    {
        int width = camera.Width;
        int stride = _visibility.Width;
        int needed = stride * _visibility.Height;
        if (_samples.Length < needed)
        {
            _samples = new Vector4[needed];
        }

        for (int y = 0; y < camera.Height; y++)
        {
            for (int x = 0; x < width; x++)
            {
                if (_blended.Hides(x, y, _visibility.Stride))
                {
                    HidePixel(x, y, stride);
                }
                else
                {
                    ShadePixel(x, y, (y * width) + x, rig, stride);
                }
            }
        }

        ShadeSkin(rig, stride);
        ShadeSolids(rig, stride);
    }

    // Black, but covered where there is something.
    private void HidePixel(int x, int y, int stride)
    {
        int row = 2 * y * _visibility.Stride;
        for (int s = 0; s < 4; s++)
        {
            bool isEmpty = _visibility.Triangles[row + ((s >> 1) * _visibility.Stride) + (2 * x) + (s & 1)] == VisibilityBuffer.Empty;
            SampleAt(2 * x, 2 * y, s, stride) = isEmpty ? Vector4.Zero : Vector4.UnitW;
        }
    }

    private void ShadePixel(int x, int y, int pixel, LightRig rig, int stride)
    {
        int row = 2 * y * _visibility.Stride;
        int column = 2 * x;
        Span<int> ids =
        [
            _visibility.Triangles[row + column],
            _visibility.Triangles[row + column + 1],
            _visibility.Triangles[row + _visibility.Stride + column],
            _visibility.Triangles[row + _visibility.Stride + column + 1],
        ];
        int done = 0;
        bool isFirst = true;
        int corner = (2 * y * stride) + column;
        for (int s = 0; s < 4; s++)
        {
            if ((done & (1 << s)) != 0)
            {
                continue;
            }

            if (ids[s] == VisibilityBuffer.Empty)
            {
                SampleAt(column, 2 * y, s, stride) = Vector4.Zero;
                continue;
            }

            int mask = 1 << s;
            float depth = InverseDepthAt(row, column, s);
            for (int other = s + 1; other < 4; other++)
            {
                if ((done & (1 << other)) == 0 && ids[other] != VisibilityBuffer.Empty
                    && TriangleId.Part(ids[other]) == TriangleId.Part(ids[s])
                    && MathF.Abs(InverseDepthAt(row, column, other) - depth) < SurfaceDepth * depth * depth)
                {
                    mask |= 1 << other;
                }
            }

            done |= mask;
            if (isFirst)
            {
                isFirst = false;
                Shade(ref _surfaces.Points[pixel], pixel, corner, mask, rig, stride);
            }
            else
            {
                SurfacePoint point = SurfaceSampler.At(_parts[TriangleId.Part(ids[s])], TriangleId.Triangle(ids[s]), new Vector2(column + (s & 1) + 0.5f, (2 * y) + (s >> 1) + 0.5f), SamplesPerPixelSide);
                Shade(ref point, pixel, corner, mask, rig, stride);
            }
        }
    }

    // Skin and solids wait until eight of them are together; eyes are few.
    private void Shade(ref SurfacePoint point, int pixel, int corner, int mask, LightRig rig, int stride)
    {
        point.Openness *= _occlusion.Openness[pixel];
        MaterialKind kind = point.Material.Kind;
        if (kind == MaterialKind.Skin)
        {
            _skin.Add(point, corner, mask, 0, 0, 1);
            if (_skin.IsFull)
            {
                ShadeSkin(rig, stride);
            }
        }
        else if (kind == MaterialKind.Eye)
        {
            point.FirstLight = 1 - (rig.ShadowStrength * (1 - _shadow.Visibility(point.Position, point.Normal)));
            var color = new Vector4(SurfaceShader.Shade(point, rig), 1);
            for (int s = 0; s < 4; s++)
            {
                if ((mask & (1 << s)) != 0)
                {
                    _samples[corner + (s & 1) + ((s >> 1) * stride)] = color;
                }
            }
        }
        else
        {
            (float softness, float reflectance, float inner) = SurfaceShader.SolidTerms(point);
            _solid.Add(point, corner, mask, softness, reflectance, inner);
            if (_solid.IsFull)
            {
                ShadeSolids(rig, stride);
            }
        }
    }

    private void ShadeSkin(LightRig rig, int stride) => _skin.Deliver(WideShader.Skin(_skin, FirstLight(_skin, rig), rig), _samples, stride);

    private void ShadeSolids(LightRig rig, int stride) => _solid.Deliver(WideShader.Solid(_solid, FirstLight(_solid, rig), rig), _samples, stride);

    private Vector256<float> FirstLight(ShadingBatch batch, LightRig rig) =>
        Vector256<float>.One - ((Vector256<float>.One - _shadow.Visibility(batch.Position, batch.Normal)) * rig.ShadowStrength);

    private ref Vector4 SampleAt(int column, int row, int sample, int stride) => ref _samples[((row + (sample >> 1)) * stride) + column + (sample & 1)];

    private float InverseDepthAt(int row, int column, int sample) => _visibility.InverseDepth[row + ((sample >> 1) * _visibility.Stride) + column + (sample & 1)];

    private void Resolve(LinearImage target)
    {
        int stride = _visibility.Width;
        for (int y = 0; y < target.Height; y++)
        {
            ref Vector4 upper = ref MemoryMarshal.GetReference(_samples.AsSpan(2 * y * stride));
            ReadOnlySpan<Vector4> upperRow = MemoryMarshal.CreateReadOnlySpan(ref upper, stride);
            ReadOnlySpan<Vector4> lowerRow = _samples.AsSpan(((2 * y) + 1) * stride, stride);
            Span<Vector4> result = target.Pixels.AsSpan(y * target.Width, target.Width);
            for (int x = 0; x < result.Length; x++)
            {
                result[x] = (upperRow[2 * x] + upperRow[(2 * x) + 1] + lowerRow[2 * x] + lowerRow[(2 * x) + 1]) * 0.25f;
            }
        }
    }
}
