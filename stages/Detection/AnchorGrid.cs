namespace AuStream.Stages.Detection;

/// <summary>
/// Where the detectors' predictions are anchored: the centres of the cells of their feature maps, one or more predictions each
/// (SSD anchors of fixed unit size, as in BlazeFace, Bazarevsky et al. 2019).
/// </summary>
internal static class AnchorGrid
{
    /// <summary>Input side of a network in pixels.</summary>
    public static int InputSize(DetectorRange range) => range == DetectorRange.Short ? 128 : 192;

    /// <summary>Anchor centres x0, y0, x1, y1, … in pixels of the network's input, in the order of its outputs.</summary>
    public static float[] Create(DetectorRange range) => range switch
    {
        // 16 × 16 cells with 2 predictions, then 8 × 8 cells with 6.
        DetectorRange.Short => [.. Cells(128, 16, 2), .. Cells(128, 8, 6)],
        DetectorRange.Full => [.. Cells(192, 48, 1)],
        _ => throw new ArgumentOutOfRangeException(nameof(range), range, "Unknown detector."),
    };

    private static IEnumerable<float> Cells(int size, int cells, int perCell)
    {
        float step = (float)size / cells;
        for (int row = 0; row < cells; row++)
        {
            for (int column = 0; column < cells; column++)
            {
                for (int i = 0; i < perCell; i++)
                {
                    yield return (column + 0.5f) * step;
                    yield return (row + 0.5f) * step;
                }
            }
        }
    }
}
