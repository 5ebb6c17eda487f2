using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using AuStream.Synthesis.Rasterising;
using AuStream.Synthesis.Scene;

namespace AuStream.Synthesis.Shading;

/// <summary>
/// Draws hair, brows, lashes and lenses over the opaque picture, nearest triangle first; shaded per pixel, covered per sample, eight
/// samples at a time. What is hidden costs next to nothing: vertices are lit when first seen.
/// </summary>
internal sealed class BlendedPass
{
    private const int Side = Renderer.SamplesPerPixelSide;
    private const int Lanes = 8;

    private static readonly Vector256<int> LaneIndex = Vector256.Create(0, 1, 2, 3, 4, 5, 6, 7);

    // Middle of the covered ones of a pixel's four samples, by bits: upper left, upper right, lower left, lower right.
    private static readonly Vector2[] Middles = MakeMiddles();

    // How far a triangle's depth may exceed that of its corners where its box is wider than itself.
    private const float Slack = 1.002f;

    private readonly DepthTiles _tiles = new();
    private readonly DepthOrder _order = new();
    private readonly TransmittanceBuffer _layers = new();

    /// <summary>Blends everything that is before the opaque surfaces, whose colour need not be known yet.</summary>
    public void Draw(SurfaceGeometry[] parts, int partCount, VisibilityBuffer opaque, LightRig rig, ShadowMap shadow)
    {
        _order.Clear();
        bool hasTiles = false;
        for (int p = 0; p < partCount; p++)
        {
            if (parts[p].Material.IsBlended)
            {
                if (!hasTiles)
                {
                    _tiles.Read(opaque);
                    hasTiles = true;
                }

                Collect(parts[p], p, opaque.Width, opaque.Height);
            }
        }

        if (_order.Count == 0)
        {
            return;
        }

        _order.Sort();
        _layers.Reset(opaque.Stride * opaque.Height);
        foreach (int id in _order.Ids)
        {
            DrawTriangle(parts[TriangleId.Part(id)], TriangleId.Triangle(id), opaque, rig, shadow);
        }
    }

    /// <summary>True when the last picture has blended parts.</summary>
    public bool HasLayers => _order.Count > 0;

    /// <summary>What passes per sample, summed over the three colours; valid when <see cref="HasLayers"/>.</summary>
    public float[] Remaining => _layers.Remaining;

    /// <summary>The blended parts of a sample over what lies behind them; W is coverage.</summary>
    public Vector4 Over(int sample, Vector4 behind) => _layers.Over(sample, behind);

    private void Collect(SurfaceGeometry part, int number, int width, int height)
    {
        bool isLit = IsLitPerVertex(part.Material.Kind);
        if (isLit)
        {
            part.BeginLighting();
        }

        byte[]? coverage = isLit && part.Albedo is not null ? CardCoverage.Of(part.Part.TextureCoordinates, part.Albedo) : null;
        float pull = Pull(part.Material.Kind);
        int[] triangles = part.Part.Triangles;
        for (int t = 0; t < part.TriangleCount; t++)
        {
            if (coverage is not null && coverage[t] == CardCoverage.Empty)
            {
                continue;
            }

            int a = triangles[3 * t];
            int b = triangles[(3 * t) + 1];
            int c = triangles[(3 * t) + 2];
            ref readonly ScreenVertex sa = ref part.Screen[a];
            ref readonly ScreenVertex sb = ref part.Screen[b];
            ref readonly ScreenVertex sc = ref part.Screen[c];
            int minX = Math.Max(0, TriangleSetup.FirstSample(Math.Min(sa.X, Math.Min(sb.X, sc.X))));
            int maxX = Math.Min(width - 1, TriangleSetup.LastSample(Math.Max(sa.X, Math.Max(sb.X, sc.X))));
            int minY = Math.Max(0, TriangleSetup.FirstSample(Math.Min(sa.Y, Math.Min(sb.Y, sc.Y))));
            int maxY = Math.Min(height - 1, TriangleSetup.LastSample(Math.Max(sa.Y, Math.Max(sb.Y, sc.Y))));
            if (minX > maxX || minY > maxY || MathF.Min(sa.InverseDepth, MathF.Min(sb.InverseDepth, sc.InverseDepth)) <= 0)
            {
                continue;
            }

            // Half of a head's hair lies behind the head.
            float nearest = MathF.Max(sa.InverseDepth, MathF.Max(sb.InverseDepth, sc.InverseDepth));
            if (_tiles.MayBeSeen(minX, maxX, minY, maxY, nearest * (1 + (pull * nearest)) * Slack))
            {
                _order.Add(-(part.Positions[a].Z + part.Positions[b].Z + part.Positions[c].Z), TriangleId.Of(number, t));
            }
        }
    }

