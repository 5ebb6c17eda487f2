using AuStream.Stages.Calibrating;
using AuStream.Stages.Faces;
using AuStream.Testing;
using FsCheck;
using FsCheck.Fluent;

namespace AuStream.Stages.Tests.Calibrating;

public sealed class NeutralReferencesTests
{
    private const double Step = 0.04;
    private static readonly float[] Rest = [0.1f, 0.2f, 0.3f];
    private static readonly float[] SlightSmile = [0.1f, 1.0f, 0.3f];
    private static readonly float[] Smile = [0.1f, 4f, 0.3f];

    private readonly TrackFrames _frames = new();
    private double _time;

    [Fact]
    public void A_calm_face_is_estimated_after_four_windows_and_the_reference_is_their_mean()
    {
        using NeutralReferences references = Create();

        CalibrationState[] states = Hold(references, Rest, 2.5);

        states[0].ShouldBe(CalibrationState.Estimating);
        states[^1].ShouldBe(CalibrationState.Estimated);
        int before = states.Count(state => state == CalibrationState.Estimating);
        (before * Step).ShouldBeInRange(2, 2.3, "four windows of half a second, each closed by the first frame beyond it");
        ShouldBeReference(references, Rest);
    }

    [Fact]
    public void A_face_that_only_smiles_stays_estimating_however_long()
    {
        using NeutralReferences references = Create();

        Hold(references, Smile, 120).ShouldAllBe(state => state == CalibrationState.Estimating);
        references.TryGet(1, out _, out _).ShouldBeFalse();
    }

    [Theory]
    [InlineData(1.9f, CalibrationState.Estimated)]
    [InlineData(2.1f, CalibrationState.Estimating)]
    public void An_action_unit_that_is_present_is_no_rest_however_little_else_moves(float intensity, CalibrationState expected)
    {
        using NeutralReferences references = new(_frames.Manifest, TrackFrames.FeatureCount, new NeutralReferenceOptions { CalmLimit = 1 });

        Hold(references, [0.1f, intensity, 0.3f], 10)[^1].ShouldBe(expected);
    }

    [Fact]
    public void A_face_that_looks_like_an_expression_all_the_time_has_it_as_rest_after_a_minute_and_until_calmer_frames_come()
    {
        using NeutralReferences references = new(_frames.Manifest, TrackFrames.FeatureCount, new NeutralReferenceOptions { CalmLimit = 1 });
        float[] raised = [0.1f, 2.1f, 0.3f];

        CalibrationState[] states = Hold(references, raised, 70);

        (states.Count(state => state == CalibrationState.Estimating) * Step).ShouldBeInRange(60, 66);
        ShouldBeReference(references, raised);
        Hold(references, Rest, 2.5);
        ShouldBeReference(references, Rest);
    }

    [Fact]
    public void A_blink_in_a_window_leaves_it_calm()
    {
        using NeutralReferences references = new(_frames.Manifest, TrackFrames.FeatureCount, new NeutralReferenceOptions { CalmLimit = 1 });
        int frame = 0;

        Hold(references, Rest, 3, face => face.Intensities[1] = frame++ % 12 < 4 ? 4 : 0.2f)[^1].ShouldBe(CalibrationState.Estimated);
    }

    [Fact]
    public void A_first_expression_that_is_held_for_long_gives_way_to_calmer_frames_where_a_median_would_not()
    {
        using NeutralReferences references = Create();
        Hold(references, SlightSmile, 60);
        ShouldBeReference(references, SlightSmile);

        Hold(references, Rest, 4);

        // 60 s of smile against 4 s of rest: the median of all frames is still the smile.
        ShouldBeReference(references, Rest);
    }

    [Fact]
    public void A_later_expression_held_for_long_does_not_become_the_neutral_face()
    {
        using NeutralReferences references = Create();
        Hold(references, Rest, 4);

        Hold(references, SlightSmile, 120);

        ShouldBeReference(references, Rest);
    }

    public static TheoryData<string> Disturbances => ["turned", "nodding", "unclear", "small", "unmeasured", "rotating", "walking", "hidden"];

    [Theory]
    [MemberData(nameof(Disturbances))]
    public void Frames_of_a_face_that_is_not_frontal_clear_and_still_are_of_no_use(string disturbance)
    {
        using NeutralReferences references = Create();
        int frame = 0;
        Hold(references, Rest, 20, face => Disturb(face, disturbance, frame++))
            .ShouldNotContain(state => state == CalibrationState.Estimated || state == CalibrationState.Enrolled);

        // The same face without the disturbance is estimated: it is the disturbance that kept it from being.
        Hold(references, Rest, 3)[^1].ShouldBe(CalibrationState.Estimated);
    }

