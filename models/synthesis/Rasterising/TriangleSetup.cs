using System.Runtime.CompilerServices;

namespace AuStream.Synthesis.Rasterising;

/// <summary>
/// A triangle prepared for scan conversion with integer edge functions (Pineda, "A Parallel Algorithm for Polygon
/// Rasterization", SIGGRAPH 1988) and the top-left rule: triangles that share an edge cover each sample exactly once.
/// </summary>
internal readonly struct TriangleSetup
{
    public readonly int MinX;
    public readonly int MaxX;
    public readonly int MinY;
    public readonly int MaxY;
    public readonly long Edge0;
    public readonly long Edge1;
    public readonly long Edge2;
    public readonly int StepX0;
    public readonly int StepX1;
    public readonly int StepX2;
    public readonly int StepY0;
    public readonly int StepY1;
    public readonly int StepY2;
    public readonly float InverseDepth;
    public readonly float InverseDepthStepX;
    public readonly float InverseDepthStepY;

    private const int Units = TriangleRasterizer.SubSampleUnits;
    private const int HalfUnit = Units / 2;

    private TriangleSetup(in ScreenVertex a, in ScreenVertex b, in ScreenVertex c, long area, int minX, int maxX, int minY, int maxY)
    {
        MinX = minX;
        MaxX = maxX;
        MinY = minY;
        MaxY = maxY;
        long x = ((long)MinX * Units) + HalfUnit;
        long y = ((long)MinY * Units) + HalfUnit;

        // Edge i lies opposite vertex i; positive inside.
        Edge0 = Edge(b, c, x, y);
        Edge1 = Edge(c, a, x, y);
        Edge2 = Edge(a, b, x, y);
        StepX0 = -(c.Y - b.Y) * Units;
        StepX1 = -(a.Y - c.Y) * Units;
        StepX2 = -(b.Y - a.Y) * Units;
        StepY0 = (c.X - b.X) * Units;
        StepY1 = (a.X - c.X) * Units;
        StepY2 = (b.X - a.X) * Units;

        double reciprocal = 1 / (double)area;
        InverseDepth = (float)(((a.InverseDepth * Edge0) + (b.InverseDepth * Edge1) + (c.InverseDepth * Edge2)) * reciprocal);
        InverseDepthStepX = (float)((((double)a.InverseDepth * StepX0) + ((double)b.InverseDepth * StepX1) + ((double)c.InverseDepth * StepX2)) * reciprocal);
        InverseDepthStepY = (float)((((double)a.InverseDepth * StepY0) + ((double)b.InverseDepth * StepY1) + ((double)c.InverseDepth * StepY2)) * reciprocal);

        Edge0 -= IsTopLeft(b, c) ? 0 : 1;
        Edge1 -= IsTopLeft(c, a) ? 0 : 1;
        Edge2 -= IsTopLeft(a, b) ? 0 : 1;
    }

    /// <summary>True when edge values of every sample of the triangle's box fit into 32 bits.</summary>
    public static bool FitsInt32(in ScreenVertex a, in ScreenVertex b, in ScreenVertex c)
    {
        const int Limit = 1 << 14;
        return Math.Max(a.X, Math.Max(b.X, c.X)) - Math.Min(a.X, Math.Min(b.X, c.X)) < Limit
            && Math.Max(a.Y, Math.Max(b.Y, c.Y)) - Math.Min(a.Y, Math.Min(b.Y, c.Y)) < Limit;
    }

    /// <summary>Prepares a triangle; vertices may come in either order. False when it covers no sample or is seen from behind and that is culled.</summary>
    public static bool TryCreate(in ScreenVertex a, in ScreenVertex b, in ScreenVertex c, int width, int height, bool twoSided, out TriangleSetup setup)
    {
        Unsafe.SkipInit(out setup);
        if (a.InverseDepth <= 0 || b.InverseDepth <= 0 || c.InverseDepth <= 0)
        {
            return false;
        }

        // Counter-clockwise on a y-up picture is negative here, where y points down.
        long area = Edge(a, b, c.X, c.Y);
        if (area == 0 || (area > 0 && !twoSided))
        {
            return false;
        }

        // Many triangles lie between samples or beside the picture: the box comes before anything that costs more.
        int minX = Math.Max(0, FirstSample(Math.Min(a.X, Math.Min(b.X, c.X))));
        int maxX = Math.Min(width - 1, LastSample(Math.Max(a.X, Math.Max(b.X, c.X))));
        int minY = Math.Max(0, FirstSample(Math.Min(a.Y, Math.Min(b.Y, c.Y))));
        int maxY = Math.Min(height - 1, LastSample(Math.Max(a.Y, Math.Max(b.Y, c.Y))));
        if (minX > maxX || minY > maxY)
        {
            return false;
        }

        setup = area < 0
            ? new TriangleSetup(a, c, b, -area, minX, maxX, minY, maxY)
            : new TriangleSetup(a, b, c, area, minX, maxX, minY, maxY);
        return true;
    }

    /// <summary>First sample whose centre lies at or beyond a coordinate.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int FirstSample(int coordinate) => (coordinate - HalfUnit + Units - 1) >> TriangleRasterizer.SubSampleBits;

    /// <summary>Last sample whose centre lies at or before a coordinate.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int LastSample(int coordinate) => (coordinate - HalfUnit) >> TriangleRasterizer.SubSampleBits;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static long Edge(in ScreenVertex from, in ScreenVertex to, long x, long y) =>
        ((to.X - from.X) * (y - from.Y)) - ((to.Y - from.Y) * (x - from.X));

    // Inside is where the edge function is positive: with y down, a top edge runs to the right, a left edge runs up.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool IsTopLeft(in ScreenVertex from, in ScreenVertex to) =>
        to.Y < from.Y || (to.Y == from.Y && to.X > from.X);
}