    // Brows and lashes hug the skin and may dip below it; they are pulled forward by a millimetre or so.
    private static float Pull(MaterialKind kind) => kind is MaterialKind.Brow or MaterialKind.Eye ? 0.15f : kind == MaterialKind.Lash ? 0.08f : 0.03f;

    private static bool IsLitPerVertex(MaterialKind kind) => kind is MaterialKind.Hair or MaterialKind.Brow or MaterialKind.Lash;

    private static void Light(SurfaceGeometry part, int vertex, LightRig rig, ShadowMap shadow)
    {
        if (part.IsLit[vertex])
        {
            return;
        }

        part.IsLit[vertex] = true;
        Vector3 position = part.Positions[vertex];
        Vector3 normal = part.Normals[vertex];
        normal = Vector3.Dot(normal, position) > 0 ? -normal : normal;

        // Cards lie every which way; the shape of the whole tuft decides most of its light.
        Vector3 outwards = part.Material.Kind == MaterialKind.Hair ? Vector3.Normalize(position - part.Middle + new Vector3(0, 0, 1e-3f)) : normal;
        Vector3 blended = Vector3.Normalize((normal * 0.45f) + (outwards * 0.55f) + new Vector3(0, 0, 0.05f));
        float lit = 1 - (rig.ShadowStrength * (1 - shadow.Visibility(position, blended)));
        float openness = part.Part.Openness is { } values ? values[vertex] : 1;
        part.VertexLight[vertex] = SurfaceShader.HairLight(position, blended, lit, rig, part.Material.Gloss, part.Material.Specular) * openness;
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

        float nearer = 1 + (Pull(part.Material.Kind) * setup.InverseDepth);
        bool isVector = TriangleSetup.FitsInt32(part.Screen[a], part.Screen[b], part.Screen[c]);
        bool isLit = IsLitPerVertex(part.Material.Kind);
        bool isReady = false;
        LitTriangle lit = default;
        Vector256<int> step0 = LaneIndex * setup.StepX0;
        Vector256<int> step1 = LaneIndex * setup.StepX1;
        Vector256<int> step2 = LaneIndex * setup.StepX2;
        Vector256<float> depthStep = Vector256.ConvertToSingle(LaneIndex) * (setup.InverseDepthStepX * nearer);
        for (int y = setup.MinY & ~1; y <= setup.MaxY; y += Side)
        {
            for (int x = setup.MinX & ~1; x <= setup.MaxX; x += Lanes)
            {
                int covered = 0;
                if (isVector)
                {
                    int dx = x - setup.MinX;
                    int dy = y - setup.MinY;
                    Vector256<int> edge0 = step0 + Vector256.Create((int)setup.Edge0 + (dx * setup.StepX0) + (dy * setup.StepY0));
                    Vector256<int> edge1 = step1 + Vector256.Create((int)setup.Edge1 + (dx * setup.StepX1) + (dy * setup.StepY1));
                    Vector256<int> edge2 = step2 + Vector256.Create((int)setup.Edge2 + (dx * setup.StepX2) + (dy * setup.StepY2));
                    uint limit = (2u << Math.Min(Lanes - 1, setup.MaxX - x)) - 1;
                    uint upper = ~(edge0 | edge1 | edge2).ExtractMostSignificantBits() & limit;
                    edge0 += Vector256.Create(setup.StepY0);
                    edge1 += Vector256.Create(setup.StepY1);
                    edge2 += Vector256.Create(setup.StepY2);
                    uint lower = ~(edge0 | edge1 | edge2).ExtractMostSignificantBits() & limit;
                    nint at = ((nint)y * opaque.Stride) + x;
                    float first = setup.InverseDepth + (dx * setup.InverseDepthStepX);
                    if (upper != 0)
                    {
                        covered = (int)(upper & Seen(depthStep, (first + (dy * setup.InverseDepthStepY)) * nearer, at, opaque));
                    }

                    if (lower != 0)
                    {
                        covered |= (int)(lower & Seen(depthStep, (first + ((dy + 1) * setup.InverseDepthStepY)) * nearer, at + opaque.Stride, opaque)) << Lanes;
                    }
                }
                else
                {
                    covered = CoveredByBigTriangle(setup, x, y, nearer, opaque) | (CoveredByBigTriangle(setup, x, y + 1, nearer, opaque) << Lanes);
                }

                if (covered == 0)
                {
                    continue;
                }

                if (isLit && !isReady)
                {
                    Light(part, a, rig, shadow);
                    Light(part, b, rig, shadow);
                    Light(part, c, rig, shadow);
                    lit = new LitTriangle(part, triangle, Side);
                    isReady = true;
                }

                for (int pixel = 0; pixel < Lanes; pixel += Side)
                {
                    int bits = ((covered >> pixel) & 3) | (((covered >> (pixel + Lanes)) & 3) << 2);
                    if (bits == 0)
                    {
                        continue;
                    }

                    Vector2 at = new Vector2(x + pixel, y) + Middles[bits];
                    int sample = (y * opaque.Stride) + x + pixel;
                    if (isLit)
                    {
                        Vector4 color = lit.At(at);
                        if (color.W > 0)
                        {
                            Add(sample, bits, opaque.Stride, color.AsVector3() * color.W, new Vector3(1 - color.W));
                        }
                    }
                    else
                    {
                        Blend(part, triangle, at, sample, bits, opaque.Stride, rig, shadow);
                    }
                }
            }
        }
    }

