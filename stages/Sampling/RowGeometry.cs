namespace AuStream.Stages.Sampling;

/// <summary>The map in coordinates of the (perhaps reduced) planes, where whole numbers are sample centres.</summary>
internal readonly record struct RowGeometry(
    AffineMap Luma, AffineMap Chroma, AffineMap Frame, int FrameWidth, int FrameHeight)
{
    /// <param name="map">Destination to frame pixels.</param>
    /// <param name="factor">Samples per block side.</param>
    /// <param name="luma">Where the reduced luma plane begins.</param>
    /// <param name="chroma">Where the reduced chroma planes begin.</param>
    /// <param name="frameWidth">Of the whole frame.</param>
    /// <param name="frameHeight">Of the whole frame.</param>
    public static RowGeometry Create(
        in AffineMap map, int factor, in BlockRegion luma, in BlockRegion chroma, int frameWidth, int frameHeight) => new(
            ToSamples(map, factor, luma.FirstColumn, luma.FirstRow),
            ToSamples(map, factor * 2.0, chroma.FirstColumn, chroma.FirstRow),
            AtCentres(map),
            frameWidth,
            frameHeight);

    private static AffineMap ToSamples(in AffineMap map, double block, int firstColumn, int firstRow)
    {
        AffineMap centred = AtCentres(map);
        return new AffineMap(
            centred.XX / block, centred.XY / block, (centred.X0 / block) - 0.5 - firstColumn,
            centred.YX / block, centred.YY / block, (centred.Y0 / block) - 0.5 - firstRow);
    }

    private static AffineMap AtCentres(in AffineMap map)
    {
        (double x, double y) = map.Apply(0.5, 0.5);
        return map with { X0 = x, Y0 = y };
    }
}
