using AuStream.Stages.Calibrating;
using AuStream.Stages.Faces;

namespace AuStream.Stages.Tests.Calibrating;

public sealed class EnrolmentTests : IDisposable
{
    private const double Step = 0.04;
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(10);
    private static readonly float[] Rest = [0.1f, 0.2f, 0.3f];
    private static readonly float[] Smile = [0.1f, 4f, 0.3f];

    private readonly string _folder = Path.Combine(Path.GetTempPath(), "austream-neutral-" + Guid.NewGuid().ToString("N"));
    private readonly TrackFrames _frames = new();
    private double _time;

    public void Dispose()
    {
        if (Directory.Exists(_folder))
        {
            Directory.Delete(_folder, recursive: true);
        }
    }

    [Fact]
    public async Task The_next_still_second_becomes_the_neutral_face_whatever_it_shows()
    {
        using NeutralReferences references = Create();
        Play(references, 1, (1, Rest));
        Task<EnrolmentResult> request = references.RequestEnrolmentAsync(faceId: 1, name: null);

        Play(references, 0.9, (1, Smile));
        request.IsCompleted.ShouldBeFalse();
        Play(references, 0.3, (1, Smile))[1].ShouldBe(CalibrationState.Enrolled);

        (await request.WaitAsync(s_limit)).Succeeded.ShouldBeTrue();
        references.TryGet(1, out _, out ReadOnlySpan<float> neutral).ShouldBeTrue();
        neutral.ToArray().ShouldBe(Smile, 1e-4f);
    }

    [Fact]
    public async Task An_enrolled_face_is_not_estimated_any_more()
    {
        using NeutralReferences references = Create();
        Task<EnrolmentResult> request = references.RequestEnrolmentAsync(1, null);
        Play(references, 1.2, (1, Smile));
        await request.WaitAsync(s_limit);

        Play(references, 10, (1, Rest))[1].ShouldBe(CalibrationState.Enrolled);
        references.TryGet(1, out _, out ReadOnlySpan<float> neutral).ShouldBeTrue();
        neutral.ToArray().ShouldBe(Smile, 1e-4f);
    }

    [Fact]
    public async Task All_faces_that_are_seen_can_be_enrolled_at_once_and_each_has_its_own()
    {
        using NeutralReferences references = Create();
        Task<EnrolmentResult> request = references.RequestEnrolmentAsync(faceId: null, name: null);
        Play(references, 1.2, (3, Rest), (5, Smile));

        EnrolmentResult result = await request.WaitAsync(s_limit);
        result.Faces.ShouldBe([new FaceEnrolment(3, true, null), new FaceEnrolment(5, true, null)]);
        references.TryGet(5, out _, out ReadOnlySpan<float> neutral).ShouldBeTrue();
        neutral.ToArray().ShouldBe(Smile, 1e-4f);
    }

    public static TheoryData<string, string> Refusals => new()
    {
        { "turned", "the face is not frontal: it has to look towards the camera" },
        { "unclear", "the face is partly hidden or unclear" },
        { "small", "the face is too small: 20 pixels between the eyes are needed" },
        { "unmeasured", "the network gave no valid result for the face" },
        { "rotating", "the head moves: it has to keep still for a moment" },
        { "hidden", "the face is hidden" },
        { "lost", "the face was lost" },
    };

    [Theory]
    [MemberData(nameof(Refusals))]
    public async Task A_face_that_cannot_be_enrolled_is_refused_with_the_reason(string disturbance, string reason)
    {
        using NeutralReferences references = Create();
        Task<EnrolmentResult> request = references.RequestEnrolmentAsync(1, null);
        int frame = 0;
        for (int i = 0; i < 130; i++)
        {
            Show(references, face => Disturb(face, disturbance, frame++), (1, Rest));
        }

        EnrolmentResult result = await request.WaitAsync(s_limit);
        result.Succeeded.ShouldBeFalse();
        result.Faces.ShouldBe([new FaceEnrolment(1, false, reason)]);
    }

    [Fact]
    public async Task A_request_for_a_face_that_is_not_there_is_refused_at_once()
    {
        using NeutralReferences references = Create();
        Task<EnrolmentResult> request = references.RequestEnrolmentAsync(9, null);
        Play(references, Step, (1, Rest));
        (await request.WaitAsync(s_limit)).Failure.ShouldBe("there is no face 9 in the stream now");
    }

