using AuStream.Stages.Frames;
using AuStream.Stages.Sampling;

namespace AuStream.Stages.Tests.Sampling;

/// <summary>The sampler's definition written out in double precision, one pixel at a time, without regard to speed.</summary>
internal static class PlainSampler
{
    public static double[] Sample(VideoFrame frame, AffineMap map, int width, int height, double scale, double bias, SamplingBorder border, int block)
    {
        double[] planes = new double[3 * width * height];
        for (int v = 0; v < height; v++)
        {
            for (int u = 0; u < width; u++)
            {
                (double x, double y) = map.Apply(u + 0.5, v + 0.5);
                (double r, double g, double b) = (0, 0, 0);
                if (border == SamplingBorder.Clamp || (x >= 0 && y >= 0 && x < frame.Width && y < frame.Height))
                {
                    double luma = Bilinear(frame.Y, frame.Width, frame.Height, block, (x / block) - 0.5, (y / block) - 0.5);
                    double cb = Bilinear(frame.Cb, frame.ChromaWidth, frame.ChromaHeight, block, (x / 2 / block) - 0.5, (y / 2 / block) - 0.5);
                    double cr = Bilinear(frame.Cr, frame.ChromaWidth, frame.ChromaHeight, block, (x / 2 / block) - 0.5, (y / 2 / block) - 0.5);
                    (r, g, b) = ToRgb(luma, cb, cr, frame.Color);
                }

                int pixel = (v * width) + u;
                planes[pixel] = (r * scale) + bias;
                planes[(width * height) + pixel] = (g * scale) + bias;
                planes[(2 * width * height) + pixel] = (b * scale) + bias;
            }
        }

        return planes;
    }

    private static double Bilinear(ReadOnlySpan<byte> plane, int width, int height, int block, double x, double y)
    {
        int columns = (width + block - 1) / block;
        int rows = (height + block - 1) / block;
        x = Math.Clamp(x, 0, columns - 1);
        y = Math.Clamp(y, 0, rows - 1);
        int left = (int)Math.Floor(x);
        int top = (int)Math.Floor(y);
        int right = Math.Min(left + 1, columns - 1);
        int bottom = Math.Min(top + 1, rows - 1);
        double above = Mean(plane, width, height, block, left, top) * (1 - (x - left)) + (Mean(plane, width, height, block, right, top) * (x - left));
        double below = Mean(plane, width, height, block, left, bottom) * (1 - (x - left)) + (Mean(plane, width, height, block, right, bottom) * (x - left));
        return (above * (1 - (y - top))) + (below * (y - top));
    }

    private static double Mean(ReadOnlySpan<byte> plane, int width, int height, int block, int column, int row)
    {
        double sum = 0;
        int count = 0;
        for (int y = row * block; y < Math.Min((row + 1) * block, height); y++)
        {
            for (int x = column * block; x < Math.Min((column + 1) * block, width); x++)
            {
                sum += plane[(y * width) + x];
                count++;
            }
        }

        return Math.Floor((sum / count) + 0.5);
    }

    private static (double R, double G, double B) ToRgb(double y, double cb, double cr, YuvColor color)
    {
        bool limited = color is YuvColor.Bt601Limited or YuvColor.Bt709Limited;
        (double kr, double kb) = color is YuvColor.Bt601Limited or YuvColor.Bt601Full ? (0.299, 0.114) : (0.2126, 0.0722);
        double luma = limited ? (y - 16) / 219 : y / 255;
        double pb = (cb - 128) / (limited ? 224 : 255);
        double pr = (cr - 128) / (limited ? 224 : 255);
        double r = luma + (2 * (1 - kr) * pr);
        double b = luma + (2 * (1 - kb) * pb);
        // Luma is the weighted sum of the three channels: green is what is missing from it.
        double g = (luma - (kr * r) - (kb * b)) / (1 - kr - kb);
        return (Math.Clamp(r, 0, 1) * 255, Math.Clamp(g, 0, 1) * 255, Math.Clamp(b, 0, 1) * 255);
    }
}
