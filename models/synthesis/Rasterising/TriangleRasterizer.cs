using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace AuStream.Synthesis.Rasterising;

/// <summary>Fills a <see cref="VisibilityBuffer"/> with triangles, eight samples at a time.</summary>
public static class TriangleRasterizer
{
    /// <summary>Fraction bits of vertex positions.</summary>
    public const int SubSampleBits = 5;

    /// <summary>Steps per sample on the grid that vertices are snapped to.</summary>
    public const int SubSampleUnits = 1 << SubSampleBits;

    private const int Lanes = 8;

    private static readonly Vector256<int> LaneIndex = Vector256.Create(0, 1, 2, 3, 4, 5, 6, 7);

    /// <summary>
    /// Draws a triangle where it is nearer than what is there. Vertices run counter-clockwise as seen from the front;
    /// of two triangles at the same depth the first one stays.
    /// </summary>
    public static void Draw(VisibilityBuffer target, in ScreenVertex a, in ScreenVertex b, in ScreenVertex c, int id, bool twoSided)
    {
        if (!TriangleSetup.TryCreate(a, b, c, target.Width, target.Height, twoSided, out TriangleSetup setup))
        {
            return;
        }

        if (!TriangleSetup.FitsInt32(a, b, c))
        {
            DrawScalar(target, setup, id);
        }
        else if (setup.MaxX - setup.MinX < Lanes)
        {
            DrawNarrow(target, setup, id);
        }
        else
        {
            DrawVector(target, setup, id);
        }
    }

