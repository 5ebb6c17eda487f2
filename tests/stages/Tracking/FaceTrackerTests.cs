using AuStream.Stages.Faces;
using AuStream.Stages.Tracking;

namespace AuStream.Stages.Tests.Tracking;

public sealed class FaceTrackerTests
{
    private const double Frame = 1 / 30.0;

    private static readonly Func<double, bool> Always = _ => true;

    [Fact]
    public void A_still_face_appears_once_and_is_then_tracked_with_few_detections()
    {
        Scene scene = new(Still(300, 180));
        FaceTracker tracker = scene.CreateTracker();
        List<string> states = Run(scene, tracker, 0, 3);

        states[0].ShouldBe("1:Appeared");
        states.Skip(1).ShouldAllBe(state => state == "1:Tracked");
        // One at the start, then one per half second.
        scene.Detections.ShouldBeInRange(5, 7);
    }

    [Fact]
    public void With_the_most_faces_in_sight_nothing_is_searched_for()
    {
        Scene scene = new(Still(100, 180), Still(400, 180));
        FaceTracker tracker = scene.CreateTracker(new TrackerOptions { MaximumFaces = 2 });
        Run(scene, tracker, 0, 3);

        scene.Detections.ShouldBe(1);
        Scene crowded = new(Still(100, 180), Still(250, 180), Still(400, 180));
        using FrameFaces faces = crowded.Step(crowded.CreateTracker(new TrackerOptions { MaximumFaces = 2 }), 0);
        faces.Faces.Count.ShouldBe(2);
    }

    [Fact]
    public void An_empty_scene_is_searched_in_every_frame_but_thoroughly_only_now_and_then()
    {
        Scene scene = new(Still(300, 180) with { IsThere = _ => false });
        FaceTracker tracker = scene.CreateTracker();
        List<string> states = Run(scene, tracker, 0, 2);

        states.ShouldAllBe(state => state.Length == 0);
        scene.Detections.ShouldBe(states.Count);
        scene.ThoroughDetections.ShouldBeInRange(3, 5);
    }

