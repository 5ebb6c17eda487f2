namespace AuStream.Stages.Sampling;

/// <summary>What stays the same for every row of one call.</summary>
internal readonly record struct SamplingJob(
    int Width, int Height, Normalization Normalization, ColorMatrix Matrix, SamplingBorder Border)
{
    /// <summary>Floats per plane.</summary>
    public int PlaneSize => Width * Height;
}
