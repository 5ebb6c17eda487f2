using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace AuStream.Stages.Sampling;

/// <summary>Eight pixels at a time by AVX2 gathers: one 32-bit load fetches a sample and its right neighbour.</summary>
internal static unsafe class GatherRowSampler
{
    /// <summary>Samples as many whole groups of eight as the row has; returns the number of pixels done.</summary>
    /// <remarks>Every plane has at least two rows and two columns.</remarks>
    public static int SampleRow(
        in SourcePlane y, in SourcePlane cb, in SourcePlane cr, in RowGeometry geometry, in SamplingJob job, int row, Span<float> planes)
    {
        ColorMatrix matrix = job.Matrix;
        Normalization normalization = job.Normalization;
        Axes luma = Axes.AtRow(geometry.Luma, row);
        Axes chroma = Axes.AtRow(geometry.Chroma, row);
        Axes frame = Axes.AtRow(geometry.Frame, row);
        bool isBlackOutside = job.Border == SamplingBorder.Black;
        Vector256<float> lanes = Vector256.Create(0f, 1, 2, 3, 4, 5, 6, 7);
        Vector256<float> bias128 = Vector256.Create(128f);
        Vector256<float> white = Vector256.Create(255f);
        int groups = job.Width & ~7;
        fixed (byte* yStart = y.Samples, cbStart = cb.Samples, crStart = cr.Samples)
        fixed (float* output = &MemoryMarshal.GetReference(planes))
        {
            float* red = output + ((long)row * job.Width);
            float* green = red + job.PlaneSize;
            float* blue = green + job.PlaneSize;
            for (int column = 0; column < groups; column += 8)
            {
                Vector256<float> u = lanes + Vector256.Create((float)column);
                Taps lumaTaps = Taps.At(luma, u, y.Width, y.Height);
                Taps chromaTaps = Taps.At(chroma, u, cb.Width, cb.Height);
                if (lumaTaps.ReachesEnd(y.Width, y.Samples.Length) || chromaTaps.ReachesEnd(cb.Width, cb.Samples.Length))
                {
                    // A 32-bit load at the plane's last samples would read past its end.
                    ScalarRowSampler.SampleRow(y, cb, cr, geometry, job, row, column, column + 8, planes);
                    continue;
                }

                Vector256<float> brightness = (lumaTaps.Load(yStart, y.Width) - Vector256.Create(matrix.YOffset)) * matrix.YScale;
                Vector256<float> blueness = chromaTaps.Load(cbStart, cb.Width) - bias128;
                Vector256<float> redness = chromaTaps.Load(crStart, cr.Width) - bias128;
                Vector256<float> r = Fma.MultiplyAdd(redness, Vector256.Create(matrix.RedFromCr), brightness);
                Vector256<float> g = Fma.MultiplyAdd(
                    redness, Vector256.Create(matrix.GreenFromCr), Fma.MultiplyAdd(blueness, Vector256.Create(matrix.GreenFromCb), brightness));
                Vector256<float> b = Fma.MultiplyAdd(blueness, Vector256.Create(matrix.BlueFromCb), brightness);
                Vector256<float> visible = isBlackOutside ? frame.Inside(u, geometry.FrameWidth, geometry.FrameHeight) : Vector256<float>.AllBitsSet;
                Store(r, visible, white, normalization.RedScale, normalization.RedBias, red + column);
                Store(g, visible, white, normalization.GreenScale, normalization.GreenBias, green + column);
                Store(b, visible, white, normalization.BlueScale, normalization.BlueBias, blue + column);
            }
        }

        return groups;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(Vector256<float> value, Vector256<float> visible, Vector256<float> white, float scale, float bias, float* destination)
    {
        Vector256<float> pixel = Avx.And(Avx.Min(Avx.Max(value, Vector256<float>.Zero), white), visible);
        Avx.Store(destination, Fma.MultiplyAdd(pixel, Vector256.Create(scale), Vector256.Create(bias)));
    }

    /// <summary>Source coordinates along one row: start + step · column.</summary>
    private readonly struct Axes(float startX, float stepX, float startY, float stepY)
    {
        public static Axes AtRow(in AffineMap map, int row) => new(
            (float)((map.XY * row) + map.X0), (float)map.XX, (float)((map.YY * row) + map.Y0), (float)map.YX);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector256<float> X(Vector256<float> column) => Fma.MultiplyAdd(column, Vector256.Create(stepX), Vector256.Create(startX));

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector256<float> Y(Vector256<float> column) => Fma.MultiplyAdd(column, Vector256.Create(stepY), Vector256.Create(startY));

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector256<float> Inside(Vector256<float> column, int width, int height)
        {
            Vector256<float> x = X(column);
            Vector256<float> y = Y(column);
            return Vector256.GreaterThanOrEqual(x, Vector256<float>.Zero) & Vector256.LessThan(x, Vector256.Create((float)width))
                & Vector256.GreaterThanOrEqual(y, Vector256<float>.Zero) & Vector256.LessThan(y, Vector256.Create((float)height));
        }
    }

    /// <summary>Offsets of the upper left samples of eight 2 × 2 neighbourhoods, and the weights within them.</summary>
    private readonly struct Taps(Vector256<int> offset, Vector256<float> fractionX, Vector256<float> fractionY)
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Taps At(in Axes axes, Vector256<float> column, int width, int height)
        {
            Vector256<float> x = Avx.Min(Avx.Max(axes.X(column), Vector256<float>.Zero), Vector256.Create((float)(width - 1)));
            Vector256<float> y = Avx.Min(Avx.Max(axes.Y(column), Vector256<float>.Zero), Vector256.Create((float)(height - 1)));
            Vector256<int> left = Vector256.Min(Avx.ConvertToVector256Int32WithTruncation(x), Vector256.Create(width - 2));
            Vector256<int> top = Vector256.Min(Avx.ConvertToVector256Int32WithTruncation(y), Vector256.Create(height - 2));
            return new Taps(
                (top * width) + left, x - Avx.ConvertToVector256Single(left), y - Avx.ConvertToVector256Single(top));
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public bool ReachesEnd(int width, int length) =>
            Vector256.GreaterThanAny(offset, Vector256.Create(length - width - sizeof(int)));

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector256<float> Load(byte* start, int width)
        {
            Vector256<int> upper = Avx2.GatherVector256((int*)start, offset, 1);
            Vector256<int> lower = Avx2.GatherVector256((int*)(start + width), offset, 1);
            Vector256<float> above = AlongRow(upper);
            return Fma.MultiplyAdd(AlongRow(lower) - above, fractionY, above);
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private Vector256<float> AlongRow(Vector256<int> pairs)
        {
            Vector256<int> mask = Vector256.Create(0xFF);
            Vector256<float> left = Avx.ConvertToVector256Single(pairs & mask);
            Vector256<float> right = Avx.ConvertToVector256Single(Vector256.ShiftRightLogical(pairs, 8) & mask);
            return Fma.MultiplyAdd(right - left, fractionX, left);
        }
    }
}
