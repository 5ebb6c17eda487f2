namespace AuStream.Synthesis.Rasterising;

/// <summary>
/// Which triangle is seen at every sample of a picture, and how near it is. Rows are padded so that eight samples can always be
/// written at once. Not thread-safe; reuse one per thread.
/// </summary>
public sealed class VisibilityBuffer
{
    /// <summary>Value of <see cref="Triangles"/> where nothing is seen.</summary>
    public const int Empty = -1;

    /// <summary>Samples that rows are padded with.</summary>
    internal const int Padding = 8;

    /// <summary>Columns of samples.</summary>
    public int Width { get; private set; }

    /// <summary>Rows of samples.</summary>
    public int Height { get; private set; }

    /// <summary>Elements from one row to the next.</summary>
    public int Stride { get; private set; }

    /// <summary>Reciprocal depth (1/cm) per sample, row after row with <see cref="Stride"/>; 0 where nothing is seen, greater is nearer.</summary>
    public float[] InverseDepth { get; private set; } = [];

    /// <summary>Id given to the triangle seen per sample, or <see cref="Empty"/>.</summary>
    public int[] Triangles { get; private set; } = [];

    /// <summary>Empties the buffer and gives it a size; memory is kept between pictures.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A side is below 1 or above 16,384 samples.</exception>
    public void Reset(int width, int height)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(width, 16384);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(height, 16384);
        Width = width;
        Height = height;
        Stride = width + Padding;
        int count = Stride * height;
        if (Triangles.Length < count)
        {
            Triangles = new int[count];
            InverseDepth = new float[count];
        }

        Triangles.AsSpan(0, count).Fill(Empty);
        InverseDepth.AsSpan(0, count).Clear();
    }
}
