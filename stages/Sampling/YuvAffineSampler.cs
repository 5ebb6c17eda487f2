using System.Buffers;
using System.Runtime.Intrinsics.X86;
using AuStream.Stages.Frames;

namespace AuStream.Stages.Sampling;

/// <summary>
/// Cuts a warped, normalised RGB picture straight out of a frame's Y′CbCr planes in one pass: affine map, bilinear sampling,
/// colour matrix, clamping to 0–255 (values are not rounded), normalisation.
/// </summary>
/// <remarks>
/// <para>Destination pixel (u, v) samples the source at <c>map(u + 0.5, v + 0.5)</c>. Chroma samples lie in the middle of their
/// four luma samples and are interpolated bilinearly too.</para>
/// <para>Where one destination pixel covers more than one source pixel (k = round(√|det|) ≥ 2), the planes are first averaged over
/// blocks of k × k samples, aligned to the picture's origin, so that small structures fade evenly rather than fall between
/// samples. k is at most 256.</para>
/// <para>Thread-safe; allocates nothing in steady state (scratch comes from the shared array pool).</para>
/// </remarks>
public static class YuvAffineSampler
{
    /// <summary>Samples <paramref name="width"/> × <paramref name="height"/> pixels.</summary>
    /// <param name="frame">The source; must not be disposed meanwhile.</param>
    /// <param name="destinationToSource">From destination pixels to pixels of the frame.</param>
    /// <param name="width">Columns of the destination.</param>
    /// <param name="height">Rows of the destination.</param>
    /// <param name="normalization">Scale and bias per channel.</param>
    /// <param name="planes">Receives R, G and B planes one after the other: [3, height, width] float32; may be longer.</param>
    /// <param name="border">What lies outside the frame.</param>
    /// <exception cref="ArgumentException">The destination is too short, or the map is not finite.</exception>
    public static void Sample(
        VideoFrame frame,
        in AffineMap destinationToSource,
        int width,
        int height,
        in Normalization normalization,
        Span<float> planes,
        SamplingBorder border = SamplingBorder.Clamp)
    {
        ArgumentNullException.ThrowIfNull(frame);
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        if (planes.Length < 3L * width * height)
        {
            throw new ArgumentException($"{width}×{height} pixels need {3L * width * height} floats, the span has {planes.Length}.", nameof(planes));
        }

        if (!double.IsFinite(destinationToSource.Determinant) || !double.IsFinite(destinationToSource.X0 + destinationToSource.Y0))
        {
            throw new ArgumentException($"The map {destinationToSource} is not finite.", nameof(destinationToSource));
        }

        int factor = ReductionFactor(destinationToSource);
        SamplingJob job = new(width, height, normalization, ColorMatrix.Of(frame.Color), border);
        if (factor == 1)
        {
            Run(
                new SourcePlane(frame.Y, frame.Width, frame.Height),
                new SourcePlane(frame.Cb, frame.ChromaWidth, frame.ChromaHeight),
                new SourcePlane(frame.Cr, frame.ChromaWidth, frame.ChromaHeight),
                RowGeometry.Create(destinationToSource, 1, default, default, frame.Width, frame.Height),
                job,
                planes);
            return;
        }

        SampleReduced(frame, destinationToSource, factor, job, planes);
    }

    /// <summary>Side of the blocks that are averaged before sampling with this map: round(√|det|), 1 to 256.</summary>
    public static int ReductionFactor(in AffineMap destinationToSource) =>
        (int)Math.Clamp(Math.Round(destinationToSource.Scale), 1, BoxReduction.MaximumFactor);

    private static void SampleReduced(VideoFrame frame, in AffineMap map, int factor, in SamplingJob job, Span<float> planes)
    {
        BlockRegion luma = BlockRegion.Cover(map, job.Width, job.Height, frame.Width, frame.Height, factor, 1);
        BlockRegion chroma = BlockRegion.Cover(map, job.Width, job.Height, frame.ChromaWidth, frame.ChromaHeight, factor, 2);
        int lumaCount = luma.Columns * luma.Rows;
        int chromaCount = chroma.Columns * chroma.Rows;
        byte[] scratch = ArrayPool<byte>.Shared.Rent(lumaCount + (2 * chromaCount));
        ushort[] sums = ArrayPool<ushort>.Shared.Rent(Math.Max(luma.Columns, chroma.Columns) * factor);
        try
        {
            Span<byte> y = scratch.AsSpan(0, lumaCount);
            Span<byte> cb = scratch.AsSpan(lumaCount, chromaCount);
            Span<byte> cr = scratch.AsSpan(lumaCount + chromaCount, chromaCount);
            Reduce(new SourcePlane(frame.Y, frame.Width, frame.Height), factor, luma, sums, y);
            Reduce(new SourcePlane(frame.Cb, frame.ChromaWidth, frame.ChromaHeight), factor, chroma, sums, cb);
            Reduce(new SourcePlane(frame.Cr, frame.ChromaWidth, frame.ChromaHeight), factor, chroma, sums, cr);
            Run(
                new SourcePlane(y, luma.Columns, luma.Rows),
                new SourcePlane(cb, chroma.Columns, chroma.Rows),
                new SourcePlane(cr, chroma.Columns, chroma.Rows),
                RowGeometry.Create(map, factor, luma, chroma, frame.Width, frame.Height),
                job,
                planes);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(scratch);
            ArrayPool<ushort>.Shared.Return(sums);
        }
    }

    private static void Reduce(in SourcePlane plane, int factor, in BlockRegion region, Span<ushort> sums, Span<byte> destination) =>
        BoxReduction.Reduce(plane, factor, region.FirstColumn, region.FirstRow, region.Columns, region.Rows, sums, destination);

    private static void Run(
        in SourcePlane y, in SourcePlane cb, in SourcePlane cr, in RowGeometry geometry, in SamplingJob job, Span<float> planes)
    {
        bool vectorised = Avx2.IsSupported && Fma.IsSupported
            && Math.Min(y.Width, y.Height) >= 2 && Math.Min(cb.Width, cb.Height) >= 2;
        for (int row = 0; row < job.Height; row++)
        {
            int done = vectorised ? GatherRowSampler.SampleRow(y, cb, cr, geometry, job, row, planes) : 0;
            ScalarRowSampler.SampleRow(y, cb, cr, geometry, job, row, done, job.Width, planes);
        }
    }
}
