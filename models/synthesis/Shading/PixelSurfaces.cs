using System.Numerics;
using AuStream.Synthesis.Rasterising;

namespace AuStream.Synthesis.Shading;

/// <summary>The surface that each pixel's first covered sample sees: what the occlusion pass and the labels' visibility need.</summary>
internal sealed class PixelSurfaces
{
    public SurfacePoint[] Points { get; private set; } = [];

    public Vector3[] Positions { get; private set; } = [];

    public Vector3[] Normals { get; private set; } = [];

    public int Width { get; private set; }

    public int Height { get; private set; }

    public void Fill(VisibilityBuffer buffer, ReadOnlySpan<SurfaceGeometry> parts, int samplesPerPixelSide, Func<int, int, bool> isHidden)
    {
        Width = buffer.Width / samplesPerPixelSide;
        Height = buffer.Height / samplesPerPixelSide;
        if (Points.Length < Width * Height)
        {
            Points = new SurfacePoint[Width * Height];
            Positions = new Vector3[Width * Height];
            Normals = new Vector3[Width * Height];
        }

        for (int y = 0; y < Height; y++)
        {
            for (int x = 0; x < Width; x++)
            {
                int pixel = (y * Width) + x;
                if (!TryFirstSample(buffer, x, y, samplesPerPixelSide, out int id, out Vector2 sample))
                {
                    Positions[pixel] = Vector3.Zero;
                    continue;
                }

                ref SurfacePoint point = ref Points[pixel];
                point = SurfaceSampler.At(parts[TriangleId.Part(id)], TriangleId.Triangle(id), sample, samplesPerPixelSide, readsTextures: !isHidden(x, y));
                Positions[pixel] = point.Position;
                Normals[pixel] = point.Normal;
            }
        }
    }

    private static bool TryFirstSample(VisibilityBuffer buffer, int x, int y, int side, out int id, out Vector2 sample)
    {
        for (int j = 0; j < side; j++)
        {
            for (int i = 0; i < side; i++)
            {
                int column = (x * side) + i;
                int row = (y * side) + j;
                id = buffer.Triangles[(row * buffer.Stride) + column];
                if (id != VisibilityBuffer.Empty)
                {
                    sample = new Vector2(column + 0.5f, row + 0.5f);
                    return true;
                }
            }
        }

        id = VisibilityBuffer.Empty;
        sample = default;
        return false;
    }
}
