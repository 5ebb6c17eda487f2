using System.Runtime.InteropServices;

namespace AuStream.Models.Importing.TfLite;

/// <summary>A tensor of the graph; <see cref="Data"/> is empty unless it is a constant.</summary>
internal sealed record TfLiteTensor(string Name, int[] Shape, byte ElementType, ReadOnlyMemory<byte> Data)
{
    public const byte Float32 = 0;
    public const byte Float16 = 1;
    public const byte Int32 = 2;

    public bool IsConstant => !Data.IsEmpty;

    public int Count => Shape.Aggregate(1, (product, side) => checked(product * side));

    /// <summary>The constant's values as float32.</summary>
    public float[] ToSingles(string file)
    {
        float[] values = ElementType switch
        {
            Float32 => MemoryMarshal.Cast<byte, float>(Data.Span).ToArray(),
            Float16 => Array.ConvertAll(MemoryMarshal.Cast<byte, Half>(Data.Span).ToArray(), half => (float)half),
            _ => throw new ModelImportException($"{file}: constant '{Name}' has element type {ElementType}, float32 or float16 was expected."),
        };
        return values.Length == Count
            ? values
            : throw new ModelImportException($"{file}: constant '{Name}' has {values.Length} values, its shape says {Count}.");
    }

    /// <summary>The constant's values as int32.</summary>
    public int[] ToInt32s(string file) => ElementType == Int32 && IsConstant
        ? MemoryMarshal.Cast<byte, int>(Data.Span).ToArray()
        : throw new ModelImportException($"{file}: '{Name}' should be a constant of int32.");
}
