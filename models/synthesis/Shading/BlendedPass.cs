using System.Numerics;
using AuStream.Synthesis.Rasterising;
using AuStream.Synthesis.Scene;

namespace AuStream.Synthesis.Shading;

/// <summary>Draws hair, brows, lashes and lenses over the opaque picture, nearest triangle first; shaded per pixel, covered per sample.</summary>
internal sealed class BlendedPass
{
    private const int Side = Renderer.SamplesPerPixelSide;

    private float[] _keys = [];
    private int[] _ids = [];

    private readonly TransmittanceBuffer _layers = new();

    public void Draw(SurfaceGeometry[] parts, int partCount, VisibilityBuffer opaque, Vector4[] samples, LightRig rig, ShadowMap shadow)
    {
        int count = Collect(parts, partCount, rig, shadow);
        if (count == 0)
        {
            return;
        }

        Array.Sort(_keys, _ids, 0, count);
        _layers.Reset(opaque.Width, opaque.Height);
        for (int i = 0; i < count; i++)
        {
            SurfaceGeometry part = parts[TriangleId.Part(_ids[i])];
            DrawTriangle(part, TriangleId.Triangle(_ids[i]), opaque, rig, shadow);
        }

        _layers.Resolve(samples, opaque.Width * opaque.Height);
    }

    private int Collect(SurfaceGeometry[] parts, int partCount, LightRig rig, ShadowMap shadow)
    {
        int count = 0;
        for (int p = 0; p < partCount; p++)
        {
            SurfaceGeometry part = parts[p];
            if (!part.Material.IsBlended)
            {
                continue;
            }

            if (IsLitPerVertex(part.Material.Kind))
            {
                LightVertices(part, rig, shadow);
            }

            int needed = count + part.TriangleCount;
            if (_keys.Length < needed)
            {
                Array.Resize(ref _keys, needed * 2);
                Array.Resize(ref _ids, needed * 2);
            }

            int[] triangles = part.Part.Triangles;
            for (int t = 0; t < part.TriangleCount; t++)
            {
                _keys[count] = -(part.Positions[triangles[3 * t]].Z + part.Positions[triangles[(3 * t) + 1]].Z + part.Positions[triangles[(3 * t) + 2]].Z);
                _ids[count++] = TriangleId.Of(p, t);
            }
        }

        return count;
    }

    private static bool IsLitPerVertex(MaterialKind kind) => kind is MaterialKind.Hair or MaterialKind.Brow or MaterialKind.Lash;

    private static void LightVertices(SurfaceGeometry part, LightRig rig, ShadowMap shadow)
    {
        Vector3 center = Vector3.Zero;
        for (int i = 0; i < part.VertexCount; i++)
        {
            center += part.Positions[i];
        }

        center /= Math.Max(1, part.VertexCount);
        bool isVoluminous = part.Material.Kind == MaterialKind.Hair;
        for (int i = 0; i < part.VertexCount; i++)
        {
            Vector3 position = part.Positions[i];
            Vector3 normal = part.Normals[i];
            normal = Vector3.Dot(normal, position) > 0 ? -normal : normal;

            // Cards lie every which way; the shape of the whole tuft decides most of its light.
            Vector3 outwards = isVoluminous ? Vector3.Normalize(position - center + new Vector3(0, 0, 1e-3f)) : normal;
            Vector3 blended = Vector3.Normalize((normal * 0.45f) + (outwards * 0.55f) + new Vector3(0, 0, 0.05f));
            float lit = 1 - (rig.ShadowStrength * (1 - shadow.Visibility(position, blended)));
            float openness = part.Part.Openness is { } values ? values[i] : 1;
            part.VertexLight[i] = SurfaceShader.HairLight(position, blended, lit, rig, part.Material.Gloss, part.Material.Specular) * openness;
        }
    }

