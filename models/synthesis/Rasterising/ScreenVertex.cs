namespace AuStream.Synthesis.Rasterising;

/// <summary>A vertex on the grid of samples.</summary>
/// <param name="X">Column in samples times <see cref="TriangleRasterizer.SubSampleUnits"/>.</param>
/// <param name="Y">Row in samples times <see cref="TriangleRasterizer.SubSampleUnits"/>, downwards.</param>
/// <param name="InverseDepth">Reciprocal of the depth in front of the camera, 1/cm; 0 or less is behind the camera.</param>
public readonly record struct ScreenVertex(int X, int Y, float InverseDepth)
{
    /// <summary>Snaps a position in samples (0.5 is the middle of the first one) to the grid.</summary>
    public static ScreenVertex FromSamples(float x, float y, float inverseDepth)
    {
        const float Limit = 1 << 24;
        return new(
            (int)MathF.Round(Math.Clamp(x * TriangleRasterizer.SubSampleUnits, -Limit, Limit)),
            (int)MathF.Round(Math.Clamp(y * TriangleRasterizer.SubSampleUnits, -Limit, Limit)),
            inverseDepth);
    }
}