    // A bit for each of eight samples of a row that lie before the opaque surface and where light still passes.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private uint Seen(Vector256<float> depthStep, float first, nint at, VisibilityBuffer opaque)
    {
        Vector256<float> behind = Vector256.LoadUnsafe(ref MemoryMarshal.GetArrayDataReference(opaque.InverseDepth), (nuint)at);
        Vector256<float> remaining = Vector256.LoadUnsafe(ref MemoryMarshal.GetArrayDataReference(_layers.Remaining), (nuint)at);
        Vector256<float> isSeen = Vector256.GreaterThanOrEqual(Vector256.Create(first) + depthStep, behind)
            & Vector256.GreaterThanOrEqual(remaining, Vector256.Create(TransmittanceBuffer.Full));
        return isSeen.ExtractMostSignificantBits();
    }

    private int CoveredByBigTriangle(in TriangleSetup setup, int x, int y, float nearer, VisibilityBuffer opaque)
    {
        int mask = 0;
        for (int lane = 0; lane < Lanes && x + lane <= setup.MaxX; lane++)
        {
            int dx = x + lane - setup.MinX;
            int dy = y - setup.MinY;
            long edge0 = setup.Edge0 + ((long)dx * setup.StepX0) + ((long)dy * setup.StepY0);
            long edge1 = setup.Edge1 + ((long)dx * setup.StepX1) + ((long)dy * setup.StepY1);
            long edge2 = setup.Edge2 + ((long)dx * setup.StepX2) + ((long)dy * setup.StepY2);
            float depth = (setup.InverseDepth + (dx * setup.InverseDepthStepX) + (dy * setup.InverseDepthStepY)) * nearer;
            int sample = (y * opaque.Stride) + x + lane;
            if ((edge0 | edge1 | edge2) >= 0 && depth >= opaque.InverseDepth[sample] && _layers.Remaining[sample] >= TransmittanceBuffer.Full)
            {
                mask |= 1 << lane;
            }
        }

        return mask;
    }

    private void Blend(SurfaceGeometry part, int triangle, Vector2 at, int sample, int bits, int stride, LightRig rig, ShadowMap shadow)
    {
        SurfaceSampler.At(part, triangle, at, Side, out SurfacePoint point);
        point.Settle();
        if (part.Material.Kind == MaterialKind.Lens)
        {
            float fresnel = LensShader.Reflect(point, rig, out Vector3 reflected);
            Add(sample, bits, stride, reflected, Vector3.Clamp(part.Material.Tint, Vector3.Zero, Vector3.One) * (1 - fresnel));
            return;
        }

        float alpha = Math.Clamp(point.Albedo.W, 0, 1);
        if (alpha >= 0.02f)
        {
            point.FirstLight = 1 - (rig.ShadowStrength * (1 - shadow.Visibility(point.Position, point.Normal)));
            Add(sample, bits, stride, SurfaceShader.Shade(point, rig) * alpha, new Vector3(1 - alpha));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Add(int sample, int bits, int stride, Vector3 added, Vector3 transmitted)
    {
        var light = new Vector4(added, 0);
        var passing = new Vector4(transmitted, 1);
        for (int s = 0; s < Side * Side; s++)
        {
            if ((bits & (1 << s)) != 0)
            {
                _layers.Add(sample + (s & 1) + ((s >> 1) * stride), light, passing);
            }
        }
    }

    private static Vector2[] MakeMiddles()
    {
        var middles = new Vector2[16];
        for (int bits = 1; bits < 16; bits++)
        {
            Vector2 sum = Vector2.Zero;
            for (int s = 0; s < 4; s++)
            {
                sum += (bits & (1 << s)) != 0 ? new Vector2((s & 1) + 0.5f, (s >> 1) + 0.5f) : Vector2.Zero;
            }

            middles[bits] = sum / BitOperations.PopCount((uint)bits);
        }

        return middles;
    }
}
