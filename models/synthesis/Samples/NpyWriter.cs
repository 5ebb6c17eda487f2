using System.Buffers.Binary;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace AuStream.Synthesis.Samples;

/// <summary>Writes arrays in NumPy's .npy format 1.0 (numpy.lib.format): little-endian, C order, data at a multiple of 64 bytes.</summary>
public static class NpyWriter
{
    /// <summary>Writes one array.</summary>
    /// <param name="path">File; replaced when it exists.</param>
    /// <param name="values">All elements, last dimension fastest: bytes, 32-bit floats or 64-bit integers.</param>
    /// <param name="shape">Dimensions.</param>
    /// <exception cref="ArgumentException">The number of values does not fit the shape, or the element type is not supported.</exception>
    public static void Write<T>(string path, ReadOnlySpan<T> values, params ReadOnlySpan<int> shape)
        where T : unmanaged
    {
        long count = 1;
        foreach (int side in shape)
        {
            count *= side;
        }

        if (count != values.Length)
        {
            throw new ArgumentException($"{values.Length} values for an array of {count}", nameof(values));
        }

        using FileStream file = File.Create(path);
        file.Write(Header(TypeCode<T>(), shape));
        file.Write(MemoryMarshal.AsBytes(values));
    }

    internal static byte[] Header(string typeCode, ReadOnlySpan<int> shape)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{{'descr': '{typeCode}', 'fortran_order': False, 'shape': (");
        foreach (int side in shape)
        {
            text.Append(CultureInfo.InvariantCulture, $"{side},");
        }

        text.Append("), }");
        int length = 10 + text.Length + 1;
        text.Append(' ', (64 - (length % 64)) % 64).Append('\n');
        byte[] header = new byte[10 + text.Length];
        header[0] = 0x93;
        "NUMPY"u8.CopyTo(header.AsSpan(1));
        header[6] = 1;
        header[7] = 0;
        BinaryPrimitives.WriteUInt16LittleEndian(header.AsSpan(8), (ushort)text.Length);
        Encoding.ASCII.GetBytes(text.ToString(), header.AsSpan(10));
        return header;
    }

    private static string TypeCode<T>() => default(T) switch
    {
        byte => "|u1",
        float => "<f4",
        long => "<i8",
        _ => throw new ArgumentException($"Arrays of {typeof(T).Name} are not written."),
    };
}
