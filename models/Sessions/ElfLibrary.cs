using System.Buffers.Binary;
using System.Text;

namespace AuStream.Models.Sessions;

/// <summary>Reads which libraries a shared library asks the dynamic loader for (ELF, 64 bit, little endian; System V ABI, "Dynamic Section").</summary>
public static class ElfLibrary
{
    private const int HeaderLength = 64;
    private const int SegmentLength = 56;
    private const int DynamicEntryLength = 16;
    private const uint LoadSegment = 1;
    private const uint DynamicSegment = 2;
    private const long Needed = 1;
    private const long StringTable = 5;

    /// <summary>The names, such as <c>libcudart.so.13</c>, in the file's order.</summary>
    /// <exception cref="InvalidDataException">The file is no such library.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static IReadOnlyList<string> NeededLibraries(string path)
    {
        using FileStream file = File.OpenRead(path);
        byte[] header = Read(file, 0, HeaderLength, path);
        if (!header.AsSpan(0, 6).SequenceEqual("\u007fELF\u0002\u0001"u8))
        {
            throw new InvalidDataException($"{path} is no 64-bit little-endian ELF file.");
        }

        long segmentsAt = BinaryPrimitives.ReadInt64LittleEndian(header.AsSpan(32));
        int segmentCount = BinaryPrimitives.ReadUInt16LittleEndian(header.AsSpan(56));
        byte[] segments = Read(file, segmentsAt, segmentCount * SegmentLength, path);
        List<(long Address, long Offset, long Length)> loaded = [];
        (long Offset, long Length) dynamic = (0, 0);
        for (int i = 0; i < segmentCount; i++)
        {
            ReadOnlySpan<byte> segment = segments.AsSpan(i * SegmentLength, SegmentLength);
            uint kind = BinaryPrimitives.ReadUInt32LittleEndian(segment);
            long offset = BinaryPrimitives.ReadInt64LittleEndian(segment[8..]);
            long address = BinaryPrimitives.ReadInt64LittleEndian(segment[16..]);
            long length = BinaryPrimitives.ReadInt64LittleEndian(segment[32..]);
            if (kind == LoadSegment)
            {
                loaded.Add((address, offset, length));
            }
            else if (kind == DynamicSegment)
            {
                dynamic = (offset, length);
            }
        }

        byte[] entries = Read(file, dynamic.Offset, checked((int)dynamic.Length), path);
        List<long> names = [];
        long strings = 0;
        for (int i = 0; i + DynamicEntryLength <= entries.Length; i += DynamicEntryLength)
        {
            long tag = BinaryPrimitives.ReadInt64LittleEndian(entries.AsSpan(i));
            long value = BinaryPrimitives.ReadInt64LittleEndian(entries.AsSpan(i + 8));
            if (tag == Needed)
            {
                names.Add(value);
            }
            else if (tag == StringTable)
            {
                (long Address, long Offset, long Length) home = loaded.FirstOrDefault(part => value >= part.Address && value < part.Address + part.Length);
                strings = value - home.Address + home.Offset;
            }
        }

        return [.. names.Select(name => ReadName(file, strings + name))];
    }

    private static byte[] Read(FileStream file, long offset, int length, string path)
    {
        byte[] bytes = new byte[Math.Clamp(length, 0, 1 << 20)];
        file.Position = Math.Max(0, offset);
        return file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false) == bytes.Length
            ? bytes
            : throw new InvalidDataException($"{path} ends too early: it is damaged.");
    }

    private static string ReadName(FileStream file, long offset)
    {
        byte[] bytes = new byte[256];
        file.Position = offset;
        int read = file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        int end = bytes.AsSpan(0, read).IndexOf((byte)0);
        return Encoding.ASCII.GetString(bytes, 0, end < 0 ? read : end);
    }
}
