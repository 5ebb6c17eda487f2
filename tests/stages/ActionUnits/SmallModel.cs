using AuStream.Models.Importing.Onnx;
using AuStream.Models.Manifests;
using AuStream.Models.Sessions;

namespace AuStream.Stages.Tests.ActionUnits;

/// <summary>A network small enough to compute by hand, with its manifest: raw = image · W + landmarks · V.</summary>
internal sealed class SmallModel : IDisposable
{
    public const int Size = 16;
    public const int ActionUnitCount = 3;
    private static readonly int[] MeshPoints = [1, 61, 291];
    private readonly string _folder = Directory.CreateTempSubdirectory("austream-net-").FullName;

    private SmallModel(Action<OnnxGraph> build, bool hasLandmarks = true)
    {
        OnnxGraph graph = new("small");
        build(graph);
        string path = Path.Combine(_folder, "small.onnx");
        File.WriteAllBytes(path, graph.Serialize());
        Session = OnnxSession.Load(path);
        Manifest = Template with { Landmarks = hasLandmarks ? MeshPoints : [] };
    }

    /// <summary>A valid manifest of a network without landmarks.</summary>
    public static ActionUnitModelManifest Template { get; } = new()
    {
        Schema = ActionUnitModelManifestValidator.Schema,
        Id = "small",
        Version = "1",
        Sha256 = new string('0', 64),
        ActionUnits = [1, 12, 43],
        Crop = new CropManifest
        {
            Size = Size,
            AnchorLandmarks = [33, 263, 168],
            AnchorPoints = [4, 6, 12, 6, 8, 5],
            Mean = [127.5f, 127.5f, 127.5f],
            Deviation = [127.5f, 127.5f, 127.5f],
        },
        LandmarkNetwork = "face_landmark",
        Thresholds = [1, 2, 3],
        Licence = "none",
        Origin = "a test",
    };

    public OnnxSession Session { get; }

    public float[] ImageWeights { get; private init; } = [];

    public float[] LandmarkWeights { get; private init; } = [];

    public ActionUnitModelManifest Manifest { get; }

    /// <summary>Raw outputs linear in image and landmarks, with random weights.</summary>
    public static SmallModel Linear(bool hasLandmarks = true)
    {
        Random random = new(17);
        float[] imageWeights = Weights(random, 3 * Size * Size, 0.02f);
        float[] landmarkWeights = Weights(random, 2 * MeshPoints.Length, 2);
        return new SmallModel(
            graph =>
            {
                graph.Input("image", OnnxGraph.Batch, 3, Size, Size);
                string flat = graph.Add("Flatten", ["image"], OnnxAttribute.Integer("axis", 1));
                string sum = graph.Add("MatMul", [flat, graph.Constant(imageWeights, 3 * Size * Size, ActionUnitCount)]);
                if (hasLandmarks)
                {
                    graph.Input("landmarks", OnnxGraph.Batch, 2 * MeshPoints.Length);
                    string product = graph.Add("MatMul", ["landmarks", graph.Constant(landmarkWeights, 2 * MeshPoints.Length, ActionUnitCount)]);
                    sum = graph.Add("Add", [sum, product]);
                }

                graph.AddAs("intensity", "Add", [sum, graph.Constant([1.5f, 2f, 2.5f], 3)]);
                graph.Output("intensity", OnnxGraph.Batch, ActionUnitCount);
            },
            hasLandmarks)
        {
            ImageWeights = imageWeights,
            LandmarkWeights = landmarkWeights,
        };
    }

    /// <summary>Raw output 1 is √(x of the first landmark feature): not a number for a face whose mesh point 1 lies left of the crop's centre.</summary>
    public static SmallModel Root() => new(graph =>
    {
        graph.Input("image", OnnxGraph.Batch, 3, Size, Size);
        graph.Input("landmarks", OnnxGraph.Batch, 2 * MeshPoints.Length);
        float[] first = new float[2 * MeshPoints.Length * ActionUnitCount];
        first[1] = 1;
        string picked = graph.Add("MatMul", ["landmarks", graph.Constant(first, 2 * MeshPoints.Length, ActionUnitCount)]);
        graph.AddAs("intensity", "Sqrt", [picked]);
        graph.Output("intensity", OnnxGraph.Batch, ActionUnitCount);
    });

    /// <summary>A network that breaks the contract in some way.</summary>
    public static SmallModel Foreign(string image, long batch, int size, int landmarks, int actionUnits, string output) => new(graph =>
    {
        graph.Input(image, batch, 3, size, size);
        graph.Input("landmarks", batch, landmarks);
        string flat = graph.Add("Flatten", [image], OnnxAttribute.Integer("axis", 1));
        string left = graph.Add("MatMul", [flat, graph.Constant(new float[3 * size * size * actionUnits], 3 * size * size, actionUnits)]);
        string right = graph.Add("MatMul", ["landmarks", graph.Constant(new float[landmarks * actionUnits], landmarks, actionUnits)]);
        graph.AddAs(output, "Add", [left, right]);
        graph.Output(output, batch, actionUnits);
    });

    public void Dispose()
    {
        Session.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private static float[] Weights(Random random, int inputs, float range) =>
        [.. Enumerable.Range(0, inputs * ActionUnitCount).Select(_ => range * ((2 * random.NextSingle()) - 1))];
}
