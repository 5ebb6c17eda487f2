using System.Numerics;

namespace AuStream.Synthesis.Pictures;

/// <summary>A picture in linear light: red, green, blue and coverage per pixel, row after row.</summary>
public sealed class LinearImage
{
    /// <param name="width">Columns, at least 1.</param>
    /// <param name="height">Rows, at least 1.</param>
    public LinearImage(int width, int height)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        Width = width;
        Height = height;
        Pixels = new Vector4[width * height];
    }

    /// <summary>Columns.</summary>
    public int Width { get; }

    /// <summary>Rows.</summary>
    public int Height { get; }

    /// <summary>Width · Height pixels.</summary>
    public Vector4[] Pixels { get; }
}
