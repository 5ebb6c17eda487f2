using AuStream.Models.Importing.Onnx;
using AuStream.Models.Importing.TfLite;

namespace AuStream.Models.Importing.Conversion;

/// <summary>Operations that move or add elements.</summary>
internal static class ShapeOperators
{
    /// <summary>PAD with zeros of a picture: pairs per axis in the order N, H, W, C become all begins, then all ends, of N, C, H, W.</summary>
    public static void Pad(TfLiteConverter converter, TfLiteOperator node)
    {
        int[] pairs = converter.IntegersOf(node.Inputs[1]);
        if (pairs.Length != 8)
        {
            throw converter.Fail("a PAD is not of a picture");
        }

        long[] pads = [pairs[0], pairs[6], pairs[2], pairs[4], pairs[1], pairs[7], pairs[3], pairs[5]];
        converter.SetName(node.Outputs[0], converter.Graph.Add(
            "Pad", [converter.NameOf(node.Inputs[0]), converter.Graph.Constant(pads)], OnnxAttribute.Text("mode", "constant")));
    }

    /// <summary>RESHAPE: a picture is put back into the order N, H, W, C first, unless it is a single pixel.</summary>
    public static void Reshape(TfLiteConverter converter, TfLiteOperator node)
    {
        int[] from = converter.ShapeOf(node.Inputs[0]);
        int[] to = converter.ShapeOf(node.Outputs[0]);
        string value = converter.NameOf(node.Inputs[0]);
        if (from.Length == 4 && from[1] * from[2] > 1)
        {
            value = converter.Graph.Add("Transpose", [value], OnnxAttribute.Integers("perm", 0, 2, 3, 1));
        }

        long[] target;
        if (to.Length != 4)
        {
            target = [OnnxGraph.Batch, .. WithoutBatch(converter, from, to)];
        }
        else if (to[1] == 1 && to[2] == 1)
        {
            target = [OnnxGraph.Batch, to[3], 1, 1];
        }
        else
        {
            throw converter.Fail("a RESHAPE makes a picture");
        }

        converter.SetName(node.Outputs[0], converter.Graph.Add("Reshape", [value, converter.Graph.Constant(target)]));
    }

    /// <summary>CONCATENATION of values that are not pictures.</summary>
    public static void Concatenation(TfLiteConverter converter, TfLiteOperator node)
    {
        int rank = converter.ShapeOf(node.Outputs[0]).Length;
        int axis = node.Options?.Int32(0) ?? 0;
        axis = axis < 0 ? axis + rank : axis;
        if (rank == 4 || axis == 0)
        {
            throw converter.Fail("a CONCATENATION of pictures or batches");
        }

        string output = converter.Graph.Add("Concat", Array.ConvertAll(node.Inputs, converter.NameOf), OnnxAttribute.Integer("axis", axis));
        converter.SetName(node.Outputs[0], ElementwiseOperators.Activate(converter, output, node.Options?.Byte(1) ?? 0));
    }

    /// <summary>RESIZE_BILINEAR by a constant factor.</summary>
    public static void ResizeBilinear(TfLiteConverter converter, TfLiteOperator node)
    {
        int[] from = converter.ShapeOf(node.Inputs[0]);
        int[] to = converter.ShapeOf(node.Outputs[0]);
        bool alignsCorners = node.Options?.Boolean(2) ?? false;
        bool usesHalfPixels = node.Options?.Boolean(3) ?? false;
        string scales = converter.Graph.Constant([1, 1, (float)to[1] / from[1], (float)to[2] / from[2]], 4);
        converter.SetName(node.Outputs[0], converter.Graph.Add(
            "Resize",
            [converter.NameOf(node.Inputs[0]), string.Empty, scales],
            OnnxAttribute.Text("mode", "linear"),
            OnnxAttribute.Text(
                "coordinate_transformation_mode", usesHalfPixels ? "half_pixel" : alignsCorners ? "align_corners" : "asymmetric")));
    }

    /// <summary>STRIDED_SLICE that takes everything, which is the only one these models have.</summary>
    public static void WholeSlice(TfLiteConverter converter, TfLiteOperator node)
    {
        int[] begin = converter.IntegersOf(node.Inputs[1]);
        int[] strides = converter.IntegersOf(node.Inputs[3]);
        int[] from = converter.ShapeOf(node.Inputs[0]);
        if (!from.SequenceEqual(converter.ShapeOf(node.Outputs[0])) || begin.Any(first => first != 0) || strides.Any(stride => stride != 1))
        {
            throw converter.Fail("a STRIDED_SLICE leaves something out");
        }

        converter.SetName(node.Outputs[0], converter.NameOf(node.Inputs[0]));
    }

    private static IEnumerable<long> WithoutBatch(TfLiteConverter converter, int[] from, int[] to)
    {
        if (from[0] == 1 && to[0] == 1)
        {
            return to.Skip(1).Select(side => (long)side);
        }

        throw converter.Fail("a RESHAPE changes the batch");
    }
}
