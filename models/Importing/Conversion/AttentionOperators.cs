using AuStream.Models.Importing.Onnx;
using AuStream.Models.Importing.TfLite;

namespace AuStream.Models.Importing.Conversion;

/// <summary>
/// The custom operations of the attention mesh (Grishchenko et al. 2020) in standard ONNX: a region around the lips or an eye is
/// fitted to the first landmarks, cut out of a feature map, and what is found in it is carried back.
/// </summary>
internal static class AttentionOperators
{
    /// <summary>
    /// Landmarks [N, points, 3] to a matrix [N, 4, 4] from the cut-out's pixels to the landmarks' plane:
    /// T(centre) · R(angle) · S(scale · size / output) · T(−output / 2), where centre and size are of the box around a subset of the
    /// points, taken in the direction of two of them.
    /// </summary>
    public static void LandmarksToMatrix(TfLiteConverter converter, TfLiteOperator node)
    {
        OnnxGraph graph = converter.Graph;
        FlexBufferMap options = FlexBufferMap.Read(converter.Model.File, node.CustomOptions);
        string landmarks = converter.NameOf(node.Inputs[0]);
        (double width, double height) = (options.Number("output_width"), options.Number("output_height"));

        (string leftX, string leftY) = Points(graph, landmarks, options.Integers("left_rotation_idx"));
        (string rightX, string rightY) = Points(graph, landmarks, options.Integers("right_rotation_idx"));
        (string alongX, string alongY) = (graph.Add("Sub", [rightX, leftX]), graph.Add("Sub", [rightY, leftY]));
        string length = graph.Add("Max", [graph.Add("Sqrt", [Sum(graph, Product(graph, alongX, alongX), Product(graph, alongY, alongY))]), Number(graph, 1e-6)]);
        (string cosine, string sine) = (graph.Add("Div", [alongX, length]), graph.Add("Div", [alongY, length]));

        (string x, string y) = Points(graph, landmarks, options.Integers("subset_idxs"));
        string turnedX = Sum(graph, Product(graph, x, cosine), Product(graph, y, sine));
        string turnedY = graph.Add("Sub", [Product(graph, y, cosine), Product(graph, x, sine)]);
        (string middleX, string sizeX) = Extent(graph, turnedX);
        (string middleY, string sizeY) = Extent(graph, turnedY);
        string centerX = graph.Add("Sub", [Product(graph, middleX, cosine), Product(graph, middleY, sine)]);
        string centerY = Sum(graph, Product(graph, middleX, sine), Product(graph, middleY, cosine));
        string scaleX = Product(graph, sizeX, Number(graph, options.Number("scale_x") / width));
        string scaleY = Product(graph, sizeY, Number(graph, options.Number("scale_y") / height));

        string xx = Product(graph, cosine, scaleX);
        string xy = graph.Add("Neg", [Product(graph, sine, scaleY)]);
        string yx = Product(graph, sine, scaleX);
        string yy = Product(graph, cosine, scaleY);
        (string halfWidth, string halfHeight) = (Number(graph, width / 2), Number(graph, height / 2));
        string offsetX = graph.Add("Sub", [centerX, Sum(graph, Product(graph, xx, halfWidth), Product(graph, xy, halfHeight))]);
        string offsetY = graph.Add("Sub", [centerY, Sum(graph, Product(graph, yx, halfWidth), Product(graph, yy, halfHeight))]);
        string zero = graph.Add("Sub", [cosine, cosine]);
        string one = Sum(graph, zero, Number(graph, 1));
        string rows = graph.Add(
            "Concat",
            [xx, xy, zero, offsetX, yx, yy, zero, offsetY, zero, zero, one, zero, zero, zero, zero, one],
            OnnxAttribute.Integer("axis", 2));
        converter.SetName(node.Outputs[0], graph.Add("Reshape", [rows, graph.Constant([OnnxGraph.Batch, 4, 4])]));
    }

