using System.Buffers.Binary;
using System.Text;

namespace AuStream.Models.Importing.TfLite;

/// <summary>Options of a custom operation: a FlexBuffers map from names to whole numbers, numbers, or lists of whole numbers.</summary>
internal sealed class FlexBufferMap
{
    private readonly Dictionary<string, double[]> _values = new(StringComparer.Ordinal);
    private readonly FlatBufferFile _file;

    private FlexBufferMap(FlatBufferFile file)
    {
        _file = file;
    }

    /// <summary>Reads the map that is the root of the bytes.</summary>
    /// <exception cref="ModelImportException">The bytes are something else.</exception>
    public static FlexBufferMap Read(string name, ReadOnlyMemory<byte> bytes)
    {
        FlatBufferFile file = new(name, bytes);
        FlexBufferMap map = new(file);
        int rootWidth = file.ReadByte(bytes.Length - 1);
        int packed = file.ReadByte(bytes.Length - 2);
        if (packed >> 2 != 9)
        {
            throw file.Damaged("the options of a custom operation are no map");
        }

        int at = bytes.Length - 2 - rootWidth;
        map.ReadMap(at - map.Offset(at, rootWidth), 1 << (packed & 3));
        return map;
    }

    public double Number(string key) => Numbers(key)[0];

    public int[] Integers(string key) => Array.ConvertAll(Numbers(key), value => (int)value);

    private double[] Numbers(string key) => _values.TryGetValue(key, out double[]? values) && values.Length > 0
        ? values
        : throw _file.Damaged($"a custom operation has no option '{key}'");

    private void ReadMap(int start, int width)
    {
        int count = Offset(start - width, width);
        int keysAt = start - (3 * width);
        int keys = keysAt - Offset(keysAt, width);
        int keysWidth = Offset(start - (2 * width), width);
        for (int i = 0; i < count; i++)
        {
            int entry = keys + (i * keysWidth);
            string key = ReadKey(entry - Offset(entry, keysWidth));
            byte packed = _file.ReadByte(start + (count * width) + i);
            _values[key] = ReadValue(start + (i * width), width, packed >> 2, 1 << (packed & 3));
        }
    }

    private double[] ReadValue(int at, int width, int type, int childWidth)
    {
        switch (type)
        {
            case 1: // whole number
            case 2:
                return [Integer(at, width)];
            case 3:
                return [Real(at, width)];
            case 6: // whole number stored elsewhere
            case 7:
                return [Integer(at - Offset(at, width), childWidth)];
            case 8:
                return [Real(at - Offset(at, width), childWidth)];
            case 11: // list of whole numbers
            case 12:
                int start = at - Offset(at, width);
                double[] values = new double[_file.Slice(start, Offset(start - childWidth, childWidth)).Length];
                for (int i = 0; i < values.Length; i++)
                {
                    values[i] = Integer(start + (i * childWidth), childWidth);
                }

                return values;
            case 10: // list whose elements carry their own types
                int list = at - Offset(at, width);
                int count = Offset(list - childWidth, childWidth);
                return [.. Enumerable.Range(0, count).SelectMany(i =>
                {
                    byte packed = _file.ReadByte(list + (count * childWidth) + i);
                    int itemType = packed >> 2;
                    return itemType <= 8 ? ReadValue(list + (i * childWidth), childWidth, itemType, 1 << (packed & 3)) : throw Unknown(itemType);
                })];
            default:
                throw Unknown(type);
        }
    }

    private string ReadKey(int at)
    {
        int end = at;
        while (_file.ReadByte(end) != 0)
        {
            end++;
        }

        return Encoding.UTF8.GetString(_file.Slice(at, end - at).Span);
    }

    /// <summary>A count or a distance: never beyond the buffer.</summary>
    private int Offset(int at, int width)
    {
        long value = Integer(at, width);
        return value >= 0 && value <= _file.Length ? (int)value : throw _file.Damaged("an option of a custom operation points beyond its end");
    }

    private long Integer(int at, int width)
    {
        ReadOnlySpan<byte> bytes = _file.Slice(at, width).Span;
        return width switch
        {
            1 => bytes[0],
            2 => BinaryPrimitives.ReadUInt16LittleEndian(bytes),
            4 => BinaryPrimitives.ReadUInt32LittleEndian(bytes),
            8 => BinaryPrimitives.ReadInt64LittleEndian(bytes),
            _ => throw _file.Damaged($"an option of a custom operation is {width} bytes wide"),
        };
    }

    private double Real(int at, int width) => width switch
    {
        4 => BinaryPrimitives.ReadSingleLittleEndian(_file.Slice(at, 4).Span),
        8 => BinaryPrimitives.ReadDoubleLittleEndian(_file.Slice(at, 8).Span),
        _ => throw _file.Damaged($"a number among the options of a custom operation is {width} bytes wide"),
    };

    private ModelImportException Unknown(int type) => _file.Damaged($"an option of a custom operation has the type {type}");
}
