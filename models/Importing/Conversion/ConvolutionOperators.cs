using AuStream.Models.Importing.Onnx;
using AuStream.Models.Importing.TfLite;

namespace AuStream.Models.Importing.Conversion;

/// <summary>Operations with a sliding window.</summary>
internal static class ConvolutionOperators
{
    /// <summary>CONV_2D: weights [out, kh, kw, in] become [out, in, kh, kw].</summary>
    public static void Convolution(TfLiteConverter converter, TfLiteOperator node)
    {
        FlatBufferTable options = OptionsOf(converter, node);
        int[] shape = converter.ShapeOf(node.Inputs[1]);
        (int outputs, int height, int width, int inputs) = (shape[0], shape[1], shape[2], shape[3]);
        float[] source = converter.ConstantOf(node.Inputs[1]);
        float[] weights = new float[source.Length];
        for (int o = 0; o < outputs; o++)
        {
            for (int position = 0; position < height * width; position++)
            {
                for (int i = 0; i < inputs; i++)
                {
                    weights[(((o * inputs) + i) * height * width) + position] = source[(((o * height * width) + position) * inputs) + i];
                }
            }
        }

        if (options.Int32(4, 1) != 1 || options.Int32(5, 1) != 1)
        {
            throw converter.Fail("a convolution is dilated");
        }

        string name = converter.Graph.Constant(weights, outputs, inputs, height, width);
        Emit(converter, node, name, 1, height, width, options.Byte(0), options.Int32(2, 1), options.Int32(1, 1), options.Byte(3));
    }

    /// <summary>DEPTHWISE_CONV_2D: weights [1, kh, kw, C] become [C, 1, kh, kw] of a convolution in C groups.</summary>
    public static void Depthwise(TfLiteConverter converter, TfLiteOperator node)
    {
        FlatBufferTable options = OptionsOf(converter, node);
        int[] shape = converter.ShapeOf(node.Inputs[1]);
        (int height, int width, int channels) = (shape[1], shape[2], shape[3]);
        float[] source = converter.ConstantOf(node.Inputs[1]);
        float[] weights = new float[source.Length];
        for (int position = 0; position < height * width; position++)
        {
            for (int channel = 0; channel < channels; channel++)
            {
                weights[(channel * height * width) + position] = source[(position * channels) + channel];
            }
        }

        if (options.Int32(3) != 1 || options.Int32(5, 1) != 1 || options.Int32(6, 1) != 1)
        {
            throw converter.Fail("a depthwise convolution is dilated or multiplies its channels");
        }

        string name = converter.Graph.Constant(weights, channels, 1, height, width);
        Emit(converter, node, name, channels, height, width, options.Byte(0), options.Int32(2, 1), options.Int32(1, 1), options.Byte(4));
    }

    /// <summary>MAX_POOL_2D.</summary>
    public static void MaximumPool(TfLiteConverter converter, TfLiteOperator node)
    {
        FlatBufferTable options = OptionsOf(converter, node);
        (int height, int width) = (options.Int32(4, 1), options.Int32(3, 1));
        (int strideY, int strideX) = (options.Int32(2, 1), options.Int32(1, 1));
        string output = converter.Graph.Add(
            "MaxPool",
            [converter.NameOf(node.Inputs[0])],
            OnnxAttribute.Integers("kernel_shape", height, width),
            OnnxAttribute.Integers("strides", strideY, strideX),
            OnnxAttribute.Integers("pads", Padding(converter, node, options.Byte(0), height, width, strideY, strideX)));
        converter.SetName(node.Outputs[0], ElementwiseOperators.Activate(converter, output, options.Byte(5)));
    }

    private static FlatBufferTable OptionsOf(TfLiteConverter converter, TfLiteOperator node) =>
        node.Options ?? throw converter.Fail($"a {node.Kind} has no options");

    private static void Emit(
        TfLiteConverter converter, TfLiteOperator node, string weights, int groups, int height, int width, byte padding, int strideY, int strideX, byte activation)
    {
        float[] bias = converter.ConstantOf(node.Inputs[2]);
        string output = converter.Graph.Add(
            "Conv",
            [converter.NameOf(node.Inputs[0]), weights, converter.Graph.Constant(bias, bias.Length)],
            OnnxAttribute.Integers("kernel_shape", height, width),
            OnnxAttribute.Integers("strides", strideY, strideX),
            OnnxAttribute.Integers("pads", Padding(converter, node, padding, height, width, strideY, strideX)),
            OnnxAttribute.Integer("group", groups));
        converter.SetName(node.Outputs[0], ElementwiseOperators.Activate(converter, output, activation));
    }

    /// <summary>TensorFlow's SAME padding puts the odd pixel at the end; ONNX wants [top, left, bottom, right].</summary>
    private static long[] Padding(
        TfLiteConverter converter, TfLiteOperator node, byte padding, int height, int width, int strideY, int strideX)
    {
        if (padding != 0)
        {
            return [0, 0, 0, 0];
        }

        int[] input = converter.ShapeOf(node.Inputs[0]);
        int vertical = Total(input[1], height, strideY);
        int horizontal = Total(input[2], width, strideX);
        return [vertical / 2, horizontal / 2, vertical - (vertical / 2), horizontal - (horizontal / 2)];
    }

    private static int Total(int size, int kernel, int stride) =>
        Math.Max((((size + stride - 1) / stride) - 1) * stride + kernel - size, 0);
}
