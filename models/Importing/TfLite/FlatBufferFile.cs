using System.Buffers.Binary;

namespace AuStream.Models.Importing.TfLite;

/// <summary>Bounds-checked little-endian reads from a FlatBuffers file; a foreign or truncated file ends in a clear error.</summary>
internal sealed class FlatBufferFile(string name, ReadOnlyMemory<byte> bytes)
{
    /// <summary>What messages call the file.</summary>
    public string Name { get; } = name;

    public int Length => bytes.Length;

    public byte ReadByte(int position) => Slice(position, 1).Span[0];

    public ushort ReadUInt16(int position) => BinaryPrimitives.ReadUInt16LittleEndian(Slice(position, 2).Span);

    public int ReadInt32(int position) => BinaryPrimitives.ReadInt32LittleEndian(Slice(position, 4).Span);

    /// <summary>A count or an offset: never negative, never beyond the file.</summary>
    public int ReadSize(int position)
    {
        int value = ReadInt32(position);
        return value >= 0 && value <= bytes.Length ? value : throw Damaged($"the size {value} at byte {position} is impossible");
    }

    public ReadOnlyMemory<byte> Slice(int position, int length)
    {
        if (position < 0 || length < 0 || position > bytes.Length - length)
        {
            throw Damaged($"it refers to bytes {position}–{(long)position + length}, the file has {bytes.Length}");
        }

        return bytes.Slice(position, length);
    }

    public ModelImportException Damaged(string reason) =>
        new($"{Name} is not a TensorFlow Lite model, or it is damaged: {reason}. Fetch the package again (austream models import).");
}