    [Theory]
    [InlineData(80)]
    [InlineData(160)]
    [InlineData(300)]
    public void Two_faces_that_cross_keep_their_ids(double pixelsPerSecond)
    {
        double middle = 220 / pixelsPerSecond;
        Scene scene = new(
            new ScenePerson(t => (100 + (pixelsPerSecond * t), 180), 120, Always, Depth: 0),
            new ScenePerson(t => (540 - (pixelsPerSecond * t), 190), 110, Always, Depth: 1));
        FaceTracker tracker = scene.CreateTracker();
        Run(scene, tracker, 0, middle * 0.3);
        using FrameFaces before = scene.Step(tracker, (middle * 0.3) + Frame);
        long front = scene.IdOf(before, 0)!.Value;
        long behind = scene.IdOf(before, 1)!.Value;
        front.ShouldNotBe(behind);

        List<string> states = Run(scene, tracker, (middle * 0.3) + (2 * Frame), middle * 1.9);
        using FrameFaces after = scene.Step(tracker, (middle * 1.9) + Frame);

        scene.IdOf(after, 0).ShouldBe(front, string.Join('|', states));
        scene.IdOf(after, 1).ShouldBe(behind, string.Join('|', states));
        states.ShouldAllBe(state => !state.Contains("Lost", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(0.1)]
    [InlineData(0.5)]
    [InlineData(0.9)]
    public void A_covered_face_waits_as_occluded_and_resumes_with_its_id(double seconds)
    {
        Scene scene = new(Still(300, 180) with { IsThere = t => t < 1 || t >= 1 + seconds }, Still(500, 180));
        FaceTracker tracker = scene.CreateTracker();
        List<string> states = Run(scene, tracker, 0, 3);

        long id = scene.IdOf(scene.Step(tracker, 3.1), 0)!.Value;
        id.ShouldBeLessThanOrEqualTo(2);
        string name = $"{id}:";
        int occluded = states.Count(state => state.Contains(name + "Occluded", StringComparison.Ordinal));
        // Recovery looks every 100 ms.
        occluded.ShouldBeInRange((int)(seconds * 30) - 1, (int)((seconds + 0.1) * 30) + 2);
        states.ShouldAllBe(state => !state.Contains("Lost", StringComparison.Ordinal));
        states.Count(state => state.Contains("Appeared", StringComparison.Ordinal)).ShouldBe(1, "both in the first frame");
    }

    [Fact]
    public void A_face_away_for_longer_than_the_patience_is_lost_once_and_comes_back_as_a_new_one()
    {
        Scene scene = new(Still(300, 180) with { IsThere = t => t < 1 || t >= 2.5 });
        FaceTracker tracker = scene.CreateTracker();
        List<string> states = Run(scene, tracker, 0, 4);

        states.Count(state => state == "1:Lost").ShouldBe(1);
        int lost = states.IndexOf("1:Lost");
        (lost * Frame).ShouldBe(2, 0.1);
        states[lost + 1].ShouldBe(string.Empty);
        states.Count(state => state == "2:Appeared").ShouldBe(1);
        states[^1].ShouldBe("2:Tracked");
    }

    [Fact]
    public void A_face_that_leaves_the_picture_and_returns_in_time_keeps_its_id()
    {
        Scene scene = new(new ScenePerson(t => (560 + (90 * Math.Sin(t * 2.2)), 180), 120, Always));
        FaceTracker tracker = scene.CreateTracker();
        List<string> states = Run(scene, tracker, 0, 4);

        states.ShouldContain("1:Occluded");
        states[^1].ShouldBe("1:Tracked");
        states.ShouldAllBe(state => state.StartsWith("1:", StringComparison.Ordinal));
    }

    [Fact]
    public void Two_hidden_faces_that_return_at_once_are_told_apart_by_place_and_motion()
    {
        // Both are covered while they move on; each is nearer to its own predicted place.
        Scene scene = new(
            new ScenePerson(t => (150 + (60 * t), 120), 100, t => t is < 1 or > 1.6),
            new ScenePerson(t => (150 + (60 * t), 260), 100, t => t is < 1 or > 1.6));
        FaceTracker tracker = scene.CreateTracker();
        Run(scene, tracker, 0, 0.9);
        using FrameFaces before = scene.Step(tracker, 0.95);
        Run(scene, tracker, 1, 2);
        using FrameFaces after = scene.Step(tracker, 2.05);

        scene.IdOf(after, 0).ShouldBe(scene.IdOf(before, 0));
        scene.IdOf(after, 1).ShouldBe(scene.IdOf(before, 1));
    }

    [Fact]
    public void A_jump_across_the_picture_is_another_face()
    {
        Scene scene = new(new ScenePerson(t => (t < 1 ? 80 : 560, 180), 90, Always));
        FaceTracker tracker = scene.CreateTracker();
        List<string> states = Run(scene, tracker, 0, 3);

        states[^1].ShouldBe("2:Tracked");
        states.ShouldContain(state => state.Contains("1:Lost", StringComparison.Ordinal));
    }

    [Fact]
    public void Ids_never_start_again_after_a_reset_and_the_reset_is_reported()
    {
        Scene scene = new(Still(200, 180), Still(450, 180));
        FaceTracker tracker = scene.CreateTracker();
        Run(scene, tracker, 0, 0.5);
        tracker.Reset();

        List<string> states = Run(scene, tracker, 0.6, 1);

        states[0].ShouldBe("1:Lost 2:Lost 3:Appeared 4:Appeared");
        states[1].ShouldBe("3:Tracked 4:Tracked");
        List<FaceObservation> lost = [];
        tracker.Complete(lost);
        lost.Select(face => (face.FaceId, face.State)).ShouldBe([(3, FaceState.Lost), (4, FaceState.Lost)]);
        tracker.OpenFaces.ShouldBe(0);
    }

    [Fact]
    public void Irregular_frame_times_change_nothing_for_the_ids()
    {
        Random random = new(3);
        Scene scene = new(
            new ScenePerson(t => (120 + (70 * t), 120 + (20 * Math.Sin(3 * t))), 100, t => t is < 1.5 or > 2.1),
            new ScenePerson(t => (520 - (60 * t), 260), 110, Always));
        FaceTracker tracker = scene.CreateTracker();
        HashSet<long> ids = [];
        for (double t = 0; t < 5; t += 0.002 + (0.13 * Math.Pow(random.NextDouble(), 2)))
        {
            using FrameFaces faces = scene.Step(tracker, t);
            ids.UnionWith(faces.Faces.Select(face => face.FaceId));
            faces.Faces.ShouldAllBe(face => face.State != FaceState.Lost);
        }

        ids.Order().ShouldBe([1, 2]);
    }

    [Fact]
    public void Patience_is_measured_in_presentation_time_whatever_the_frame_rate()
    {
        foreach (double interval in (double[])[0.01, 0.2])
        {
            Scene scene = new(Still(300, 180) with { IsThere = t => t < 1 });
            FaceTracker tracker = scene.CreateTracker();
            double lost = 0;
            for (double t = 0; t < 3 && lost == 0; t += interval)
            {
                using FrameFaces faces = scene.Step(tracker, t);
                lost = faces.Faces.Any(face => face.State == FaceState.Lost) ? t : 0;
            }

            lost.ShouldBe(2, interval + 0.02);
        }
    }

    [Fact]
    public void Pictures_have_no_history_and_every_face_is_new()
    {
        Scene scene = new(Still(200, 180), Still(450, 180));
        FaceTracker tracker = scene.CreateTracker(new TrackerOptions { IsPictures = true });

        Run(scene, tracker, 0, 0.09).ShouldBe(["1:Appeared 2:Appeared", "3:Appeared 4:Appeared", "5:Appeared 6:Appeared"]);
        scene.ThoroughDetections.ShouldBe(3);
        List<FaceObservation> lost = [];
        tracker.Complete(lost);
        lost.ShouldBeEmpty();
    }

    [Fact]
    public void Thirty_faces_are_followed_with_one_id_each()
    {
        Scene scene = new([.. Enumerable.Range(0, 30).Select(i =>
            new ScenePerson(t => (60 + (100 * (i % 6)) + (8 * Math.Sin(t + i)), 40 + (70 * (i / 6)) + (5 * Math.Cos((2 * t) + i))), 50, Always))]);
        FaceTracker tracker = scene.CreateTracker();
        List<string> states = Run(scene, tracker, 0, 5);

        states[^1].Split(' ').Length.ShouldBe(30);
        states.Skip(1).ShouldAllBe(state => !state.Contains("Lost", StringComparison.Ordinal) && !state.Contains("Appeared", StringComparison.Ordinal));
    }

    [Fact]
    public void Following_faces_allocates_nothing()
    {
        Scene scene = new(Still(200, 180), Still(450, 180));
        FaceTracker tracker = scene.CreateTracker(new TrackerOptions { Smoothing = new SmoothingOptions() });
        Run(scene, tracker, 0, 2);
        long allocated = 0;
        for (int i = 0; i < 60; i++)
        {
            using FrameFaces faces = scene.RentFrame(2 + (i * Frame));
            long before = GC.GetAllocatedBytesForCurrentThread();
            tracker.Process(faces);
            allocated += GC.GetAllocatedBytesForCurrentThread() - before;
        }

        allocated.ShouldBe(0);
    }

    [Fact]
    public void Options_out_of_range_are_refused_by_name()
    {
        Scene scene = new();
        Should.Throw<ArgumentException>(() => scene.CreateTracker(new TrackerOptions { MaximumFaces = 0 })).Message.ShouldContain("MaximumFaces");
        Should.Throw<ArgumentException>(() => scene.CreateTracker(new TrackerOptions { Patience = TimeSpan.FromSeconds(-1) })).Message.ShouldContain("Patience");
        Should.Throw<ArgumentException>(() => scene.CreateTracker(new TrackerOptions { MinimumConfidence = float.NaN })).Message.ShouldContain("MinimumConfidence");
        Should.Throw<ArgumentException>(() => scene.CreateTracker(new TrackerOptions { Smoothing = new SmoothingOptions { MinimumCutoff = 0 } })).Message.ShouldContain("MinimumCutoff");
    }

    private static ScenePerson Still(double x, double y) => new(_ => (x, y), 120, Always);

    private static List<string> Run(Scene scene, FaceTracker tracker, double from, double to)
    {
        List<string> states = [];
        for (int i = 0; from + (i * Frame) < to; i++)
        {
            using FrameFaces faces = scene.Step(tracker, from + (i * Frame));
            states.Add(string.Join(' ', faces.Faces.Select(face => $"{face.FaceId}:{face.State}")));
        }

        return states;
    }
}
