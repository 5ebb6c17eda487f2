using AuStream.Stages.Faces;

namespace AuStream.Stages.Detection;

/// <summary>A square part of the picture that one pass of the detector sees; it may reach beyond the picture (black there).</summary>
internal readonly record struct DetectionTile(float X, float Y, float Side)
{
    /// <summary>
    /// True when the box ends at a side of the tile behind which the picture goes on: the face is cut, and another tile, or the
    /// pass over the whole picture, sees all of it.
    /// </summary>
    public bool Cuts(in PixelBox box, int frameWidth, int frameHeight)
    {
        float margin = 0.02f * Side;
        return (X > 0 && box.X < X + margin)
            || (Y > 0 && box.Y < Y + margin)
            || (X + Side < frameWidth && box.X + box.Width > X + Side - margin)
            || (Y + Side < frameHeight && box.Y + box.Height > Y + Side - margin);
    }

    /// <summary>Fills the list with the whole picture first, then with the tiles that the mode asks for.</summary>
    public static void Plan(int width, int height, TilingMode tiling, int smallestTile, List<DetectionTile> tiles)
    {
        tiles.Clear();
        int longer = Math.Max(width, height);
        tiles.Add(new DetectionTile((width - longer) / 2f, (height - longer) / 2f, longer));
        if (tiling == TilingMode.Off || longer < 1.5 * smallestTile)
        {
            return;
        }

        float side = Math.Max(smallestTile, longer / 3f);
        int columns = CountAlong(width, side);
        int rows = CountAlong(height, side);
        for (int row = 0; row < rows; row++)
        {
            for (int column = 0; column < columns; column++)
            {
                tiles.Add(new DetectionTile(Start(width, side, column, columns), Start(height, side, row, rows), side));
            }
        }
    }

    /// <summary>
    /// The picture small in the middle of a black square twice as wide. The detector looks for whole heads with something around them; of a portrait that
    /// ends at the forehead and the ears it finds nothing otherwise.
    /// </summary>
    public static DetectionTile Around(int width, int height)
    {
        int longer = Math.Max(width, height);
        return new DetectionTile((width / 2f) - longer, (height / 2f) - longer, 2 * longer);
    }

    /// <summary>Neighbouring tiles share at least a quarter of their side, so that a face of that size is whole in one of them.</summary>
    private static int CountAlong(int length, float side) =>
        length <= side ? 1 : 1 + (int)MathF.Ceiling((length - side) / (0.75f * side));

    private static float Start(int length, float side, int index, int count) =>
        count == 1 ? (length - side) / 2 : (length - side) * index / (count - 1);
}
