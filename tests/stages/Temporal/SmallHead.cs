using AuStream.Models.Importing.Onnx;
using AuStream.Models.Manifests;
using AuStream.Models.Sessions;
using AuStream.Stages.Tests.ActionUnits;
using AuStream.Stages.Tests.Calibrating;

namespace AuStream.Stages.Tests.Temporal;

/// <summary>
/// A temporal head that can be computed by hand: a leaky integrator next = state · e^(−elapsed) + raw, and a count of steps; fused = next /
/// 10 + has_reference · reference[0] + √features[1], which is not a number where that feature is negative.
/// </summary>
internal sealed class SmallHead : IDisposable
{
    private const int Units = SmallModel.ActionUnitCount;
    private const int Features = TrackFrames.FeatureCount;
    private readonly string _folder = Directory.CreateTempSubdirectory("austream-head-").FullName;

    private SmallHead(Action<OnnxGraph> build, bool usesReference)
    {
        OnnxGraph graph = new("head");
        build(graph);
        string path = Path.Combine(_folder, "small.temporal.onnx");
        File.WriteAllBytes(path, graph.Serialize());
        Session = OnnxSession.Load(path);
        Manifest = SmallModel.Template with
        {
            Temporal = new TemporalManifest
            {
                File = "small.temporal.onnx",
                Layers = 1,
                Units = Units,
                Features = Features,
                UsesReference = usesReference,
                Thresholds = [0.5f, 0.5f, 0.5f],
                GapSeconds = 1,
            },
        };
    }

    public OnnxSession Session { get; }

    public ActionUnitModelManifest Manifest { get; }

    public static SmallHead LeakyIntegrator(bool usesReference = true) => new(graph => Build(graph, usesReference, "next_state", 2 * Units), usesReference);

    /// <summary>A head that breaks the contract by its output's name or by the length of its state.</summary>
    public static SmallHead Foreign(string nextState, int stateLength) => new(graph => Build(graph, true, nextState, stateLength), true);

    public void Dispose()
    {
        Session.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private static void Build(OnnxGraph graph, bool usesReference, string nextState, int stateLength)
    {
        graph.Input("features", OnnxGraph.Batch, Features);
        graph.Input("intensity", OnnxGraph.Batch, Units);
        graph.Input("elapsed", OnnxGraph.Batch, 1);
        if (usesReference)
        {
            graph.Input("reference", OnnxGraph.Batch, Features);
            graph.Input("has_reference", OnnxGraph.Batch, 1);
        }

        graph.Input("state", OnnxGraph.Batch, stateLength);
        string decay = graph.Add("Exp", [graph.Add("Neg", ["elapsed"])]);
        string first = graph.Add("MatMul", ["state", Selection(graph, stateLength, Units, 0)]);
        string second = graph.Add("MatMul", ["state", Selection(graph, stateLength, Units, Units)]);
        string integral = graph.Add("Add", [graph.Add("Mul", [first, decay]), "intensity"]);
        string steps = graph.Add("Add", [second, graph.Constant([1f], 1)]);
        string fused = graph.Add("Mul", [integral, graph.Constant([0.1f], 1)]);
        if (usesReference)
        {
            string reference = graph.Add("MatMul", ["reference", graph.Constant([1, 1, 1, 0, 0, 0], Features, Units)]);
            fused = graph.Add("Add", [fused, graph.Add("Mul", [reference, "has_reference"])]);
        }

        string root = graph.Add("Sqrt", [graph.Add("MatMul", ["features", graph.Constant([0, 0, 0, 1, 1, 1], Features, Units)])]);
        graph.AddAs("fused_intensity", "Add", [fused, root]);
        graph.AddAs("temporal_intensity", "Identity", [steps]);
        string spread = graph.Add("MatMul", [integral, Transposed(graph, stateLength, 0)]);
        graph.AddAs(nextState, "Add", [spread, graph.Add("MatMul", [steps, Transposed(graph, stateLength, Units)])]);
        graph.Output("fused_intensity", OnnxGraph.Batch, Units);
        graph.Output("temporal_intensity", OnnxGraph.Batch, Units);
        graph.Output(nextState, OnnxGraph.Batch, stateLength);
    }

    private static string Selection(OnnxGraph graph, int rows, int columns, int offset)
    {
        float[] values = new float[rows * columns];
        for (int i = 0; i < columns; i++)
        {
            values[((offset + i) * columns) + i] = 1;
        }

        return graph.Constant(values, rows, columns);
    }

    private static string Transposed(OnnxGraph graph, int columns, int offset)
    {
        float[] values = new float[Units * columns];
        for (int i = 0; i < Units; i++)
        {
            values[(i * columns) + offset + i] = 1;
        }

        return graph.Constant(values, Units, columns);
    }
}
