using System.Text;

namespace AuStream.Models.Importing.TfLite;

/// <summary>One table of a FlatBuffers file; absent fields read as their default.</summary>
internal readonly struct FlatBufferTable(FlatBufferFile file, int position)
{
    /// <summary>The table that the file begins with.</summary>
    public static FlatBufferTable Root(FlatBufferFile file) => new(file, file.ReadSize(0));

    public byte Byte(int field, byte absent = 0) => Locate(field) is int at ? file.ReadByte(at) : absent;

    public bool Boolean(int field) => Byte(field) != 0;

    public int Int32(int field, int absent = 0) => Locate(field) is int at ? file.ReadInt32(at) : absent;

    public FlatBufferTable? Table(int field) => Target(field) is int at ? new FlatBufferTable(file, at) : null;

    public ReadOnlyMemory<byte> Bytes(int field) =>
        Target(field) is int at ? file.Slice(at + 4, file.ReadSize(at)) : ReadOnlyMemory<byte>.Empty;

    public string Text(int field) => Encoding.UTF8.GetString(Bytes(field).Span);

    public int[] Int32s(int field)
    {
        if (Target(field) is not int at)
        {
            return [];
        }

        int[] values = new int[Count(at)];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = file.ReadInt32(at + 4 + (4 * i));
        }

        return values;
    }

    public FlatBufferTable[] Tables(int field)
    {
        if (Target(field) is not int at)
        {
            return [];
        }

        FlatBufferTable[] tables = new FlatBufferTable[Count(at)];
        for (int i = 0; i < tables.Length; i++)
        {
            int element = at + 4 + (4 * i);
            tables[i] = new FlatBufferTable(file, element + file.ReadSize(element));
        }

        return tables;
    }

    private int Count(int at)
    {
        int count = file.ReadSize(at);
        file.Slice(at + 4, count <= file.Length / 4 ? 4 * count : file.Length);
        return count;
    }

    private int? Target(int field) => Locate(field) is int at ? at + file.ReadSize(at) : null;

    private int? Locate(int field)
    {
        int layout = position - file.ReadInt32(position);
        int entry = 4 + (2 * field);
        if (entry + 2 > file.ReadUInt16(layout))
        {
            return null;
        }

        int offset = file.ReadUInt16(layout + entry);
        return offset == 0 ? null : position + offset;
    }
}
