using AuStream.Models.Importing.Onnx;
using AuStream.Models.Manifests;
using AuStream.Models.Sessions;
using AuStream.Stages.Calibrating;
using AuStream.Stages.Faces;
using AuStream.Testing;
using FsCheck;
using FsCheck.Fluent;

namespace AuStream.Stages.Tests.Calibrating;

public sealed class NeutralComparisonTests : IDisposable
{
    private static readonly NeutralFace s_neutral = new([1, 2], [1, 0.5f, -2]);
    private readonly string _folder = Directory.CreateTempSubdirectory("austream-relative-").FullName;
    private readonly TrackFrames _frames = new();

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Without_a_relative_network_the_neutral_intensity_is_subtracted_and_never_below_nothing()
    {
        using NeutralReferences references = References(_frames.Manifest);
        using NeutralComparison comparison = new(_frames.Manifest, references, relative: null, TrackFrames.FeatureCount);
        using FrameFaces frame = Observed(references, [3, 0.25f, 4]);

        comparison.Process(frame);

        // A neutral raw output below 0 is intensity 0: nothing is added.
        frame.Faces[0].Intensities.ShouldBe([2, 0, 4]);
        frame.Faces[0].Scores.ShouldBe([0.4f, 0, 0.8f]);
        frame.Faces[0].Presence.ShouldBe([true, false, true]);
    }

    [Fact]
    public void Subtraction_is_of_calibrated_intensities()
    {
        CalibrationCurve half = new() { Raw = [0, 10], Intensity = [0, 5] };
        ActionUnitModelManifest manifest = _frames.Manifest with { Calibration = [half, half, half] };
        using NeutralReferences references = References(manifest);
        using NeutralComparison comparison = new(manifest, references, relative: null, TrackFrames.FeatureCount);
        using FrameFaces frame = Observed(references, [3, 0.25f, 4]);
        comparison.Process(frame);
        frame.Faces[0].Intensities.ShouldBe([1, 0, 2]);
    }

    [Fact]
    public void A_face_without_a_reference_is_left_as_it_is()
    {
        using NeutralReferences references = new(_frames.Manifest, TrackFrames.FeatureCount, new NeutralReferenceOptions());
        using NeutralComparison comparison = new(_frames.Manifest, references, relative: null, TrackFrames.FeatureCount);
        using FrameFaces frame = Observed(references, [3, 0.25f, 4]);
        comparison.Process(frame);
        frame.Faces[0].Intensities.ShouldBe([3, 0.25f, 4]);
    }

    [Fact]
    public void A_relative_network_gets_the_features_of_both_faces_and_its_thresholds_become_the_sessions()
    {
        (ActionUnitModelManifest manifest, OnnxSession session) = Relative();
        using (session)
        {
            using NeutralReferences references = References(manifest);
            using NeutralComparison comparison = new(manifest, references, session, TrackFrames.FeatureCount);
            using FrameFaces frame = _frames.Frame(0);
            for (int i = 0; i < 40; i++)
            {
                _frames.Add(frame, i + 1, [0, 0, 0], [1 + (0.1f * i), 2]);
            }

            references.Observe(frame);
            comparison.Process(frame);

            // The network says first feature − neutral first feature = 0.1 i for each; its threshold 2 is the session's 1 (then 2, then 3).
            for (int i = 0; i < 40; i++)
            {
                FaceObservation face = frame.Faces[i];
                double relative = Math.Min(5, 0.1 * i);
                ((double)face.Intensities[0]).ShouldBe(relative <= 2 ? relative / 2 : 1 + ((relative - 2) * 4 / 3), 1e-4);
                ((double)face.Intensities[1]).ShouldBe(relative, 1e-4);
                face.Presence.ShouldBe(Enumerable.Range(0, 3).Select(k => face.Intensities[k] >= manifest.Thresholds[k]));
                face.Presence[0].ShouldBe(face.Presence[2], "one threshold of the relative network");
                face.Scores[2].ShouldBe(face.Intensities[2] / 5);
            }
        }
    }

    [Fact]
    public void A_streams_own_threshold_changes_what_is_present_and_no_intensity()
    {
        (ActionUnitModelManifest manifest, OnnxSession session) = Relative();
        using (session)
        {
            using NeutralReferences references = References(manifest);
            using NeutralComparison plain = new(manifest, references, session, TrackFrames.FeatureCount);
            using NeutralComparison stricter = new(
                manifest with { Thresholds = [4, 2, 3] }, references, session, TrackFrames.FeatureCount, manifest.Thresholds);
            using FrameFaces first = Observed(references, [0, 0, 0], face => face.Features[0] = 4);
            using FrameFaces second = Observed(references, [0, 0, 0], face => face.Features[0] = 4);

            plain.Process(first);
            stricter.Process(second);

            second.Faces[0].Intensities.ShouldBe(first.Faces[0].Intensities);
            first.Faces[0].Presence.ShouldBe([true, true, true]);
            second.Faces[0].Presence.ShouldBe([false, true, true]);
        }
    }

