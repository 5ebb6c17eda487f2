using System.Globalization;

namespace AuStream.Models.Importing.TfLite;

/// <summary>A TensorFlow Lite model with one subgraph, read from its FlatBuffers file (schema version 3).</summary>
internal sealed record TfLiteModel(
    string File, TfLiteTensor[] Tensors, TfLiteOperator[] Operators, int[] Inputs, int[] Outputs)
{
    private const int CustomCode = 32;
    private const int LargestConstant = 1 << 28;

    private static readonly Dictionary<int, string> BuiltIn = new()
    {
        [0] = "ADD", [2] = "CONCATENATION", [3] = "CONV_2D", [4] = "DEPTHWISE_CONV_2D", [6] = "DEQUANTIZE", [17] = "MAX_POOL_2D",
        [18] = "MUL", [19] = "RELU", [22] = "RESHAPE", [23] = "RESIZE_BILINEAR", [34] = "PAD", [45] = "STRIDED_SLICE", [54] = "PRELU",
    };

    /// <summary>Reads a model.</summary>
    /// <exception cref="ModelImportException">Not a TensorFlow Lite file, damaged, or of an unexpected structure.</exception>
    public static TfLiteModel Read(string file, ReadOnlyMemory<byte> bytes)
    {
        FlatBufferFile buffer = new(file, bytes);
        if (bytes.Length < 16 || !bytes.Span.Slice(4, 4).SequenceEqual("TFL3"u8))
        {
            throw buffer.Damaged("the mark TFL3 is missing");
        }

        FlatBufferTable root = FlatBufferTable.Root(buffer);
        string[] kinds = Array.ConvertAll(root.Tables(1), ReadKind);
        ReadOnlyMemory<byte>[] constants = Array.ConvertAll(root.Tables(4), table => table.Bytes(0));
        FlatBufferTable[] subgraphs = root.Tables(2);
        if (subgraphs.Length != 1)
        {
            throw buffer.Damaged($"it has {subgraphs.Length} subgraphs, one was expected");
        }

        FlatBufferTable graph = subgraphs[0];
        TfLiteTensor[] tensors = Array.ConvertAll(graph.Tables(0), table => new TfLiteTensor(
            table.Text(3), CheckShape(buffer, table), table.Byte(1), At(buffer, constants, table.Int32(2), "buffer")));
        TfLiteOperator[] operators = Array.ConvertAll(graph.Tables(3), table => new TfLiteOperator(
            At(buffer, kinds, table.Int32(0), "operator code"), table.Int32s(1), table.Int32s(2), table.Table(4), table.Bytes(5)));
        TfLiteModel model = new(file, tensors, operators, graph.Int32s(1), graph.Int32s(2));
        model.CheckIndices(buffer);
        return model;
    }

    private static string ReadKind(FlatBufferTable table)
    {
        int code = Math.Max(table.Byte(0), table.Int32(3));
        return code == CustomCode ? table.Text(1)
            : BuiltIn.TryGetValue(code, out string? name) ? name
            : "operation " + code.ToString(CultureInfo.InvariantCulture);
    }

    private static int[] CheckShape(FlatBufferFile file, FlatBufferTable table)
    {
        int[] shape = table.Int32s(0);
        long count = 1;
        foreach (int side in shape)
        {
            count = side is >= 0 and < LargestConstant ? count * side : long.MaxValue;
            if (count > LargestConstant)
            {
                throw file.Damaged($"tensor '{table.Text(3)}' has an impossible shape");
            }
        }

        return shape;
    }

    private static T At<T>(FlatBufferFile file, T[] items, int index, string what) =>
        (uint)index < (uint)items.Length ? items[index] : throw file.Damaged($"there is no {what} number {index}");

    private void CheckIndices(FlatBufferFile file)
    {
        foreach (TfLiteOperator node in Operators)
        {
            foreach (int index in node.Inputs)
            {
                if (index != -1)
                {
                    At(file, Tensors, index, "tensor");
                }
            }

            foreach (int index in node.Outputs)
            {
                At(file, Tensors, index, "tensor");
            }
        }

        foreach (int index in Inputs.Concat(Outputs))
        {
            At(file, Tensors, index, "tensor");
        }
    }
}
