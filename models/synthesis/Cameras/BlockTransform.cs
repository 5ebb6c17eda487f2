using System.Runtime.Intrinsics;

namespace AuStream.Synthesis.Cameras;

/// <summary>Orthonormal 8×8 discrete cosine transform, row and column passes of eight lanes (ISO/IEC 10918-1, A.3.3).</summary>
internal static class BlockTransform
{
    // Basis[frequency * 8 + position].
    private static readonly float[] Basis = MakeBasis();

    private static readonly float[] Transposed = Transpose(Basis);

    /// <summary>Frequencies of a block, in place: row-major, horizontal frequency along rows.</summary>
    public static void Forward(Span<float> block) => Apply(block, Basis, Transposed);

    /// <summary>Block of frequencies, in place.</summary>
    public static void Inverse(Span<float> block) => Apply(block, Transposed, Basis);

    // left · block · right
    private static void Apply(Span<float> block, float[] left, float[] right)
    {
        Span<float> middle = stackalloc float[64];
        for (int row = 0; row < 8; row++)
        {
            Vector256<float> sum = Vector256<float>.Zero;
            for (int k = 0; k < 8; k++)
            {
                sum += Vector256.Create(left[(row * 8) + k]) * Vector256.Create<float>(block.Slice(k * 8, 8));
            }

            sum.CopyTo(middle[(row * 8)..]);
        }

        for (int row = 0; row < 8; row++)
        {
            Vector256<float> sum = Vector256<float>.Zero;
            for (int k = 0; k < 8; k++)
            {
                sum += Vector256.Create(middle[(row * 8) + k]) * Vector256.Create<float>(right.AsSpan(k * 8, 8));
            }

            sum.CopyTo(block[(row * 8)..]);
        }
    }

    private static float[] MakeBasis()
    {
        var basis = new float[64];
        for (int u = 0; u < 8; u++)
        {
            for (int x = 0; x < 8; x++)
            {
                basis[(u * 8) + x] = (float)((u == 0 ? Math.Sqrt(0.125) : 0.5) * Math.Cos(((2 * x) + 1) * u * Math.PI / 16));
            }
        }

        return basis;
    }

    private static float[] Transpose(float[] matrix)
    {
        var result = new float[64];
        for (int i = 0; i < 64; i++)
        {
            result[(i % 8 * 8) + (i / 8)] = matrix[i];
        }

        return result;
    }
}