    [Fact]
    public void A_feature_that_is_not_a_number_never_gets_into_a_reference()
    {
        using NeutralReferences references = Create();
        int frame = 0;
        Hold(references, Rest, 10, face => face.Features[1] = frame++ % 5 == 0 ? float.NaN : face.Features[1]);
        references.TryGet(1, out _, out _).ShouldBeFalse("no window of half a second is without one");
    }

    [Fact]
    public void A_lost_face_is_forgotten_and_the_next_one_begins_anew()
    {
        using NeutralReferences references = Create();
        Hold(references, Rest, 3);
        Show(references, 1, Rest, face => face.State = FaceState.Lost);

        references.TrackCount.ShouldBe(0);
        references.TryGet(1, out _, out _).ShouldBeFalse();
        Hold(references, Smile, 1, faceId: 2).ShouldAllBe(state => state == CalibrationState.Estimating);
    }

    [Fact]
    public void A_face_that_vanished_without_a_word_is_forgotten_after_a_minute()
    {
        using NeutralReferences references = Create();
        Hold(references, Rest, 3);
        _time += 61;
        using FrameFaces empty = _frames.Frame(_time);
        references.Observe(empty);
        references.TrackCount.ShouldBe(0);
    }

    [Theory]
    [InlineData(ReferenceMode.Off)]
    [InlineData(ReferenceMode.Enrolled)]
    public void Nothing_is_estimated_unless_it_is_asked_for(ReferenceMode mode)
    {
        using NeutralReferences references = new(_frames.Manifest, TrackFrames.FeatureCount, new NeutralReferenceOptions { Mode = mode });
        Hold(references, Rest, 10).ShouldAllBe(state => state == CalibrationState.None);
        references.TryGet(1, out _, out _).ShouldBeFalse();
    }

    [Fact]
    public void What_is_known_from_the_beginning_is_used_from_the_first_frame()
    {
        NeutralFace known = new([7, 8], [1, 2, 3], "anna");
        using NeutralReferences references = new(
            _frames.Manifest, TrackFrames.FeatureCount, new NeutralReferenceOptions(), known: (file, _) => file is null ? known : null);

        Hold(references, Smile, 1).ShouldAllBe(state => state == CalibrationState.Enrolled);
        references.TryGet(1, out ReadOnlySpan<float> features, out ReadOnlySpan<float> raw).ShouldBeTrue();
        features.ToArray().ShouldBe([7, 8]);
        raw.ToArray().ShouldBe([1, 2, 3]);
    }

    [Fact]
    public void What_an_earlier_reading_found_is_there_from_the_first_frame_and_no_calmer_frame_changes_it()
    {
        NeutralFace known = new([7, 8], [1, 2, 3]);
        using NeutralReferences references = new(
            _frames.Manifest, TrackFrames.FeatureCount, new NeutralReferenceOptions(), known: (_, face) => face == 1 ? known : null) { KnownState = CalibrationState.Estimated };

        Hold(references, Rest, 10).ShouldAllBe(state => state == CalibrationState.Estimated);

        references.TryGet(1, out ReadOnlySpan<float> features, out ReadOnlySpan<float> raw).ShouldBeTrue();
        features.ToArray().ShouldBe([7, 8]);
        raw.ToArray().ShouldBe([1, 2, 3]);
    }

    [Fact]
    public void A_table_of_neutral_faces_gets_what_is_new_and_keeps_who_is_gone()
    {
        using NeutralReferences references = Create();
        Dictionary<long, NeutralFace> byFace = [];

        Hold(references, SlightSmile, 3);
        references.CopyNewTo(byFace);
        NeutralFace slight = byFace.ShouldHaveSingleItem().Value;
        references.CopyNewTo(byFace);
        byFace[1].ShouldBeSameAs(slight, "nothing was new");
        Hold(references, Rest, 5);
        references.CopyNewTo(byFace);
        byFace[1].RawIntensities[1].ShouldBe(Rest[1], 1e-4f, "calmer frames came");
        slight.RawIntensities[1].ShouldBe(SlightSmile[1], 1e-4f, "what was given away does not change");

        Show(references, 1, Rest, face => face.State = FaceState.Lost);
        Hold(references, Smile, 3, faceId: 2);
        references.CopyNewTo(byFace);
        byFace.Keys.ShouldBe([1]);
    }

