using System.Numerics;
using AuStream.Synthesis.Scene;

namespace AuStream.Synthesis.Shading;

/// <summary>Interpolates a triangle's attributes at a sample, with perspective, and reads its textures.</summary>
internal static class SurfaceSampler
{
    /// <summary>Position, normals, colour and openness of a triangle where a sample sees it.</summary>
    /// <param name="geometry">The part.</param>
    /// <param name="triangle">Index of the triangle within the part.</param>
    /// <param name="sample">Position in samples.</param>
    /// <param name="samplesPerPixelSide">Samples per pixel and direction; textures are filtered for pixels.</param>
    /// <param name="readsTextures">False where only the shape matters.</param>
    public static SurfacePoint At(SurfaceGeometry geometry, int triangle, Vector2 sample, int samplesPerPixelSide, bool readsTextures = true)
    {
        ScenePart part = geometry.Part;
        int first = triangle * 3;
        int a = part.Triangles[first];
        int b = part.Triangles[first + 1];
        int c = part.Triangles[first + 2];
        Vector2 pa = geometry.ScreenPositions[a];
        Vector2 ab = geometry.ScreenPositions[b] - pa;
        Vector2 ac = geometry.ScreenPositions[c] - pa;
        Vector2 ap = sample - pa;
        float area = Cross(ab, ac);
        float reciprocal = MathF.Abs(area) > 1e-6f ? 1 / area : 0;
        float wb = Math.Clamp(Cross(ap, ac) * reciprocal, 0, 1);
        float wc = Math.Clamp(Cross(ab, ap) * reciprocal, 0, 1 - wb);
        Vector3 weights = new Vector3(1 - wb - wc, wb, wc)
            * new Vector3(geometry.Screen[a].InverseDepth, geometry.Screen[b].InverseDepth, geometry.Screen[c].InverseDepth);
        weights /= weights.X + weights.Y + weights.Z + 1e-20f;

        Vector3 p0 = geometry.Positions[a];
        Vector3 p1 = geometry.Positions[b];
        Vector3 p2 = geometry.Positions[c];
        SurfacePoint point = default;
        point.Material = geometry.Material;
        point.Position = (p0 * weights.X) + (p1 * weights.Y) + (p2 * weights.Z);
        Vector3 normal = (geometry.Normals[a] * weights.X) + (geometry.Normals[b] * weights.Y) + (geometry.Normals[c] * weights.Z);
        normal /= MathF.Sqrt(normal.LengthSquared() + 1e-20f);
        if (geometry.Material.IsTwoSided && Vector3.Dot(normal, point.Position) > 0)
        {
            normal = -normal;
        }

        point.Normal = normal;
        point.ReliefNormal = normal;
        float[]? openness = part.Openness;
        point.BakedOpenness = openness is null ? 1 : (openness[a] * weights.X) + (openness[b] * weights.Y) + (openness[c] * weights.Z);
        point.Openness = point.BakedOpenness;
        point.FirstLight = 1;
        point.Albedo = Vector4.One;
        if (readsTextures && (geometry.Albedo is not null || geometry.Relief is not null))
        {
            ReadTextures(geometry, first, weights, MathF.Abs(area) / (samplesPerPixelSide * samplesPerPixelSide), p1 - p0, p2 - p0, ref point);
        }

        point.Albedo *= new Vector4(geometry.Material.Tint, 1);
        return point;
    }

    private static void ReadTextures(SurfaceGeometry geometry, int first, Vector3 weights, float pixels, Vector3 edge1, Vector3 edge2, ref SurfacePoint point)
    {
        Vector2[] coordinates = geometry.Part.TextureCoordinates;
        Vector2 t0 = coordinates[first];
        Vector2 d1 = coordinates[first + 1] - t0;
        Vector2 d2 = coordinates[first + 2] - t0;
        Vector2 coordinate = t0 + (d1 * weights.Y) + (d2 * weights.Z);
        float coordinateArea = Cross(d1, d2);

        // Texels per pixel decide the level of detail: half the logarithm of the ratio of areas.
        float ratio = MathF.Abs(coordinateArea) / Math.Max(pixels, 1e-6f);
        float level = 0;
        int size = 0;
        if (geometry.Albedo is { } albedo)
        {
            size = albedo.Width * albedo.Height;
            level = Level(ratio * size);
            point.Albedo = albedo.Sample(coordinate, level);
        }

        if (geometry.Relief is { } relief && MathF.Abs(coordinateArea) > 1e-12f)
        {
            Vector4 slopes = relief.Sample(coordinate, relief.Width * relief.Height == size ? level : Level(ratio * relief.Width * relief.Height));
            float reciprocal = 1 / coordinateArea;
            Vector3 alongU = ((edge1 * d2.Y) - (edge2 * d1.Y)) * reciprocal;
            Vector3 alongV = ((edge2 * d1.X) - (edge1 * d2.X)) * reciprocal;

            // Surface gradient: Mikkelsen, "Bump Mapping Unparametrized Surfaces on the GPU", 2010.
            Vector3 crossV = Vector3.Cross(alongV, point.Normal);
            Vector3 crossU = Vector3.Cross(point.Normal, alongU);
            float determinant = Vector3.Dot(alongU, crossV);
            if (MathF.Abs(determinant) > 1e-9f)
            {
                Vector3 gradient = ((crossV * slopes.X) + (crossU * slopes.Y)) / determinant;
                float steepness = gradient.LengthSquared();
                gradient *= 1 / MathF.Sqrt(1 + (steepness * 0.5f));
                Vector3 bent = point.Normal - gradient;
                point.ReliefNormal = bent / MathF.Sqrt(bent.LengthSquared() + 1e-20f);
            }
        }
    }

    private static float Level(float texelsPerPixel) => (MathF.Log2(Math.Max(texelsPerPixel, 1e-6f)) * 0.5f) - 0.35f;

    private static float Cross(Vector2 a, Vector2 b) => (a.X * b.Y) - (a.Y * b.X);
}
