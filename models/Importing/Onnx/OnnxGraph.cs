using System.Globalization;
using System.Runtime.InteropServices;

namespace AuStream.Models.Importing.Onnx;

/// <summary>Collects nodes, constants, inputs and outputs, and serialises them as an ONNX model (onnx.proto3; opset 17, IR version 8).</summary>
internal sealed class OnnxGraph(string name)
{
    /// <summary>A dimension whose size is chosen at run time: the batch.</summary>
    public const long Batch = -1;

    private const int FloatType = 1;
    private const int Int64Type = 7;

    private readonly List<Action<ProtobufWriter>> _nodes = [];
    private readonly List<Action<ProtobufWriter>> _constants = [];
    private readonly List<Action<ProtobufWriter>> _inputs = [];
    private readonly List<Action<ProtobufWriter>> _outputs = [];
    private readonly Dictionary<string, string> _metadata = [];
    private int _nextName;

    /// <summary>A value name that is not taken yet.</summary>
    public string NewName(string prefix) => prefix + "_" + (_nextName++).ToString(CultureInfo.InvariantCulture);

    /// <summary>Adds a node with one output and returns the output's name.</summary>
    public string Add(string operation, string[] inputs, params OnnxAttribute[] attributes)
    {
        string output = NewName(operation);
        AddAs(output, operation, inputs, attributes);
        return output;
    }

    /// <summary>Adds a node with one output of the given name.</summary>
    public void AddAs(string output, string operation, string[] inputs, params OnnxAttribute[] attributes) => _nodes.Add(node =>
    {
        foreach (string input in inputs)
        {
            node.Text(1, input);
        }

        node.Text(2, output);
        node.Text(3, output);
        node.Text(4, operation);
        foreach (OnnxAttribute attribute in attributes)
        {
            attribute.Write(node);
        }
    });

    public string Constant(float[] values, params long[] shape) =>
        AddConstant(FloatType, shape, MemoryMarshal.AsBytes(values.AsSpan()).ToArray());

    public string Constant(long[] values) =>
        AddConstant(Int64Type, [values.Length], MemoryMarshal.AsBytes(values.AsSpan()).ToArray());

    public void Input(string inputName, params long[] shape) => _inputs.Add(value => WriteValue(value, inputName, shape));

    public void Output(string outputName, params long[] shape) => _outputs.Add(value => WriteValue(value, outputName, shape));

    public void Metadata(string key, string value) => _metadata[key] = value;

    /// <summary>The model's file. The same graph always gives the same bytes.</summary>
    public byte[] Serialize()
    {
        ProtobufWriter model = new();
        model.Integer(1, 8);
        model.Text(2, "austream");
        model.Message(7, WriteGraph);
        model.Message(8, opset => opset.Integer(2, 17));
        foreach ((string key, string value) in _metadata.OrderBy(entry => entry.Key, StringComparer.Ordinal))
        {
            model.Message(14, entry =>
            {
                entry.Text(1, key);
                entry.Text(2, value);
            });
        }

        return model.Written.ToArray();
    }

    private void WriteGraph(ProtobufWriter graph)
    {
        WriteAll(graph, 1, _nodes);
        graph.Text(2, name);
        WriteAll(graph, 5, _constants);
        WriteAll(graph, 11, _inputs);
        WriteAll(graph, 12, _outputs);
    }

    private static void WriteAll(ProtobufWriter graph, int field, List<Action<ProtobufWriter>> parts)
    {
        foreach (Action<ProtobufWriter> part in parts)
        {
            graph.Message(field, part);
        }
    }

    private static void WriteValue(ProtobufWriter value, string valueName, long[] shape)
    {
        value.Text(1, valueName);
        value.Message(2, type => type.Message(1, tensor =>
        {
            tensor.Integer(1, FloatType);
            tensor.Message(2, dimensions =>
            {
                foreach (long side in shape)
                {
                    dimensions.Message(1, dimension =>
                    {
                        if (side == Batch)
                        {
                            dimension.Text(2, "batch");
                        }
                        else
                        {
                            dimension.Integer(1, side);
                        }
                    });
                }
            });
        }));
    }

    private string AddConstant(int type, long[] shape, byte[] bytes)
    {
        string constant = NewName("constant");
        _constants.Add(tensor =>
        {
            foreach (long side in shape)
            {
                tensor.Integer(1, side);
            }

            tensor.Integer(2, type);
            tensor.Text(8, constant);
            tensor.Bytes(9, bytes);
        });
        return constant;
    }
}
