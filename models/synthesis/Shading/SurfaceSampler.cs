using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace AuStream.Synthesis.Shading;

/// <summary>Interpolates a triangle's attributes at a sample, with perspective, and reads its textures.</summary>
internal static class SurfaceSampler
{
    /// <summary>Position, normals, colour and openness of a triangle where a sample sees it.</summary>
    /// <param name="geometry">The part.</param>
    /// <param name="triangle">Index of the triangle within the part.</param>
    /// <param name="sample">Position in samples.</param>
    /// <param name="samplesPerPixelSide">Samples per pixel and direction; textures are filtered for pixels.</param>
    /// <param name="point">Receives what is there; the first light arrives in full, and normals need <see cref="SurfacePoint.Settle"/> or a <see cref="ShadingBatch"/>.</param>
    /// <param name="readsTextures">False where only the shape matters.</param>
    public static void At(SurfaceGeometry geometry, int triangle, Vector2 sample, int samplesPerPixelSide, out SurfacePoint point, bool readsTextures = true)
    {
        int first = triangle * 3;
        ReadOnlySpan<int> corners = geometry.Part.Triangles.AsSpan(first, 3);
        int a = corners[0];
        int b = corners[1];
        int c = corners[2];
        Vector2[] screen = geometry.ScreenPositions;
        Vector2 pa = screen[a];
        Vector2 ab = screen[b] - pa;
        Vector2 ac = screen[c] - pa;
        Vector2 ap = sample - pa;
        float area = Cross(ab, ac);
        float reciprocal = MathF.Abs(area) > 1e-6f ? 1 / area : 0;
        float wb = Math.Clamp(Cross(ap, ac) * reciprocal, 0, 1);
        float wc = Math.Clamp(Cross(ab, ap) * reciprocal, 0, 1 - wb);
        Vector256<float> va = geometry.Attributes[a];
        Vector256<float> vb = geometry.Attributes[b];
        Vector256<float> vc = geometry.Attributes[c];

        // Perspective: corners count by their nearness.
        float wa = (1 - wb - wc) * va.GetElement(3);
        wb *= vb.GetElement(3);
        wc *= vc.GetElement(3);
        float scale = 1 / (wa + wb + wc + 1e-20f);
        wb *= scale;
        wc *= scale;
        Vector256<float> here = (va * (wa * scale)) + (vb * wb) + (vc * wc);
        Unsafe.SkipInit(out point);
        point.Material = geometry.Material;
        point.Position = here.GetLower().AsVector3();
        Vector3 normal = here.GetUpper().AsVector3();
        if (geometry.Material.IsTwoSided && Vector3.Dot(normal, point.Position) > 0)
        {
            normal = -normal;
        }

        point.Normal = normal;
        point.Slope = Vector3.Zero;
        point.BakedOpenness = here.GetElement(7);
        point.Openness = point.BakedOpenness;
        point.FirstLight = 1;
        point.Albedo = Vector4.One;
        if (readsTextures && (geometry.Albedo is not null || geometry.Relief is not null))
        {
            ReadTextures(geometry, first, wb, wc, MathF.Abs(area) / (samplesPerPixelSide * samplesPerPixelSide), (vb - va).GetLower().AsVector3(), (vc - va).GetLower().AsVector3(), ref point);
        }

        point.Albedo *= new Vector4(geometry.Material.Tint, 1);
    }

    /// <summary>The mesh's unit normal at a sample, towards the viewer's side for two-sided parts; without perspective, which small triangles do not need.</summary>
    public static Vector3 Normal(SurfaceGeometry geometry, int triangle, Vector2 sample)
    {
        ReadOnlySpan<int> corners = geometry.Part.Triangles.AsSpan(triangle * 3, 3);
        Vector2[] screen = geometry.ScreenPositions;
        Vector2 pa = screen[corners[0]];
        Vector2 ab = screen[corners[1]] - pa;
        Vector2 ac = screen[corners[2]] - pa;
        Vector2 ap = sample - pa;
        float area = Cross(ab, ac);
        float reciprocal = MathF.Abs(area) > 1e-6f ? 1 / area : 0;
        float wb = Math.Clamp(Cross(ap, ac) * reciprocal, 0, 1);
        float wc = Math.Clamp(Cross(ab, ap) * reciprocal, 0, 1 - wb);
        Vector256<float> here = (geometry.Attributes[corners[0]] * (1 - wb - wc)) + (geometry.Attributes[corners[1]] * wb) + (geometry.Attributes[corners[2]] * wc);
        Vector3 normal = here.GetUpper().AsVector3();
        normal /= MathF.Sqrt(normal.LengthSquared() + 1e-20f);
        return geometry.Material.IsTwoSided && Vector3.Dot(normal, here.GetLower().AsVector3()) > 0 ? -normal : normal;
    }

    private static void ReadTextures(SurfaceGeometry geometry, int first, float weightB, float weightC, float pixels, Vector3 edge1, Vector3 edge2, ref SurfacePoint point)
    {
        Vector2[] coordinates = geometry.Part.TextureCoordinates;
        Vector2 t0 = coordinates[first];
        Vector2 d1 = coordinates[first + 1] - t0;
        Vector2 d2 = coordinates[first + 2] - t0;
        Vector2 coordinate = t0 + (d1 * weightB) + (d2 * weightC);
        float coordinateArea = Cross(d1, d2);

        // Texels per pixel decide the level of detail: half the logarithm of the ratio of areas.
        float ratio = MathF.Abs(coordinateArea) / Math.Max(pixels, 1e-6f);
        MipTexture? relief = MathF.Abs(coordinateArea) > 1e-12f ? geometry.Relief : null;
        Vector4 slopes = Vector4.Zero;
        if (geometry.Albedo is { } albedo)
        {
            float level = Level(ratio * albedo.Width * albedo.Height);
            if (relief is not null && relief.Width == albedo.Width && relief.Height == albedo.Height)
            {
                MipTexture.SampleBoth(albedo, relief, coordinate, level, out point.Albedo, out slopes);
            }
            else
            {
                point.Albedo = albedo.Sample(coordinate, level);
                slopes = relief?.Sample(coordinate, Level(ratio * relief.Width * relief.Height)) ?? slopes;
            }
        }
        else if (relief is not null)
        {
            slopes = relief.Sample(coordinate, Level(ratio * relief.Width * relief.Height));
        }

        if (relief is not null)
        {
            // Surface gradient: Mikkelsen, "Bump Mapping Unparametrized Surfaces on the GPU", 2010. With the tangents along u and v written out, the area in
            // texture coordinates cancels, and so does the normal's length: what is left to do is done for eight points at a time.
            Vector3 alongU = (edge1 * d2.Y) - (edge2 * d1.Y);
            Vector3 alongV = (edge2 * d1.X) - (edge1 * d2.X);
            float facing = Vector3.Dot(point.Normal, Vector3.Cross(edge1, edge2));
            if (MathF.Abs(facing) > MathF.Abs(coordinateArea) * 1e-9f)
            {
                point.Slope = ((alongV * slopes.X) - (alongU * slopes.Y)) / facing;
            }
        }
    }

    private static float Level(float texelsPerPixel) => (MathF.Log2(Math.Max(texelsPerPixel, 1e-6f)) * 0.5f) - 0.35f;

    private static float Cross(Vector2 a, Vector2 b) => (a.X * b.Y) - (a.Y * b.X);
}