    // Nearly all triangles are narrower than eight samples: one step per row.
    private static void DrawNarrow(VisibilityBuffer target, in TriangleSetup setup, int id)
    {
        nint at = ((nint)setup.MinY * target.Stride) + setup.MinX;
        ref int triangle = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(target.Triangles), at);
        ref float depthHere = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(target.InverseDepth), at);
        Vector256<int> lanes = Vector256.Create(0, 1, 2, 3, 4, 5, 6, 7);
        Vector256<int> edge0 = (lanes * setup.StepX0) + Vector256.Create((int)setup.Edge0);
        Vector256<int> edge1 = (lanes * setup.StepX1) + Vector256.Create((int)setup.Edge1);
        Vector256<int> edge2 = (lanes * setup.StepX2) + Vector256.Create((int)setup.Edge2);
        Vector256<int> stepY0 = Vector256.Create(setup.StepY0);
        Vector256<int> stepY1 = Vector256.Create(setup.StepY1);
        Vector256<int> stepY2 = Vector256.Create(setup.StepY2);
        Vector256<int> beyond = Vector256.GreaterThan(lanes, Vector256.Create(setup.MaxX - setup.MinX));
        Vector256<float> depthStep = Vector256.ConvertToSingle(lanes) * setup.InverseDepthStepX;
        int stride = target.Stride;
        int rows = setup.MaxY - setup.MinY;
        for (int y = 0; y <= rows; y++)
        {
            Vector256<int> outside = edge0 | edge1 | edge2 | beyond;
            if (outside.ExtractMostSignificantBits() != 0xFF)
            {
                Vector256<float> depth = depthStep + Vector256.Create(setup.InverseDepth + (y * setup.InverseDepthStepY));
                Vector256<float> old = Vector256.LoadUnsafe(ref depthHere);
                Vector256<int> mask = Vector256.AndNot(Vector256.GreaterThan(depth, old).AsInt32(), Vector256.ShiftRightArithmetic(outside, 31));
                Vector256.ConditionalSelect(mask.AsSingle(), depth, old).StoreUnsafe(ref depthHere);
                Vector256.ConditionalSelect(mask, Vector256.Create(id), Vector256.LoadUnsafe(ref triangle)).StoreUnsafe(ref triangle);
            }

            edge0 += stepY0;
            edge1 += stepY1;
            edge2 += stepY2;
            depthHere = ref Unsafe.Add(ref depthHere, stride);
            triangle = ref Unsafe.Add(ref triangle, stride);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void DrawVector(VisibilityBuffer target, in TriangleSetup setup, int id)
    {
        ref int triangles = ref MemoryMarshal.GetArrayDataReference(target.Triangles);
        ref float depths = ref MemoryMarshal.GetArrayDataReference(target.InverseDepth);
        Vector256<int> step0 = LaneIndex * setup.StepX0;
        Vector256<int> step1 = LaneIndex * setup.StepX1;
        Vector256<int> step2 = LaneIndex * setup.StepX2;
        Vector256<float> depthStep = Vector256.ConvertToSingle(LaneIndex) * setup.InverseDepthStepX;
        Vector256<int> idVector = Vector256.Create(id);
        int edge0 = (int)setup.Edge0;
        int edge1 = (int)setup.Edge1;
        int edge2 = (int)setup.Edge2;
        for (int y = setup.MinY; y <= setup.MaxY; y++)
        {
            nint row = (nint)y * target.Stride;
            int row0 = edge0;
            int row1 = edge1;
            int row2 = edge2;
            float rowDepth = setup.InverseDepth + ((y - setup.MinY) * setup.InverseDepthStepY);
            for (int x = setup.MinX; x <= setup.MaxX; x += 8)
            {
                Vector256<int> inside = (step0 + Vector256.Create(row0)) | (step1 + Vector256.Create(row1)) | (step2 + Vector256.Create(row2));
                if (inside.ExtractMostSignificantBits() != 0xFF)
                {
                    Vector256<float> depth = depthStep + Vector256.Create(rowDepth + ((x - setup.MinX) * setup.InverseDepthStepX));
                    ref float depthHere = ref Unsafe.Add(ref depths, row + x);
                    Vector256<float> old = Vector256.LoadUnsafe(ref depthHere);
                    Vector256<int> mask = Vector256.AndNot(Vector256.GreaterThan(depth, old).AsInt32(), Vector256.ShiftRightArithmetic(inside, 31));
                    mask &= Vector256.LessThanOrEqual(LaneIndex, Vector256.Create(setup.MaxX - x));
                    Vector256.ConditionalSelect(mask.AsSingle(), depth, old).StoreUnsafe(ref depthHere);
                    ref int triangleHere = ref Unsafe.Add(ref triangles, row + x);
                    Vector256.ConditionalSelect(mask, idVector, Vector256.LoadUnsafe(ref triangleHere)).StoreUnsafe(ref triangleHere);
                }

                row0 += 8 * setup.StepX0;
                row1 += 8 * setup.StepX1;
                row2 += 8 * setup.StepX2;
            }

            edge0 += setup.StepY0;
            edge1 += setup.StepY1;
            edge2 += setup.StepY2;
        }
    }

    private static void DrawScalar(VisibilityBuffer target, in TriangleSetup setup, int id)
    {
        long edge0 = setup.Edge0;
        long edge1 = setup.Edge1;
        long edge2 = setup.Edge2;
        for (int y = setup.MinY; y <= setup.MaxY; y++)
        {
            int row = y * target.Stride;
            long row0 = edge0;
            long row1 = edge1;
            long row2 = edge2;
            float rowDepth = setup.InverseDepth + ((y - setup.MinY) * setup.InverseDepthStepY);
            for (int x = setup.MinX; x <= setup.MaxX; x++)
            {
                if ((row0 | row1 | row2) >= 0)
                {
                    float depth = rowDepth + ((x - setup.MinX) * setup.InverseDepthStepX);
                    if (depth > target.InverseDepth[row + x])
                    {
                        target.InverseDepth[row + x] = depth;
                        target.Triangles[row + x] = id;
                    }
                }

                row0 += setup.StepX0;
                row1 += setup.StepX1;
                row2 += setup.StepX2;
            }

            edge0 += setup.StepY0;
            edge1 += setup.StepY1;
            edge2 += setup.StepY2;
        }
    }
}
