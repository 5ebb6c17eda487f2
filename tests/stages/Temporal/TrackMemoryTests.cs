using AuStream.Models.Importing.Onnx;
using AuStream.Models.Manifests;
using AuStream.Models.Sessions;
using AuStream.Stages.ActionUnits;
using AuStream.Stages.Calibrating;
using AuStream.Stages.Events;
using AuStream.Stages.Faces;
using AuStream.Stages.Frames;
using AuStream.Stages.Publishing;
using AuStream.Stages.Temporal;
using AuStream.Stages.Tests.ActionUnits;

namespace AuStream.Stages.Tests.Temporal;

public sealed class TrackMemoryTests : IDisposable
{
    private const int Tracks = 1000;
    private const int Features = 1024;
    private const int ActionUnitCount = 21;
    private const int StateLength = 2 * 3 * 256;
    private readonly string _folder = Directory.CreateTempSubdirectory("austream-memory-").FullName;
    private readonly FramePool _frames = new();
    private readonly FrameFacesPool _faces = new();

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_thousand_tracks_of_the_largest_features_take_less_than_64_megabytes()
    {
        ActionUnitModelManifest manifest = SmallModel.Template with
        {
            ActionUnits = [.. Enumerable.Range(1, ActionUnitCount)],
            Thresholds = [.. Enumerable.Repeat(1f, ActionUnitCount)],
            Temporal = new TemporalManifest
            {
                File = "m.temporal.onnx",
                Layers = 3,
                Units = 256,
                Features = Features,
                UsesReference = true,
                Thresholds = [.. Enumerable.Repeat(1f, ActionUnitCount)],
                GapSeconds = 1,
            },
        };
        using OnnxSession session = Pass();
        Frame(0).Dispose();
        List<ActionUnitEvent> events = [];

        long before = GC.GetAllocatedBytesForCurrentThread();
        using NeutralReferences references = new(manifest, Features, new NeutralReferenceOptions());
        using TemporalHead head = new(manifest, session, references);
        EventSmoother smoother = new("cam", manifest.ActionUnits, manifest.Thresholds, new EventSmootherOptions(), new EventIdGenerator(TimeProvider.System));
        for (int i = 0; i < 24; i++)
        {
            using FrameFaces frame = Frame(250_000 * i);
            references.Observe(frame);
            head.Process(frame);
            smoother.Process(frame, events);
        }

        double megabytes = (GC.GetAllocatedBytesForCurrentThread() - before) / 1e6;

        TestContext.Current.TestOutputHelper?.WriteLine($"{megabytes:F1} MB");
        (references.TrackCount, head.TrackCount, smoother.FaceCount).ShouldBe((Tracks, Tracks, Tracks));
        references.TryGet(Tracks, out _, out _).ShouldBeTrue("their references are complete");
        megabytes.ShouldBeInRange(20, 64, "1,000 tracks keep at least six windows of 1,045 numbers each");
    }

    private FrameFaces Frame(long pts)
    {
        VideoFrame frame = _frames.Rent(2, 2, YuvColor.Bt601Full);
        frame.Envelope = new Envelope("cam", 0, pts, default, 0);
        FrameFaces faces = _faces.Rent(frame);
        for (int i = 0; i < Tracks; i++)
        {
            FaceObservation face = faces.AddFace();
            face.FaceId = i + 1;
            face.State = FaceState.Tracked;
            face.Confidence = 1;
            face.InterOcularDistance = 100;
            face.Box = new PixelBox(0, 0, 100, 100);
            face.EnsureActionUnits(ActionUnitCount);
            face.EnsureFeatures(Features);
            face.HasActionUnits = true;
        }

        return faces;
    }

    /// <summary>A head of the real one's shapes that computes next to nothing.</summary>
    private OnnxSession Pass()
    {
        OnnxGraph graph = new("pass");
        foreach ((string name, int length) in new[]
        {
            ("features", Features), ("intensity", ActionUnitCount), ("elapsed", 1), ("reference", Features), ("has_reference", 1), ("state", StateLength),
        })
        {
            graph.Input(name, OnnxGraph.Batch, length);
        }

        graph.AddAs("fused_intensity", "Identity", ["intensity"]);
        graph.AddAs("temporal_intensity", "Add", ["intensity", "has_reference"]);
        graph.AddAs("next_state", "Add", ["state", "elapsed"]);
        graph.Output("fused_intensity", OnnxGraph.Batch, ActionUnitCount);
        graph.Output("temporal_intensity", OnnxGraph.Batch, ActionUnitCount);
        graph.Output("next_state", OnnxGraph.Batch, StateLength);
        string path = Path.Combine(_folder, "m.temporal.onnx");
        File.WriteAllBytes(path, graph.Serialize());
        return OnnxSession.Load(path);
    }
}
