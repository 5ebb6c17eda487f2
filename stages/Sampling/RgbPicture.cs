using AuStream.Stages.Frames;

namespace AuStream.Stages.Sampling;

/// <summary>Turns pictures that are RGB already (rendered samples, decoded stills) into frames, so that they take the same way as video.</summary>
public static class RgbPicture
{
    /// <summary>A frame in full-range BT.601 (as JPEG has it); chroma is the mean of each 2 × 2 block.</summary>
    /// <param name="pool">Owns the frame's buffer.</param>
    /// <param name="rgb">Interleaved R, G, B bytes, rows without padding: [height, width, 3].</param>
    /// <param name="width">Columns, at least 1.</param>
    /// <param name="height">Rows, at least 1.</param>
    /// <returns>A frame that the caller disposes.</returns>
    /// <exception cref="ArgumentException">The bytes do not match the size.</exception>
    public static VideoFrame ToFrame(FramePool pool, ReadOnlySpan<byte> rgb, int width, int height)
    {
        ArgumentNullException.ThrowIfNull(pool);
        if (rgb.Length != 3L * width * height)
        {
            throw new ArgumentException($"{width}×{height} RGB pixels are {3L * width * height} bytes, not {rgb.Length}.", nameof(rgb));
        }

        VideoFrame frame = pool.Rent(width, height, YuvColor.Bt601Full);
        Span<byte> planes = frame.Buffer.Span;
        Span<byte> luma = planes[..(width * height)];
        int chromaCount = frame.ChromaWidth * frame.ChromaHeight;
        Span<byte> cb = planes.Slice(luma.Length, chromaCount);
        Span<byte> cr = planes.Slice(luma.Length + chromaCount, chromaCount);
        for (int pixel = 0; pixel < luma.Length; pixel++)
        {
            luma[pixel] = ToByte(Luma(rgb[3 * pixel], rgb[(3 * pixel) + 1], rgb[(3 * pixel) + 2]));
        }

        for (int row = 0; row < frame.ChromaHeight; row++)
        {
            for (int column = 0; column < frame.ChromaWidth; column++)
            {
                (float red, float green, float blue) = BlockMean(rgb, width, height, 2 * column, 2 * row);
                float brightness = Luma(red, green, blue);
                cb[(row * frame.ChromaWidth) + column] = ToByte(128 + ((blue - brightness) / 1.772f));
                cr[(row * frame.ChromaWidth) + column] = ToByte(128 + ((red - brightness) / 1.402f));
            }
        }

        return frame;
    }

    private static float Luma(float red, float green, float blue) => (0.299f * red) + (0.587f * green) + (0.114f * blue);

    private static byte ToByte(float value) => (byte)Math.Clamp(value + 0.5f, 0, 255);

    private static (float Red, float Green, float Blue) BlockMean(ReadOnlySpan<byte> rgb, int width, int height, int left, int top)
    {
        int right = Math.Min(left + 1, width - 1);
        int bottom = Math.Min(top + 1, height - 1);
        int a = 3 * ((top * width) + left);
        int b = 3 * ((top * width) + right);
        int c = 3 * ((bottom * width) + left);
        int d = 3 * ((bottom * width) + right);
        return (
            (rgb[a] + rgb[b] + rgb[c] + rgb[d]) / 4f,
            (rgb[a + 1] + rgb[b + 1] + rgb[c + 1] + rgb[d + 1]) / 4f,
            (rgb[a + 2] + rgb[b + 2] + rgb[c + 2] + rgb[d + 2]) / 4f);
    }
}
