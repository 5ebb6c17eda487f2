using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using AuStream.Synthesis.Rasterising;

namespace AuStream.Synthesis.Shading;

/// <summary>The farthest opaque surface of each 8×8 samples: triangles that lie behind it need no closer look. Buffers are reused; not thread-safe.</summary>
internal sealed class DepthTiles
{
    private const int Bits = 3;
    private const int Side = 1 << Bits;

    private float[] _farthest = [];
    private int _columns;

    /// <summary>Reads the depths of a picture; tiles that are not all covered count as empty.</summary>
    public void Read(VisibilityBuffer opaque)
    {
        _columns = (opaque.Width + Side - 1) >> Bits;
        int rows = (opaque.Height + Side - 1) >> Bits;
        if (_farthest.Length < _columns * rows)
        {
            _farthest = new float[_columns * rows];
        }

        ref float depths = ref MemoryMarshal.GetArrayDataReference(opaque.InverseDepth);
        for (int row = 0; row < rows; row++)
        {
            int top = row << Bits;
            int bottom = Math.Min(top + Side, opaque.Height);
            for (int column = 0; column < _columns; column++)
            {
                Vector256<float> least = Vector256.Create(float.MaxValue);
                for (int y = top; y < bottom; y++)
                {
                    least = Vector256.Min(least, Vector256.LoadUnsafe(ref depths, (nuint)((y * opaque.Stride) + (column << Bits))));
                }

                Vector128<float> four = Vector128.Min(least.GetLower(), least.GetUpper());
                _farthest[(row * _columns) + column] = MathF.Min(MathF.Min(four[0], four[1]), MathF.Min(four[2], four[3]));
            }
        }
    }

    /// <summary>False when all samples of a box lie behind opaque surfaces.</summary>
    /// <param name="minX">First column of samples.</param>
    /// <param name="maxX">Last column.</param>
    /// <param name="minY">First row.</param>
    /// <param name="maxY">Last row.</param>
    /// <param name="nearest">Reciprocal of the box's least depth, 1/cm.</param>
    public bool MayBeSeen(int minX, int maxX, int minY, int maxY, float nearest)
    {
        for (int row = minY >> Bits; row <= maxY >> Bits; row++)
        {
            for (int column = minX >> Bits; column <= maxX >> Bits; column++)
            {
                if (nearest >= _farthest[(row * _columns) + column])
                {
                    return true;
                }
            }
        }

        return false;
    }
}