    [Fact]
    public async Task Nobody_in_the_picture_is_waited_for_and_then_said()
    {
        using NeutralReferences references = Create();
        Task<EnrolmentResult> request = references.RequestEnrolmentAsync(null, null);
        Play(references, 4.8);
        request.IsCompleted.ShouldBeFalse();
        Play(references, 0.4);
        (await request.WaitAsync(s_limit)).Failure.ShouldBe("no face is seen");
    }

    [Fact]
    public async Task A_name_belongs_to_one_face()
    {
        using NeutralReferences references = Create();
        Task<EnrolmentResult> request = references.RequestEnrolmentAsync(null, "anna");
        Play(references, Step, (1, Rest), (2, Rest));
        (await request.WaitAsync(s_limit)).Failure.ShouldBe("2 faces are seen, and a name belongs to one: give the face's number");
    }

    [Theory]
    [InlineData("../anna")]
    [InlineData(".anna")]
    [InlineData("")]
    [InlineData("anna maria")]
    public async Task A_name_that_could_leave_the_folder_is_refused(string name)
    {
        using NeutralReferences references = Create();
        (await references.RequestEnrolmentAsync(1, name)).Failure!.ShouldContain("cannot be a name");
    }

    [Fact]
    public async Task The_end_of_the_stream_answers_what_is_waiting_and_what_comes_later()
    {
        NeutralReferences references = Create();
        Task<EnrolmentResult> request = references.RequestEnrolmentAsync(null, null);
        references.Dispose();
        (await request.WaitAsync(s_limit)).Failure.ShouldBe("the stream ended");
        (await references.RequestEnrolmentAsync(null, null)).Failure.ShouldBe("the stream ended");
    }