    [Fact]
    public void Pictures_have_what_is_known_by_their_name_and_estimate_nothing()
    {
        NeutralFace known = new([7, 8], [1, 2, 3]);
        using NeutralReferences references = new(
            _frames.Manifest, TrackFrames.FeatureCount, new NeutralReferenceOptions(), known: (file, _) => file == "b.png" ? known : null);
        List<CalibrationState> states = [];
        foreach (string name in new[] { "a.png", "b.png", "c.png" })
        {
            using FrameFaces frame = _frames.Frame(0, name);
            FaceObservation face = _frames.Add(frame, 1, Rest);
            references.Observe(frame);
            states.Add(face.Calibration);
        }

        states.ShouldBe([CalibrationState.None, CalibrationState.Enrolled, CalibrationState.None]);
    }

    [Fact]
    public void Whatever_a_face_does_the_reference_is_finite_and_no_livelier_than_the_limit() => Prop.ForAll(Seeds.Any, seed =>
    {
        Random random = new(seed);
        _time = 0;
        using NeutralReferences references = Create();
        for (int hold = 0; hold < 12; hold++)
        {
            float[] raw = [2 * random.NextSingle(), 4 * random.NextSingle(), 5 * random.NextSingle()];
            Hold(references, raw, 3 * random.NextDouble(), face =>
            {
                if (random.Next(20) == 0)
                {
                    face.RawIntensities[0] = float.NaN;
                    face.HasActionUnits = false;
                }
            });
            if (references.TryGet(1, out ReadOnlySpan<float> features, out ReadOnlySpan<float> neutral))
            {
                features.ToArray().ShouldAllBe(value => float.IsFinite(value));
                float activation = 0;
                for (int i = 0; i < neutral.Length; i++)
                {
                    activation += neutral[i] / _frames.Manifest.Thresholds[i] / neutral.Length;
                }

                activation.ShouldBeLessThanOrEqualTo(new NeutralReferenceOptions().CalmLimit + 1e-4f);
            }
        }
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_frame_allocates_nothing()
    {
        using NeutralReferences references = Create();
        Hold(references, Rest, 10);
        FrameFaces[] frames = [.. Enumerable.Range(0, 200).Select(i => _frames.Frame(_time + (i * Step), 1, Rest))];
        int next = 0;
        AllocationMeter.Least(() =>
        {
            for (int i = 0; i < 40; i++)
            {
                references.Observe(frames[next++]);
            }
        }).ShouldBe(0);
    }

    [Fact]
    public void Options_out_of_range_are_refused_by_name() =>
        Should.Throw<ArgumentException>(() => new NeutralReferences(
            _frames.Manifest, 2, new NeutralReferenceOptions { KeptWindows = 2, NeededWindows = 3, CalmLimit = 0 }))
            .Message.ShouldBe("NeededWindows is 3; it must lie between 1 and 2; CalmLimit is 0; it must lie between 1E-06 and 1 (Parameter 'options')");

    private static void Disturb(FaceObservation face, string disturbance, int frame)
    {
        switch (disturbance)
        {
            case "turned":
                face.Pose = new HeadPose(20, 0, 0);
                break;
            case "nodding":
                face.Pose = new HeadPose(0, -25, 0);
                break;
            case "unclear":
                face.Confidence = 0.5f;
                break;
            case "small":
                face.InterOcularDistance = 12;
                break;
            case "unmeasured":
                face.HasActionUnits = false;
                break;
            case "rotating":
                face.Pose = new HeadPose(0, 0, frame % 12);
                break;
            case "walking":
                face.Box = face.Box with { X = 100 + (6 * (frame % 12)) };
                break;
            default:
                face.State = frame % 10 == 9 ? FaceState.Occluded : FaceState.Tracked;
                break;
        }
    }

    private static void ShouldBeReference(NeutralReferences references, float[] raw)
    {
        references.TryGet(1, out ReadOnlySpan<float> features, out ReadOnlySpan<float> neutral).ShouldBeTrue();
        neutral.ToArray().ShouldBe(raw, 1e-4f);
        features.ToArray().ShouldBe(TrackFrames.FeaturesOf(raw), 1e-4f);
    }

    private NeutralReferences Create() => new(_frames.Manifest, TrackFrames.FeatureCount, new NeutralReferenceOptions());

    private CalibrationState Show(NeutralReferences references, long faceId, float[] raw, Action<FaceObservation>? change = null)
    {
        using FrameFaces frame = _frames.Frame(_time, faceId, raw, change: change);
        references.Observe(frame);
        _time += Step;
        return frame.Faces[0].Calibration;
    }

    private CalibrationState[] Hold(
        NeutralReferences references, float[] raw, double seconds, Action<FaceObservation>? change = null, long faceId = 1)
    {
        List<CalibrationState> states = [];
        for (int i = 0; i < seconds / Step; i++)
        {
            states.Add(Show(references, faceId, raw, change));
        }

        return [.. states];
    }
}
