namespace AuStream.Synthesis.Pictures;

/// <summary>Pictures side by side in one.</summary>
public sealed class ContactSheet
{
    private readonly int _columns;
    private readonly int _cellWidth;
    private readonly int _cellHeight;
    private readonly byte[] _rgb;

    /// <param name="columns">Pictures per row.</param>
    /// <param name="rows">Rows of pictures.</param>
    /// <param name="cellWidth">Columns of pixels of each picture.</param>
    /// <param name="cellHeight">Rows of pixels of each picture.</param>
    public ContactSheet(int columns, int rows, int cellWidth, int cellHeight)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(columns, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(rows, 1);
        _columns = columns;
        _cellWidth = cellWidth;
        _cellHeight = cellHeight;
        Width = columns * cellWidth;
        Height = rows * cellHeight;
        _rgb = new byte[Width * Height * 3];
    }

    /// <summary>Columns of pixels.</summary>
    public int Width { get; }

    /// <summary>Rows of pixels.</summary>
    public int Height { get; }

    /// <summary>Puts a picture in place.</summary>
    /// <param name="index">Place, counted along rows from 0.</param>
    /// <param name="rgb">Bytes of the picture, as large as a cell.</param>
    public void Set(int index, ReadOnlySpan<byte> rgb)
    {
        int left = index % _columns * _cellWidth;
        int top = index / _columns * _cellHeight;
        for (int y = 0; y < _cellHeight; y++)
        {
            rgb.Slice(y * _cellWidth * 3, _cellWidth * 3).CopyTo(_rgb.AsSpan((((top + y) * Width) + left) * 3));
        }
    }

    /// <summary>Writes the sheet as PNG.</summary>
    public void Save(string path) => PngWriter.Write(path, _rgb, Width, Height);
}