    [Fact]
    public async Task A_caller_that_gives_up_is_let_go_and_nobody_is_enrolled_for_it()
    {
        using NeutralReferences references = Create();
        using CancellationTokenSource cancellation = new();
        Task<EnrolmentResult> request = references.RequestEnrolmentAsync(1, null, cancellation.Token);
        await cancellation.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => request.WaitAsync(s_limit));
        Play(references, 1.5, (1, Smile))[1].ShouldBe(CalibrationState.Estimating);
    }

    [Fact]
    public async Task Switched_off_there_is_nothing_to_enrol_for()
    {
        using NeutralReferences references = new(_frames.Manifest, TrackFrames.FeatureCount, new NeutralReferenceOptions { Mode = ReferenceMode.Off });
        (await references.RequestEnrolmentAsync(1, null)).Failure!.ShouldContain("switched off");
    }

    [Fact]
    public async Task A_stored_name_survives_the_program_and_holds_numbers_only()
    {
        NeutralStore store = new(_folder);
        using (NeutralReferences before = Create(store))
        {
            Task<EnrolmentResult> enrolment = before.RequestEnrolmentAsync(1, "anna");
            Play(before, 1.2, (1, Rest));
            (await enrolment.WaitAsync(s_limit)).Succeeded.ShouldBeTrue();
        }

        string file = store.PathOf("anna");
        File.ReadAllText(file).Length.ShouldBeLessThan(1500, "2 features and 3 raw outputs");
        if (!OperatingSystem.IsWindows())
        {
            File.GetUnixFileMode(file).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }

        using NeutralReferences after = Create(new NeutralStore(_folder));
        Task<EnrolmentResult> recall = after.RequestStoredAsync(null, "anna");
        Play(after, Step, (7, Smile))[7].ShouldBe(CalibrationState.Enrolled);
        (await recall.WaitAsync(s_limit)).Succeeded.ShouldBeTrue();
        after.TryGet(7, out ReadOnlySpan<float> features, out ReadOnlySpan<float> neutral).ShouldBeTrue();
        neutral.ToArray().ShouldBe(Rest, 1e-4f);
        features.ToArray().ShouldBe(TrackFrames.FeaturesOf(Rest), 1e-4f);
    }

    [Fact]
    public async Task The_only_person_of_a_stream_is_stored_under_its_name_and_every_later_face_is_that_person()
    {
        NeutralStore store = new(_folder);
        using NeutralReferences references = new(_frames.Manifest, TrackFrames.FeatureCount, new NeutralReferenceOptions(), store) { Person = "anna" };
        Task<EnrolmentResult> enrolment = references.RequestEnrolmentAsync(faceId: null, name: null);
        Play(references, 1.2, (1, Rest));
        (await enrolment.WaitAsync(s_limit)).Succeeded.ShouldBeTrue();

        store.TryLoad("anna", _frames.Manifest, TrackFrames.FeatureCount)!.RawIntensities.ShouldBe(Rest, 1e-4f);
        Play(references, Step, (2, Smile))[2].ShouldBe(CalibrationState.Enrolled);
    }

    [Fact]
    public async Task Without_a_store_nothing_is_written()
    {
        using NeutralReferences references = Create();
        Task<EnrolmentResult> enrolment = references.RequestEnrolmentAsync(1, "anna");
        Play(references, 1.2, (1, Rest));
        (await enrolment.WaitAsync(s_limit)).Succeeded.ShouldBeTrue();
        Directory.Exists(_folder).ShouldBeFalse();
        (await references.RequestStoredAsync(1, "anna")).Failure!.ShouldContain("calibration.store");
    }

    [Fact]
    public async Task A_folder_that_cannot_be_written_leaves_the_face_enrolled_and_says_that_it_was_not_stored()
    {
        File.WriteAllText(_folder, "a file where the folder should be");
        try
        {
            using NeutralReferences references = Create(new NeutralStore(_folder));
            Task<EnrolmentResult> enrolment = references.RequestEnrolmentAsync(1, "anna");
            Play(references, 1.2, (1, Rest))[1].ShouldBe(CalibrationState.Enrolled);
            EnrolmentResult result = await enrolment.WaitAsync(s_limit);
            result.Faces[0].Succeeded.ShouldBeTrue();
            result.Faces[0].Reason!.ShouldContain("not stored");
        }
        finally
        {
            File.Delete(_folder);
        }
    }

    [Fact]
    public async Task A_name_that_was_never_stored_says_so()
    {
        using NeutralReferences references = Create(new NeutralStore(_folder));
        (await references.RequestStoredAsync(1, "berta")).Failure.ShouldBe("no neutral face is stored under 'berta': enrol it first");
    }

    [Fact]
    public void Another_networks_numbers_and_damaged_files_are_refused_by_name()
    {
        NeutralStore store = new(_folder);
        store.Save("anna", new NeutralFace([1, 2], [1, 2, 3]), _frames.Manifest);
        store.TryLoad("anna", _frames.Manifest, 2)!.RawIntensities.ShouldBe([1f, 2, 3]);

        Should.Throw<NeutralStoreException>(() => store.TryLoad("anna", _frames.Manifest with { Sha256 = new string('1', 64), Version = "2" }, 2))
            .Message.ShouldContain("it was measured by small 1, and small 2 is in use");
        Should.Throw<NeutralStoreException>(() => store.TryLoad("anna", _frames.Manifest, 3)).Message.ShouldContain("2 features");
        File.WriteAllText(store.PathOf("anna"), "{");
        Should.Throw<NeutralStoreException>(() => store.TryLoad("anna", _frames.Manifest, 2)).Message.ShouldContain("anna.neutral.json is not a stored neutral face");
    }

    private static void Disturb(FaceObservation face, string disturbance, int frame)
    {
        switch (disturbance)
        {
            case "turned":
                face.Pose = new HeadPose(-30, 0, 0);
                break;
            case "unclear":
                face.Confidence = 0.3f;
                break;
            case "small":
                face.InterOcularDistance = 10;
                break;
            case "unmeasured":
                face.HasActionUnits = false;
                break;
            case "rotating":
                face.Pose = new HeadPose(frame % 12, 0, 0);
                break;
            case "hidden":
                face.State = frame % 10 == 9 ? FaceState.Occluded : FaceState.Tracked;
                break;
            default:
                face.State = frame > 10 ? FaceState.Lost : FaceState.Tracked;
                break;
        }
    }

    private NeutralReferences Create(NeutralStore? store = null) =>
        new(_frames.Manifest, TrackFrames.FeatureCount, new NeutralReferenceOptions(), store);

    private Dictionary<long, CalibrationState> Play(NeutralReferences references, double seconds, params (long Face, float[] Raw)[] faces)
    {
        Dictionary<long, CalibrationState> states = [];
        for (int i = 0; i < seconds / Step; i++)
        {
            states = Show(references, null, faces);
        }

        return states;
    }

    private Dictionary<long, CalibrationState> Show(NeutralReferences references, Action<FaceObservation>? change, params (long Face, float[] Raw)[] faces)
    {
        using FrameFaces frame = _frames.Frame(_time);
        foreach ((long face, float[] raw) in faces)
        {
            _frames.Add(frame, face, raw, change: change);
        }

        references.Observe(frame);
        _time += Step;
        return frame.Faces.ToDictionary(face => face.FaceId, face => face.Calibration);
    }
}