    /// <summary>Cuts a feature map's part out through the matrix, bilinear, zero outside; pixel centres lie at one half.</summary>
    public static void CutOut(TfLiteConverter converter, TfLiteOperator node)
    {
        OnnxGraph graph = converter.Graph;
        int[] input = converter.ShapeOf(node.Inputs[0]);
        int[] output = converter.ShapeOf(node.Outputs[0]);
        (int height, int width) = (output[1], output[2]);
        float[] centres = new float[3 * height * width];
        for (int i = 0; i < height * width; i++)
        {
            centres[i] = (i % width) + 0.5f;
            centres[(height * width) + i] = (i / width) + 0.5f;
            centres[(2 * height * width) + i] = 1;
        }

        string rows = graph.Add("Gather", [converter.NameOf(node.Inputs[1]), graph.Constant([0L, 1])], OnnxAttribute.Integer("axis", 1));
        string affine = graph.Add("Gather", [rows, graph.Constant([0L, 1, 3])], OnnxAttribute.Integer("axis", 2));
        string places = graph.Add("MatMul", [affine, graph.Constant(centres, 3, height * width)]);
        // GridSample with aligned corners: −1 and 1 are the centres of the first and the last pixel.
        (float scaleX, float scaleY) = (2f / (input[2] - 1), 2f / (input[1] - 1));
        string scaled = Product(graph, places, graph.Constant([scaleX, scaleY], 2, 1));
        string normalised = graph.Add("Sub", [scaled, graph.Constant([1 + (scaleX / 2), 1 + (scaleY / 2)], 2, 1)]);
        string turned = graph.Add("Transpose", [normalised], OnnxAttribute.Integers("perm", 0, 2, 1));
        string grid = graph.Add("Reshape", [turned, graph.Constant([OnnxGraph.Batch, height, width, 2])]);
        converter.SetName(node.Outputs[0], graph.Add(
            "GridSample",
            [converter.NameOf(node.Inputs[0]), grid],
            OnnxAttribute.Text("mode", "bilinear"),
            OnnxAttribute.Text("padding_mode", "zeros"),
            OnnxAttribute.Integer("align_corners", 1)));
    }

    /// <summary>Points [N, points, 2] through the matrix.</summary>
    public static void CarryBack(TfLiteConverter converter, TfLiteOperator node)
    {
        OnnxGraph graph = converter.Graph;
        string rows = graph.Add("Gather", [converter.NameOf(node.Inputs[1]), graph.Constant([0L, 1])], OnnxAttribute.Integer("axis", 1));
        string linear = graph.Add("Gather", [rows, graph.Constant([0L, 1])], OnnxAttribute.Integer("axis", 2));
        string offset = graph.Add("Gather", [rows, graph.Constant([3L])], OnnxAttribute.Integer("axis", 2));
        string turned = graph.Add("MatMul", [converter.NameOf(node.Inputs[0]), Transpose(graph, linear)]);
        converter.SetName(node.Outputs[0], Sum(graph, turned, Transpose(graph, offset)));
    }

    private static (string X, string Y) Points(OnnxGraph graph, string landmarks, int[] indices)
    {
        string points = graph.Add("Gather", [landmarks, graph.Constant(Array.ConvertAll(indices, index => (long)index))], OnnxAttribute.Integer("axis", 1));
        return (
            graph.Add("Gather", [points, graph.Constant([0L])], OnnxAttribute.Integer("axis", 2)),
            graph.Add("Gather", [points, graph.Constant([1L])], OnnxAttribute.Integer("axis", 2)));
    }

    private static (string Middle, string Size) Extent(OnnxGraph graph, string values)
    {
        string low = graph.Add("ReduceMin", [values], OnnxAttribute.Integers("axes", 1));
        string high = graph.Add("ReduceMax", [values], OnnxAttribute.Integers("axes", 1));
        return (Product(graph, Sum(graph, low, high), Number(graph, 0.5)), graph.Add("Sub", [high, low]));
    }

    private static string Transpose(OnnxGraph graph, string matrices) => graph.Add("Transpose", [matrices], OnnxAttribute.Integers("perm", 0, 2, 1));

    private static string Sum(OnnxGraph graph, string a, string b) => graph.Add("Add", [a, b]);

    private static string Product(OnnxGraph graph, string a, string b) => graph.Add("Mul", [a, b]);

    private static string Number(OnnxGraph graph, double value) => graph.Constant([(float)value], 1);
}
