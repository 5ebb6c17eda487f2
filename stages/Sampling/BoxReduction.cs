using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace AuStream.Stages.Sampling;

/// <summary>Shrinks a part of a plane by a whole factor: each result is the rounded mean of a factor × factor block, or of what
/// the plane has of the block at its right and bottom edge.</summary>
internal static class BoxReduction
{
    /// <summary>Largest factor: sums of a column of bytes stay within 16 bits.</summary>
    public const int MaximumFactor = 256;

    /// <summary>Reduces blocks [firstColumn, firstColumn + columns) × [firstRow, firstRow + rows), counted in blocks of the plane.</summary>
    /// <param name="source">The plane.</param>
    /// <param name="factor">Side of a block in samples, 1 to <see cref="MaximumFactor"/>.</param>
    /// <param name="firstColumn">Leftmost block.</param>
    /// <param name="firstRow">Topmost block.</param>
    /// <param name="columns">Blocks per row of the result.</param>
    /// <param name="rows">Rows of the result.</param>
    /// <param name="columnSums">Scratch, at least columns · factor long.</param>
    /// <param name="destination">The result, row-major, columns · rows bytes.</param>
    public static void Reduce(
        in SourcePlane source, int factor, int firstColumn, int firstRow, int columns, int rows, Span<ushort> columnSums, Span<byte> destination)
    {
        int left = firstColumn * factor;
        int width = Math.Min(columns * factor, source.Width - left);
        for (int row = 0; row < rows; row++)
        {
            int top = (firstRow + row) * factor;
            int height = Math.Min(factor, source.Height - top);
            Span<ushort> sums = columnSums[..width];
            sums.Clear();
            for (int line = 0; line < height; line++)
            {
                AddRow(source.Samples.Slice(((top + line) * source.Width) + left, width), sums);
            }

            SumBlocks(sums, factor, height, destination.Slice(row * columns, columns));
        }
    }

    private static void AddRow(ReadOnlySpan<byte> samples, Span<ushort> sums)
    {
        ref byte sample = ref MemoryMarshal.GetReference(samples);
        ref ushort sum = ref MemoryMarshal.GetReference(sums);
        int column = 0;
        for (; column <= samples.Length - Vector<byte>.Count; column += Vector<byte>.Count)
        {
            Vector.Widen(Unsafe.As<byte, Vector<byte>>(ref Unsafe.Add(ref sample, column)), out Vector<ushort> low, out Vector<ushort> high);
            ref Vector<ushort> lowSum = ref Unsafe.As<ushort, Vector<ushort>>(ref Unsafe.Add(ref sum, column));
            ref Vector<ushort> highSum = ref Unsafe.As<ushort, Vector<ushort>>(ref Unsafe.Add(ref sum, column + Vector<ushort>.Count));
            lowSum += low;
            highSum += high;
        }

        for (; column < samples.Length; column++)
        {
            sums[column] += samples[column];
        }
    }

    private static void SumBlocks(ReadOnlySpan<ushort> sums, int factor, int height, Span<byte> destination)
    {
        // A reciprocal with 40 fractional bits is exact enough for sums below 2^24: the rounded mean never differs.
        long full = factor * height;
        long reciprocal = ((1L << 40) / full) + 1;
        int column = 0;
        for (int block = 0; block < destination.Length; block++)
        {
            int end = Math.Min(column + factor, sums.Length);
            int count = (end - column) * height;
            long total = 0;
            for (; column < end; column++)
            {
                total += sums[column];
            }

            total += count >> 1;
            destination[block] = (byte)(count == full ? (total * reciprocal) >> 40 : total / count);
        }
    }
}
