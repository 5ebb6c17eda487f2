namespace AuStream.Stages.Sampling;

/// <summary>The blocks of a plane that a destination can touch, so that only they are averaged.</summary>
internal readonly record struct BlockRegion(int FirstColumn, int FirstRow, int Columns, int Rows)
{
    /// <summary>Blocks under the destination's outline, with one block to spare for interpolation on each side, cut to the plane.</summary>
    /// <param name="map">Destination to luma pixels.</param>
    /// <param name="width">Destination columns.</param>
    /// <param name="height">Destination rows.</param>
    /// <param name="planeWidth">Samples per row of the plane.</param>
    /// <param name="planeHeight">Rows of the plane.</param>
    /// <param name="factor">Samples per block side.</param>
    /// <param name="subsampling">Luma pixels per sample: 1 or 2.</param>
    public static BlockRegion Cover(
        in AffineMap map, int width, int height, int planeWidth, int planeHeight, int factor, int subsampling)
    {
        double block = (double)factor * subsampling;
        double left = map.X0 + Math.Min(0, map.XX * width) + Math.Min(0, map.XY * height);
        double right = map.X0 + Math.Max(0, map.XX * width) + Math.Max(0, map.XY * height);
        double top = map.Y0 + Math.Min(0, map.YX * width) + Math.Min(0, map.YY * height);
        double bottom = map.Y0 + Math.Max(0, map.YX * width) + Math.Max(0, map.YY * height);
        (int firstColumn, int columns) = Range(left / block, right / block, (planeWidth + factor - 1) / factor);
        (int firstRow, int rows) = Range(top / block, bottom / block, (planeHeight + factor - 1) / factor);
        return new BlockRegion(firstColumn, firstRow, columns, rows);
    }

    private static (int First, int Count) Range(double low, double high, int available)
    {
        int first = (int)Math.Clamp(Math.Floor(low) - 1, 0, available - 1);
        int last = (int)Math.Clamp(Math.Ceiling(high) + 1, first, available - 1);
        return (first, last - first + 1);
    }
}
