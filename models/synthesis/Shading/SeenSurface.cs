namespace AuStream.Synthesis.Shading;

/// <summary>A surface of a pixel that waits for its light.</summary>
internal struct SeenSurface
{
    /// <summary>What is seen.</summary>
    public SurfacePoint Point;

    /// <summary>Column of the pixel.</summary>
    public int X;

    /// <summary>Row of the pixel.</summary>
    public int Y;

    /// <summary>Where its colour goes, see <see cref="ShadingBatch.Add"/>.</summary>
    public int Place;

    /// <summary>Which samples show it, see <see cref="ShadingBatch.Add"/>.</summary>
    public int Mask;
}
