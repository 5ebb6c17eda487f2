using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace AuStream.Synthesis.Assets;

/// <summary>One array of NumPy's .npy format, version 1 to 3, little-endian, C order (numpy.lib.format).</summary>
public sealed class NpyArray
{
    private readonly byte[] _data;

    private NpyArray(string name, string elementType, int[] shape, byte[] data)
    {
        Name = name;
        ElementType = elementType;
        Shape = shape;
        _data = data;
    }

    /// <summary>Name inside its archive, for messages.</summary>
    public string Name { get; }

    /// <summary>NumPy's type code without byte order: f2, f4, f8, i4, i8, U16 and so on.</summary>
    public string ElementType { get; }

    /// <summary>Dimensions.</summary>
    public IReadOnlyList<int> Shape { get; }

    /// <summary>Number of elements.</summary>
    public int Count
    {
        get
        {
            int count = 1;
            foreach (int n in Shape)
            {
                count = checked(count * n);
            }

            return count;
        }
    }

    /// <summary>Reads header and data.</summary>
    /// <exception cref="InvalidDataException">Not a .npy, or an element type or order that is not supported.</exception>
    public static NpyArray Read(Stream stream, string name)
    {
        ArgumentNullException.ThrowIfNull(stream);
        Span<byte> prefix = stackalloc byte[8];
        stream.ReadExactly(prefix);
        if (prefix[0] != 0x93 || !prefix[1..6].SequenceEqual("NUMPY"u8))
        {
            throw new InvalidDataException($"array {name} has no .npy header");
        }

        int lengthBytes = prefix[6] == 1 ? 2 : 4;
        Span<byte> lengthField = stackalloc byte[4];
        lengthField.Clear();
        stream.ReadExactly(lengthField[..lengthBytes]);
        int headerLength = BinaryPrimitives.ReadInt32LittleEndian(lengthField);
        if (headerLength is < 1 or > 1 << 20)
        {
            throw new InvalidDataException($"array {name} has a header of {headerLength} bytes");
        }

        byte[] header = new byte[headerLength];
        stream.ReadExactly(header);
        string text = Encoding.ASCII.GetString(header);
        string code = Field(text, "'descr':", name).Trim().Trim('\'');
        if (Field(text, "'fortran_order':", name).Trim() != "False")
        {
            throw new InvalidDataException($"array {name} is stored in Fortran order; save it with numpy.ascontiguousarray");
        }

        int[] shape = ParseShape(text, name);
        if (code.Length < 3 || code[0] is not ('<' or '|'))
        {
            throw new InvalidDataException($"array {name} has element type {code}; little-endian types are read");
        }

        string type = code[1..];
        long size = ElementSize(type, name);
        foreach (int n in shape)
        {
            size = checked(size * n);
        }

        if (size > int.MaxValue)
        {
            throw new InvalidDataException($"array {name} has {size} bytes, more than 2 GB");
        }

        byte[] data = new byte[size];
        stream.ReadExactly(data);
        return new NpyArray(name, type, shape, data);
    }

    /// <summary>Elements as floats, from f2, f4 or f8.</summary>
    public float[] ToSingles()
    {
        var result = new float[Count];
        for (int i = 0; i < result.Length; i++)
        {
            result[i] = ElementType switch
            {
                "f2" => (float)BinaryPrimitives.ReadHalfLittleEndian(_data.AsSpan(i * 2)),
                "f4" => BinaryPrimitives.ReadSingleLittleEndian(_data.AsSpan(i * 4)),
                "f8" => (float)BinaryPrimitives.ReadDoubleLittleEndian(_data.AsSpan(i * 8)),
                _ => throw new InvalidDataException($"array {Name} holds {ElementType}, not floating-point numbers"),
            };
        }

        return result;
    }

    /// <summary>Elements as integers, from i4 or i8.</summary>
    public int[] ToInt32s()
    {
        var result = new int[Count];
        for (int i = 0; i < result.Length; i++)
        {
            result[i] = ElementType switch
            {
                "i4" => BinaryPrimitives.ReadInt32LittleEndian(_data.AsSpan(i * 4)),
                "i8" => checked((int)BinaryPrimitives.ReadInt64LittleEndian(_data.AsSpan(i * 8))),
                _ => throw new InvalidDataException($"array {Name} holds {ElementType}, not integers"),
            };
        }

        return result;
    }

    /// <summary>Elements as bytes, from u1.</summary>
    public ReadOnlyMemory<byte> ToBytes() => ElementType == "u1" ? _data : throw new InvalidDataException($"array {Name} holds {ElementType}, not bytes");

    /// <summary>Elements as strings, from fixed-width Unicode (U) or bytes (S).</summary>
    public string[] ToStrings()
    {
        bool unicode = ElementType[0] == 'U';
        if (!unicode && ElementType[0] != 'S')
        {
            throw new InvalidDataException($"array {Name} holds {ElementType}, not strings");
        }

        int width = (int)ElementSize(ElementType, Name);
        var result = new string[Count];
        for (int i = 0; i < result.Length; i++)
        {
            ReadOnlySpan<byte> bytes = _data.AsSpan(i * width, width);
            result[i] = (unicode ? Encoding.UTF32 : Encoding.UTF8).GetString(bytes).TrimEnd('\0');
        }

        return result;
    }

    private static long ElementSize(string type, string name)
    {
        if (!int.TryParse(type.AsSpan(1), NumberStyles.None, CultureInfo.InvariantCulture, out int digits))
        {
            throw new InvalidDataException($"array {name} has element type {type}");
        }

        return type[0] switch
        {
            'f' or 'i' => digits,
            'u' when digits == 1 => 1,
            'U' => digits * 4L,
            'S' => digits,
            _ => throw new InvalidDataException($"array {name} has element type {type}; f2, f4, f8, i4, i8, u1, U and S are read"),
        };
    }

    private static string Field(string header, string key, string name)
    {
        int at = header.IndexOf(key, StringComparison.Ordinal);
        if (at < 0)
        {
            throw new InvalidDataException($"array {name}: header lacks {key}");
        }

        int from = at + key.Length;
        int to = header.IndexOf(',', from);
        return to < 0 ? header[from..] : header[from..to];
    }

    private static int[] ParseShape(string header, string name)
    {
        int at = header.IndexOf("'shape':", StringComparison.Ordinal);
        int open = at < 0 ? -1 : header.IndexOf('(', at);
        int close = open < 0 ? -1 : header.IndexOf(')', open);
        if (close < 0)
        {
            throw new InvalidDataException($"array {name}: header lacks its shape");
        }

        string[] parts = header[(open + 1)..close].Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var shape = new int[parts.Length];
        for (int i = 0; i < parts.Length; i++)
        {
            if (!int.TryParse(parts[i], NumberStyles.None, CultureInfo.InvariantCulture, out shape[i]))
            {
                throw new InvalidDataException($"array {name}: shape ({string.Join(',', parts)})");
            }
        }

        return shape;
    }
}