    [Fact]
    public void A_relative_result_that_is_not_a_number_leaves_the_face_unmeasured()
    {
        (ActionUnitModelManifest manifest, OnnxSession session) = Relative();
        using (session)
        {
            using NeutralReferences references = References(manifest);
            using NeutralComparison comparison = new(manifest, references, session, TrackFrames.FeatureCount);
            using FrameFaces frame = Observed(references, [1, 1, 1], face => face.Features[0] = float.NaN);
            comparison.Process(frame);
            frame.Faces[0].HasActionUnits.ShouldBeFalse();
            comparison.Faults.ShouldBe(1);
        }
    }

    [Fact]
    public void A_relative_network_that_is_not_what_the_manifest_describes_is_refused()
    {
        (ActionUnitModelManifest manifest, OnnxSession session) = Relative();
        using (session)
        {
            using NeutralReferences references = References(manifest);
            Should.Throw<ModelLoadException>(() => new NeutralComparison(manifest, references, session, featureCount: 7))
                .Message.ShouldContain("its input 'features' is [N, 2], the manifest asks for [N, 7]");
        }
    }

    [Fact]
    public void A_bridge_between_thresholds_is_monotone_and_keeps_presence() => Prop.ForAll(Seeds.Any, seed =>
    {
        Random random = new(seed);
        float from = random.Next(5) == 0 ? 5 : MathF.Max(0.01f, 5 * random.NextSingle());
        float to = random.Next(5) == 0 ? 5 : MathF.Max(0.01f, 5 * random.NextSingle());
        float[] intensities = [.. Enumerable.Range(0, 200).Select(_ => 5 * random.NextSingle()).Append(from).Append(0).Append(5).Append(MathF.BitDecrement(from)).Order()];
        float[] bridged = [.. intensities];
        ThresholdBridge bridge = new([.. bridged.Select(_ => from)], [.. bridged.Select(_ => to)]);
        bridge.Apply(bridged, new float[bridged.Length]);
        for (int i = 0; i < bridged.Length; i++)
        {
            (bridged[i] >= to).ShouldBe(intensities[i] >= from, $"{intensities[i]:R} became {bridged[i]:R}, thresholds {from:R} and {to:R}");
            bridged[i].ShouldBeInRange(i == 0 ? 0 : bridged[i - 1], 5);
        }
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_frame_allocates_nothing()
    {
        using NeutralReferences references = References(_frames.Manifest);
        using NeutralComparison comparison = new(_frames.Manifest, references, relative: null, TrackFrames.FeatureCount);
        using FrameFaces frame = Observed(references, [3, 0.25f, 4]);
        comparison.Process(frame);
        AllocationMeter.Least(() => comparison.Process(frame)).ShouldBe(0);
    }

    private static NeutralReferences References(ActionUnitModelManifest manifest) =>
        new(manifest, TrackFrames.FeatureCount, new NeutralReferenceOptions { Mode = ReferenceMode.Enrolled }, known: (_, _) => s_neutral);

    private FrameFaces Observed(NeutralReferences references, float[] raw, Action<FaceObservation>? change = null)
    {
        FrameFaces frame = _frames.Frame(0, 1, raw, change: change);
        references.Observe(frame);
        return frame;
    }

    /// <summary>Each raw output is the difference of the two first features; every threshold is 2.</summary>
    private (ActionUnitModelManifest Manifest, OnnxSession Session) Relative()
    {
        OnnxGraph graph = new("relative");
        graph.Input("features", OnnxGraph.Batch, 2);
        graph.Input("neutral_features", OnnxGraph.Batch, 2);
        string difference = graph.Add("Sub", ["features", "neutral_features"]);
        graph.AddAs("intensity", "MatMul", [difference, graph.Constant([1, 1, 1, 0, 0, 0], 2, 3)]);
        graph.Output("intensity", OnnxGraph.Batch, 3);
        string path = Path.Combine(_folder, "small.relative.onnx");
        File.WriteAllBytes(path, graph.Serialize());
        return (_frames.Manifest with { Relative = new RelativeManifest { File = "small.relative.onnx", Thresholds = [2, 2, 2] } }, OnnxSession.Load(path));
    }
}
