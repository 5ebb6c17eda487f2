using AuStream.Models.Manifests;
using AuStream.Models.Sessions;
using AuStream.Stages.ActionUnits;
using AuStream.Stages.Alignment;
using AuStream.Stages.Faces;
using AuStream.Stages.Sampling;
using AuStream.Testing;

namespace AuStream.Stages.Tests.ActionUnits;

public sealed class ActionUnitNetTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Every_visible_face_gets_what_the_network_says_about_its_crop_and_landmarks(bool hasLandmarks)
    {
        using SmallModel model = SmallModel.Linear(hasLandmarks);
        using ActionUnitNet net = new(model.Manifest, model.Session);
        using FrameFaces frame = new FaceFrames(1).Next(5);

        net.Measure(frame);

        HashSet<float> distinct = [];
        foreach (FaceObservation face in frame.Faces)
        {
            face.HasActionUnits.ShouldBeTrue();
            double[] raw = Expected(model, frame, face);
            for (int i = 0; i < SmallModel.ActionUnitCount; i++)
            {
                double intensity = Math.Clamp(raw[i], 0, 5);
                ((double)face.Intensities[i]).ShouldBe(intensity, 1e-3);
                face.Scores[i].ShouldBe(face.Intensities[i] / 5);
                face.Presence[i].ShouldBe(face.Intensities[i] >= i + 1);
                distinct.Add(face.Intensities[i]);
            }
        }

        distinct.Count.ShouldBeGreaterThan(5, "the test would otherwise compare clipped values only");
        net.UnmeasuredFaces.ShouldBe(0);
    }

    [Fact]
    public void The_result_does_not_depend_on_batch_size_or_company()
    {
        using SmallModel model = SmallModel.Linear();
        using ActionUnitNet alone = new(model.Manifest, model.Session, new ActionUnitNetOptions { MaximumBatch = 1 });
        using ActionUnitNet split = new(model.Manifest, model.Session, new ActionUnitNetOptions { MaximumBatch = 3 });
        using ActionUnitNet together = new(model.Manifest, model.Session, new ActionUnitNetOptions { MaximumBatch = 64 });
        FaceFrames source = new(2);
        FrameFaces[] frames = [source.Next(3), source.Next(0), source.Next(1), source.Next(7)];

        float[][] expected = Results(frames, () => Array.ForEach(frames, alone.Measure));
        float[][] inThrees = Results(frames, () => split.Measure(frames));
        float[][] atOnce = Results(frames, () => together.Measure(frames));

        expected.Length.ShouldBe(11);
        for (int face = 0; face < expected.Length; face++)
        {
            inThrees[face].ShouldBe(expected[face], 1e-5f);
            atOnce[face].ShouldBe(expected[face], 1e-5f);
        }

        Array.ForEach(frames, frame => frame.Dispose());
    }

    [Theory]
    [InlineData(FaceState.Occluded)]
    [InlineData(FaceState.Lost)]
    public void A_face_that_is_not_seen_is_not_measured_and_old_values_do_not_pass_for_new(FaceState state)
    {
        using SmallModel model = SmallModel.Linear();
        using ActionUnitNet net = new(model.Manifest, model.Session);
        using FrameFaces frame = new FaceFrames(3).Next(2);
        net.Measure(frame);

        frame.Faces[0].State = state;
        net.Measure(frame);

        frame.Faces.Select(face => face.HasActionUnits).ShouldBe([false, true]);
        net.UnmeasuredFaces.ShouldBe(0);
    }

    [Fact]
    public void A_face_whose_output_is_not_a_number_is_reported_as_unmeasured_and_its_neighbours_are_not_affected()
    {
        using SmallModel model = SmallModel.Root();
        using ActionUnitNet net = new(model.Manifest, model.Session);
        using FrameFaces frame = new FaceFrames(4).Next(3);
        for (int i = 0; i < 3; i++)
        {
            // Upright canonical face of the crop's own size at (40, 40); mesh point 1 right of the centre, but for the second face.
            FaceFrames.Place(frame.Faces[i], 33, 44, 46);
            FaceFrames.Place(frame.Faces[i], 263, 52, 46);
            FaceFrames.Place(frame.Faces[i], 168, 48, 45);
            FaceFrames.Place(frame.Faces[i], 1, i == 1 ? 44 : 52, 48);
        }

        net.Measure(frame);

        frame.Faces.Select(face => face.HasActionUnits).ShouldBe([true, false, true]);
        frame.Faces[2].Intensities[1].ShouldBe(0.5f, 1e-3f, "the root of (52 − 40 − 8) / 16");
        net.UnmeasuredFaces.ShouldBe(1);
    }

    [Fact]
    public void A_face_whose_landmarks_determine_no_alignment_is_reported_as_unmeasured()
    {
        using SmallModel model = SmallModel.Linear();
        using ActionUnitNet net = new(model.Manifest, model.Session);
        using FrameFaces frame = new FaceFrames(5).Next(3);
        Array.Clear(frame.Faces[0].Landmarks);
        FaceFrames.Place(frame.Faces[1], 61, float.NaN, 0);

        net.Measure(frame);

        frame.Faces.Select(face => face.HasActionUnits).ShouldBe([false, false, true]);
        net.UnmeasuredFaces.ShouldBe(2);
    }

    [Fact]
    public void Measuring_allocates_nothing_in_steady_state()
    {
        using SmallModel model = SmallModel.Linear();
        using ActionUnitNet net = new(model.Manifest, model.Session, new ActionUnitNetOptions { MaximumBatch = 4 });
        using FrameFaces frame = new FaceFrames(6).Next(6);
        net.Measure(frame);

        AllocationMeter.Least(() =>
        {
            for (int i = 0; i < 50; i++)
            {
                net.Measure(frame);
            }
        }).ShouldBe(0);
    }

    [Theory]
    [InlineData("image", -1, 24, 6, 3, "intensity", "'image' is [N, 3, 24, 24], crop.size asks for [N, 3, 16, 16]")]
    [InlineData("image", -1, 16, 8, 3, "intensity", "'landmarks' is [N, 8], landmarks asks for [N, 6]")]
    [InlineData("image", -1, 16, 6, 4, "intensity", "'intensity' is [N, 4], action_units asks for [N, 3]")]
    [InlineData("picture", -1, 16, 6, 3, "intensity", "no input 'image'")]
    [InlineData("picture", -1, 16, 6, 3, "intensity", "an input 'picture' that the manifest does not account for")]
    [InlineData("image", -1, 16, 6, 3, "scores", "no output 'intensity'")]
    [InlineData("image", 1, 16, 6, 3, "intensity", "'image' has a fixed batch")]
    public void A_network_that_is_not_what_the_manifest_describes_is_refused_by_field(
        string image, long batch, int size, int landmarks, int actionUnits, string output, string message)
    {
        using SmallModel model = SmallModel.Foreign(image, batch, size, landmarks, actionUnits, output);
        string text = Should.Throw<ModelLoadException>(() => new ActionUnitNet(model.Manifest, model.Session)).Message;
        text.ShouldContain(message);
        text.ShouldContain("small.onnx");
    }

    [Fact]
    public void Landmarks_that_the_manifest_does_not_list_are_refused()
    {
        using SmallModel model = SmallModel.Linear();
        Should.Throw<ModelLoadException>(() => new ActionUnitNet(model.Manifest with { Landmarks = [] }, model.Session))
            .Message.ShouldContain("landmarks is empty");
    }

    [Fact]
    public void Options_and_manifest_are_checked()
    {
        using SmallModel model = SmallModel.Linear();
        Should.Throw<ArgumentException>(() => new ActionUnitNet(model.Manifest, model.Session, new ActionUnitNetOptions { MaximumBatch = 0 }))
            .Message.ShouldContain("MaximumBatch is 0");
        Should.Throw<ArgumentException>(() => new ActionUnitNet(model.Manifest with { Thresholds = [1] }, model.Session))
            .Message.ShouldContain("thresholds");
    }

    private static double[] Expected(SmallModel model, FrameFaces frame, FaceObservation face)
    {
        FaceAligner aligner = new(model.Manifest.Crop, model.Manifest.Landmarks);
        float[] image = new float[aligner.ImageLength];
        float[] features = new float[aligner.FeatureLength];
        aligner.TryFit(face, out AffineMap map).ShouldBeTrue();
        aligner.SampleImage(frame.Frame, map, image);
        aligner.TryWriteFeatures(face, map, features).ShouldBeTrue();
        double[] raw = [1.5, 2, 2.5];
        for (int action = 0; action < raw.Length; action++)
        {
            raw[action] += image.Select((value, i) => (double)value * model.ImageWeights[(i * raw.Length) + action]).Sum();
            raw[action] += features.Select((value, i) => (double)value * model.LandmarkWeights[(i * raw.Length) + action]).Sum();
        }

        return raw;
    }

    private static float[][] Results(FrameFaces[] frames, Action measure)
    {
        foreach (FaceObservation face in frames.SelectMany(frame => frame.Faces))
        {
            face.EnsureActionUnits(SmallModel.ActionUnitCount);
            Array.Fill(face.Intensities, float.NaN);
        }

        measure();
        return [.. frames.SelectMany(frame => frame.Faces).Select(face => face.Intensities.ToArray())];
    }
}
