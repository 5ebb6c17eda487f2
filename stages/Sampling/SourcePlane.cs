namespace AuStream.Stages.Sampling;

/// <summary>One plane of bytes, rows without padding, and where its first sample lies in the whole picture's plane.</summary>
internal readonly ref struct SourcePlane(ReadOnlySpan<byte> samples, int width, int height)
{
    /// <summary>Row-major samples.</summary>
    public ReadOnlySpan<byte> Samples { get; } = samples;

    /// <summary>Columns.</summary>
    public int Width { get; } = width;

    /// <summary>Rows.</summary>
    public int Height { get; } = height;
}
