namespace AuStream.Stages.Sampling;

/// <summary>One pixel at a time: for the ends of rows, for planes of one row or column, and for processors without gathers.</summary>
internal static class ScalarRowSampler
{
    /// <summary>Samples the pixels [begin, end) of a row.</summary>
    public static void SampleRow(
        in SourcePlane y, in SourcePlane cb, in SourcePlane cr, in RowGeometry geometry, in SamplingJob job, int row, int begin, int end, Span<float> planes)
    {
        Normalization normalization = job.Normalization;
        ColorMatrix matrix = job.Matrix;
        for (int column = begin; column < end; column++)
        {
            int offset = (row * job.Width) + column;
            float red = 0;
            float green = 0;
            float blue = 0;
            if (job.Border == SamplingBorder.Clamp || IsInside(geometry, column, row))
            {
                (double lumaX, double lumaY) = geometry.Luma.Apply(column, row);
                (double chromaX, double chromaY) = geometry.Chroma.Apply(column, row);
                float luma = (Bilinear(y, lumaX, lumaY) - matrix.YOffset) * matrix.YScale;
                float u = Bilinear(cb, chromaX, chromaY) - 128;
                float v = Bilinear(cr, chromaX, chromaY) - 128;
                red = Math.Clamp(luma + (matrix.RedFromCr * v), 0, 255);
                green = Math.Clamp(luma + (matrix.GreenFromCb * u) + (matrix.GreenFromCr * v), 0, 255);
                blue = Math.Clamp(luma + (matrix.BlueFromCb * u), 0, 255);
            }

            planes[offset] = (red * normalization.RedScale) + normalization.RedBias;
            planes[job.PlaneSize + offset] = (green * normalization.GreenScale) + normalization.GreenBias;
            planes[(2 * job.PlaneSize) + offset] = (blue * normalization.BlueScale) + normalization.BlueBias;
        }
    }

    private static bool IsInside(in RowGeometry geometry, int column, int row)
    {
        (double x, double y) = geometry.Frame.Apply(column, row);
        return x >= 0 && y >= 0 && x < geometry.FrameWidth && y < geometry.FrameHeight;
    }

    private static float Bilinear(in SourcePlane plane, double x, double y)
    {
        double clampedX = Math.Clamp(x, 0, plane.Width - 1);
        double clampedY = Math.Clamp(y, 0, plane.Height - 1);
        int left = (int)clampedX;
        int top = (int)clampedY;
        float fractionX = (float)(clampedX - left);
        float fractionY = (float)(clampedY - top);
        int right = Math.Min(left + 1, plane.Width - 1);
        ReadOnlySpan<byte> upper = plane.Samples.Slice(top * plane.Width, plane.Width);
        ReadOnlySpan<byte> lower = plane.Samples.Slice(Math.Min(top + 1, plane.Height - 1) * plane.Width, plane.Width);
        float above = upper[left] + (fractionX * (upper[right] - upper[left]));
        float below = lower[left] + (fractionX * (lower[right] - lower[left]));
        return above + (fractionY * (below - above));
    }
}
