using System.Text;

namespace AuStream.Models.Importing.Onnx;

/// <summary>A node's attribute: a whole number, whole numbers, a number, or a text.</summary>
internal sealed class OnnxAttribute
{
    private readonly Action<ProtobufWriter> _write;

    private OnnxAttribute(string name, int type, Action<ProtobufWriter> writeValue)
    {
        _write = message =>
        {
            message.Text(1, name);
            writeValue(message);
            message.Integer(20, type);
        };
    }

    public static OnnxAttribute Integer(string name, long value) => new(name, 2, message => message.Integer(3, value));

    public static OnnxAttribute Single(string name, float value) => new(name, 1, message => message.Single(2, value));

    public static OnnxAttribute Text(string name, string value) => new(name, 3, message => message.Bytes(4, Encoding.UTF8.GetBytes(value)));

    public static OnnxAttribute Integers(string name, params long[] values) => new(name, 7, message =>
    {
        foreach (long value in values)
        {
            message.Integer(8, value);
        }
    });

    public void Write(ProtobufWriter node) => node.Message(5, _write);
}