    private void DrawTriangle(SurfaceGeometry part, int triangle, VisibilityBuffer opaque, LightRig rig, ShadowMap shadow)
    {
        int a = part.Part.Triangles[3 * triangle];
        int b = part.Part.Triangles[(3 * triangle) + 1];
        int c = part.Part.Triangles[(3 * triangle) + 2];
        if (!TriangleSetup.TryCreate(part.Screen[a], part.Screen[b], part.Screen[c], opaque.Width, opaque.Height, part.Material.IsTwoSided, out TriangleSetup setup))
        {
            return;
        }

        // Brows and lashes hug the skin and may dip below it; they are pulled forward by a millimetre or so.
        float pull = part.Material.Kind is MaterialKind.Brow or MaterialKind.Eye ? 0.15f : part.Material.Kind == MaterialKind.Lash ? 0.08f : 0.03f;
        float nearer = 1 + (pull * setup.InverseDepth);
        bool isLit = IsLitPerVertex(part.Material.Kind);
        LitTriangle lit = isLit ? new LitTriangle(part, triangle, Side) : default;
        Span<int> covered = stackalloc int[Side * Side];
        for (int y = setup.MinY & ~1; y <= setup.MaxY; y += Side)
        {
            for (int x = setup.MinX & ~1; x <= setup.MaxX; x += Side)
            {
                Vector2 centroid = Vector2.Zero;
                int count = 0;
                for (int s = 0; s < Side * Side; s++)
                {
                    int sx = x + (s & 1);
                    int sy = y + (s >> 1);
                    int sample = (sy * _layers.Stride) + sx;
                    if (Covers(setup, sx, sy, nearer, opaque) && !_layers.IsFull(sample))
                    {
                        centroid += new Vector2(sx + 0.5f, sy + 0.5f);
                        covered[count++] = sample;
                    }
                }

                if (count == 0)
                {
                    continue;
                }

                if (isLit)
                {
                    Vector4 color = lit.At(centroid / count);
                    AddAll(covered[..count], color.AsVector3() * color.W, new Vector3(1 - color.W));
                }
                else
                {
                    Blend(part, triangle, centroid / count, covered[..count], rig, shadow);
                }
            }
        }
    }

    private static bool Covers(in TriangleSetup setup, int x, int y, float nearer, VisibilityBuffer opaque)
    {
        int dx = x - setup.MinX;
        int dy = y - setup.MinY;
        if (dx < 0 || dy < 0 || x > setup.MaxX || y > setup.MaxY)
        {
            return false;
        }

        long edge0 = setup.Edge0 + ((long)dx * setup.StepX0) + ((long)dy * setup.StepY0);
        long edge1 = setup.Edge1 + ((long)dx * setup.StepX1) + ((long)dy * setup.StepY1);
        long edge2 = setup.Edge2 + ((long)dx * setup.StepX2) + ((long)dy * setup.StepY2);
        if ((edge0 | edge1 | edge2) < 0)
        {
            return false;
        }

        float depth = setup.InverseDepth + (dx * setup.InverseDepthStepX) + (dy * setup.InverseDepthStepY);
        return depth * nearer >= opaque.InverseDepth[(y * opaque.Stride) + x];
    }

    private void Blend(SurfaceGeometry part, int triangle, Vector2 at, ReadOnlySpan<int> covered, LightRig rig, ShadowMap shadow)
    {
        SurfacePoint point = SurfaceSampler.At(part, triangle, at, Side);
        if (part.Material.Kind == MaterialKind.Lens)
        {
            float fresnel = LensShader.Reflect(point, rig, out Vector3 reflected);
            AddAll(covered, reflected, Vector3.Clamp(part.Material.Tint, Vector3.Zero, Vector3.One) * (1 - fresnel));
            return;
        }

        float alpha = Math.Clamp(point.Albedo.W, 0, 1);
        if (alpha >= 0.02f)
        {
            point.FirstLight = 1 - (rig.ShadowStrength * (1 - shadow.Visibility(point.Position, point.Normal)));
            AddAll(covered, SurfaceShader.Shade(point, rig) * alpha, new Vector3(1 - alpha));
        }
    }

    private void AddAll(ReadOnlySpan<int> covered, Vector3 added, Vector3 transmitted)
    {
        foreach (int sample in covered)
        {
            _layers.Add(sample, added, transmitted);
        }
    }
}
