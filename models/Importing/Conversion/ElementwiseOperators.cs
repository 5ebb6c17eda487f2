using AuStream.Models.Importing.Onnx;
using AuStream.Models.Importing.TfLite;

namespace AuStream.Models.Importing.Conversion;

/// <summary>Operations on each element.</summary>
internal static class ElementwiseOperators
{
    /// <summary>
    /// PRELU with one slope per channel, as slope·x + (1 − slope)·max(x, 0), both factors as 1 × 1 depthwise convolutions: ONNX
    /// Runtime's own PRelu kernel makes the landmark network five times slower on a CPU.
    /// </summary>
    public static void ParametricRelu(TfLiteConverter converter, TfLiteOperator node)
    {
        float[] slopes = converter.ConstantOf(node.Inputs[1]);
        int[] shape = converter.ShapeOf(node.Inputs[1]);
        int[] input = converter.ShapeOf(node.Inputs[0]);
        if (input.Length != 4 || shape.Length != 3 || shape[0] != 1 || shape[1] != 1 || slopes.Length != input[3])
        {
            throw converter.Fail("a PRELU has other than one slope per channel");
        }

        string x = converter.NameOf(node.Inputs[0]);
        string positive = converter.Graph.Add("Relu", [x]);
        string whole = ScaleChannels(converter.Graph, x, slopes);
        string rest = ScaleChannels(converter.Graph, positive, Array.ConvertAll(slopes, slope => 1 - slope));
        converter.SetName(node.Outputs[0], converter.Graph.Add("Add", [whole, rest]));
    }

    /// <summary>ADD, MUL: two values of the same rank, or one of them a constant of rank 3 at most.</summary>
    public static void Binary(TfLiteConverter converter, TfLiteOperator node, string operation)
    {
        bool isPicture = converter.ShapeOf(node.Outputs[0]).Length == 4;
        if (isPicture && node.Inputs.Any(input => converter.ShapeOf(input).Length != 4 || converter.IsConstant(input)))
        {
            throw converter.Fail($"a {node.Kind} of a picture with a constant");
        }

        string output = converter.Graph.Add(operation, [converter.NameOf(node.Inputs[0]), converter.NameOf(node.Inputs[1])]);
        converter.SetName(node.Outputs[0], Activate(converter, output, node.Options?.Byte(0) ?? 0));
    }

    /// <summary>The activation that TensorFlow Lite fuses into an operation: 0 none, 1 ReLU.</summary>
    public static string Activate(TfLiteConverter converter, string value, byte activation) => activation switch
    {
        0 => value,
        1 => converter.Graph.Add("Relu", [value]),
        _ => throw converter.Fail($"the fused activation {activation} is not known"),
    };

    private static string ScaleChannels(OnnxGraph graph, string value, float[] factors) => graph.Add(
        "Conv",
        [value, graph.Constant(factors, factors.Length, 1, 1, 1)],
        OnnxAttribute.Integers("kernel_shape", 1, 1),
        OnnxAttribute.Integer("group", factors.Length));
}
