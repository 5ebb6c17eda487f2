namespace AuStream.Synthesis.Scene;

/// <summary>Pixels in linear light: four floats each (R, G, B, coverage), 0–1, rows from top (v = 1) to bottom (v = 0).</summary>
public sealed class Texture
{
    /// <param name="width">Columns, at least 1.</param>
    /// <param name="height">Rows, at least 1.</param>
    /// <param name="pixels">width · height · 4 values.</param>
    /// <exception cref="ArgumentException">The number of values does not fit.</exception>
    public Texture(int width, int height, float[] pixels)
    {
        ArgumentNullException.ThrowIfNull(pixels);
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        if (pixels.Length != width * height * 4)
        {
            throw new ArgumentException($"{pixels.Length} values for {width}×{height}×4", nameof(pixels));
        }

        Width = width;
        Height = height;
        Pixels = pixels;
    }

    /// <summary>Columns.</summary>
    public int Width { get; }

    /// <summary>Rows.</summary>
    public int Height { get; }

    /// <summary>The values; shared between poses of a person.</summary>
    public float[] Pixels { get; }
}
