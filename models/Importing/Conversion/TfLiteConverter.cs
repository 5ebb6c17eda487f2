using AuStream.Models.Importing.Onnx;
using AuStream.Models.Importing.TfLite;

namespace AuStream.Models.Importing.Conversion;

/// <summary>
/// Translates a TensorFlow Lite graph node by node. Tensors of rank 4 change from [N, H, W, C] to [N, C, H, W]; all others keep
/// their order. Constants become float32. The batch dimension becomes dynamic.
/// </summary>
internal sealed class TfLiteConverter
{
    private readonly TfLiteModel _model;
    private readonly OnnxGraph _graph;
    private readonly Dictionary<int, string> _names = [];
    private readonly Dictionary<int, float[]> _constants = [];

    private TfLiteConverter(TfLiteModel model, OnnxGraph graph)
    {
        _model = model;
        _graph = graph;
    }

    /// <summary>Converts a model with one picture as input.</summary>
    /// <param name="model">The model.</param>
    /// <param name="graphName">Name of the ONNX graph.</param>
    /// <param name="outputs">Names of the outputs, in the model's order, and their shapes without the batch.</param>
    /// <exception cref="ModelImportException">The model holds an operation, or a use of one, that is not known here.</exception>
    public static OnnxGraph Convert(TfLiteModel model, string graphName, IReadOnlyList<OutputTensor> outputs)
    {
        OnnxGraph graph = new(graphName);
        TfLiteConverter converter = new(model, graph);
        converter.Run(outputs);
        return graph;
    }

    internal TfLiteModel Model => _model;

    internal OnnxGraph Graph => _graph;

    internal int[] ShapeOf(int tensor) => _model.Tensors[tensor].Shape;

    /// <summary>ONNX name of a value, or of a constant that is needed as a value.</summary>
    internal string NameOf(int tensor)
    {
        if (!_names.TryGetValue(tensor, out string? name))
        {
            if (!IsConstant(tensor) || ShapeOf(tensor).Length > 3)
            {
                throw Fail($"tensor '{_model.Tensors[tensor].Name}' is used before it is computed");
            }

            name = _graph.Constant(ConstantOf(tensor), Array.ConvertAll(ShapeOf(tensor), side => (long)side));
            _names[tensor] = name;
        }

        return name;
    }

    internal void SetName(int tensor, string name) => _names[tensor] = name;

    internal bool IsConstant(int tensor) => _constants.ContainsKey(tensor) || _model.Tensors[tensor].IsConstant;

    internal float[] ConstantOf(int tensor) =>
        _constants.TryGetValue(tensor, out float[]? values) ? values
        : IsConstant(tensor) ? _model.Tensors[tensor].ToSingles(_model.File)
        : throw Fail($"tensor '{_model.Tensors[tensor].Name}' should be a constant");

    internal int[] IntegersOf(int tensor) => _model.Tensors[tensor].ToInt32s(_model.File);

    internal ModelImportException Fail(string reason) =>
        new($"{_model.File} cannot be converted: {reason}. This importer knows the MediaPipe packages named in docs/faces.md.");

    private void Run(IReadOnlyList<OutputTensor> outputs)
    {
        if (_model.Inputs.Length != 1 || _model.Outputs.Length != outputs.Count)
        {
            throw Fail($"it has {_model.Inputs.Length} inputs and {_model.Outputs.Length} outputs, 1 and {outputs.Count} were expected");
        }

        int[] input = ShapeOf(_model.Inputs[0]);
        if (input.Length != 4 || input[0] != 1 || input[3] != 3)
        {
            throw Fail("its input is not one RGB picture");
        }

        _graph.Input("image", OnnxGraph.Batch, 3, input[1], input[2]);
        SetName(_model.Inputs[0], "image");
        foreach (TfLiteOperator node in _model.Operators)
        {
            try
            {
                Convert(node);
            }
            catch (Exception exception) when (exception is IndexOutOfRangeException or OverflowException or DivideByZeroException)
            {
                throw Fail($"a {node.Kind} has too few inputs or an impossible shape; the file is damaged or foreign");
            }
        }

        for (int i = 0; i < outputs.Count; i++)
        {
            Emit(_model.Outputs[i], outputs[i]);
        }
    }

    private void Emit(int tensor, OutputTensor output)
    {
        int[] shape = ShapeOf(tensor);
        if (output.Shape.Aggregate(1L, (product, side) => product * side) != _model.Tensors[tensor].Count
            || (shape.Length == 4 && (shape[1] != 1 || shape[2] != 1)))
        {
            throw Fail($"output '{output.Name}' has the shape [{string.Join(", ", shape)}]");
        }

        long[] target = [OnnxGraph.Batch, .. output.Shape];
        _graph.AddAs(output.Name, "Reshape", [NameOf(tensor), _graph.Constant(target)]);
        _graph.Output(output.Name, target);
    }

    private void Convert(TfLiteOperator node)
    {
        switch (node.Kind)
        {
            case "DEQUANTIZE":
                _constants[node.Outputs[0]] = ConstantOf(node.Inputs[0]);
                break;
            case "CONV_2D":
                ConvolutionOperators.Convolution(this, node);
                break;
            case "DEPTHWISE_CONV_2D":
                ConvolutionOperators.Depthwise(this, node);
                break;
            case "MAX_POOL_2D":
                ConvolutionOperators.MaximumPool(this, node);
                break;
            case "PRELU":
                ElementwiseOperators.ParametricRelu(this, node);
                break;
            case "RELU":
                SetName(node.Outputs[0], _graph.Add("Relu", [NameOf(node.Inputs[0])]));
                break;
            case "ADD":
                ElementwiseOperators.Binary(this, node, "Add");
                break;
            case "MUL":
                ElementwiseOperators.Binary(this, node, "Mul");
                break;
            case "PAD":
                ShapeOperators.Pad(this, node);
                break;
            case "RESHAPE":
                ShapeOperators.Reshape(this, node);
                break;
            case "CONCATENATION":
                ShapeOperators.Concatenation(this, node);
                break;
            case "RESIZE_BILINEAR":
                ShapeOperators.ResizeBilinear(this, node);
                break;
            case "STRIDED_SLICE":
                ShapeOperators.WholeSlice(this, node);
                break;
            case "Landmarks2TransformMatrix":
                AttentionOperators.LandmarksToMatrix(this, node);
                break;
            case "TransformTensorBilinear":
                AttentionOperators.CutOut(this, node);
                break;
            case "TransformLandmarks":
                AttentionOperators.CarryBack(this, node);
                break;
            default:
                throw Fail($"the operation '{node.Kind}' is not known");
        }
    }
}
