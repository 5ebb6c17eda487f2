using System.Numerics;
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

    // Rows of pixels whose surfaces are found and lit together.
    private const int BandRows = 16;

    private readonly VisibilityBuffer _visibility = new();
    private readonly PixelSurfaces _surfaces = new();
    private readonly AmbientOcclusion _occlusion = new();
    private readonly ShadowMap _shadow = new();
    private readonly BlendedPass _blended = new();
    private readonly ShadingBatch _skin = new();
    private readonly ShadingBatch _solid = new();
    private SurfaceGeometry[] _parts = [];
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
        _occlusion.Compute(_visibility, _parts.AsSpan(0, _partCount), camera, rig.OcclusionStrength);
        times?.Book(SynthesisStep.Occlusion, ref since);
        ShadeOpaque(rig, target, ref since);
        _surfaces.Resolve(_visibility, _blended, target);
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

    private void ShadeOpaque(LightRig rig, LinearImage target, ref long since)
    {
        _surfaces.Begin();
        for (int top = 0; top < target.Height; top += BandRows)
        {
            _surfaces.Fill(_visibility, _parts.AsSpan(0, _partCount), _blended, top, Math.Min(top + BandRows, target.Height), target);
            times?.Book(SynthesisStep.Surfaces, ref since);
            foreach (ref readonly SeenSurface surface in _surfaces.Band)
            {
                Shade(surface, rig, target.Pixels);
            }

            times?.Book(SynthesisStep.Shading, ref since);
        }

        ShadeSkin(rig, target.Pixels);
        ShadeSolids(rig, target.Pixels);
        times?.Book(SynthesisStep.Shading, ref since);
    }

    // Skin and solids wait until eight of them are together; eyes are few.
    private void Shade(in SeenSurface surface, LightRig rig, Vector4[] pixels)
    {
        float openness = surface.Point.Openness * _occlusion.Openness(surface.X, surface.Y);
        MaterialKind kind = surface.Point.Material.Kind;
        if (kind == MaterialKind.Skin)
        {
            _skin.Add(surface.Point, openness, surface.Place, surface.Mask, 0, 0, 1);
            if (_skin.IsFull)
            {
                ShadeSkin(rig, pixels);
            }
        }
        else if (kind == MaterialKind.Eye)
        {
            SurfacePoint point = surface.Point;
            point.Settle();
            point.Openness = openness;
            point.FirstLight = 1 - (rig.ShadowStrength * (1 - _shadow.Visibility(point.Position, point.Normal)));
            ShadingBatch.Deliver(new Vector4(SurfaceShader.Shade(point, rig), 1), surface.Place, surface.Mask, pixels, _surfaces.Samples);
        }
        else
        {
            (float softness, float reflectance, float inner) = SurfaceShader.SolidTerms(kind, openness, surface.Point.BakedOpenness);
            _solid.Add(surface.Point, openness, surface.Place, surface.Mask, softness, reflectance, inner);
            if (_solid.IsFull)
            {
                ShadeSolids(rig, pixels);
            }
        }
    }

    private void ShadeSkin(LightRig rig, Vector4[] pixels) => _skin.Deliver(WideShader.Skin(_skin, FirstLight(_skin, rig), rig), pixels, _surfaces.Samples);

    private void ShadeSolids(LightRig rig, Vector4[] pixels) => _solid.Deliver(WideShader.Solid(_solid, FirstLight(_solid, rig), rig), pixels, _surfaces.Samples);

    private Vector256<float> FirstLight(ShadingBatch batch, LightRig rig) =>
        Vector256<float>.One - ((Vector256<float>.One - _shadow.Visibility(batch.Position, batch.Normal)) * rig.ShadowStrength);
}
