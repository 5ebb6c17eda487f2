using AuStream.Models.Sessions;
using AuStream.Stages.Calibrating;
using AuStream.Stages.Faces;
using AuStream.Stages.Temporal;
using AuStream.Stages.Tests.Calibrating;
using AuStream.Testing;
using FsCheck;
using FsCheck.Fluent;

namespace AuStream.Stages.Tests.Temporal;

public sealed class TemporalHeadTests : IDisposable
{
    private readonly SmallHead _small = SmallHead.LeakyIntegrator();
    private readonly TrackFrames _frames;

    public TemporalHeadTests() => _frames = new TrackFrames(_small.Manifest);

    public void Dispose() => _small.Dispose();

    [Fact]
    public void Each_step_continues_the_tracks_state_over_the_time_that_passed()
    {
        using TemporalHead head = new(_small.Manifest, _small.Session);
        double[] times = [5, 5.04, 5.08, 5.5];
        float[] inputs = [2, 0, 1, 4];
        double integral = 0;
        for (int i = 0; i < times.Length; i++)
        {
            integral = (integral * (i == 0 ? 1 : Math.Exp(-(times[i] - times[i - 1])))) + inputs[i];
            FaceObservation face = Step(head, times[i], 1, inputs[i]);
            ((double)face.Intensities[0]).ShouldBe(integral / 10, 1e-5);
            face.Scores[0].ShouldBe(face.Intensities[0] / 5);
            face.Presence[0].ShouldBe(face.Intensities[0] >= 0.5f, "thresholds are the head's own");
        }
    }

    [Fact]
    public void Tracks_do_not_see_each_other_whatever_the_batch()
    {
        using TemporalHead together = new(_small.Manifest, _small.Session);
        TemporalHead[] alone = [.. Enumerable.Range(0, 70).Select(_ => new TemporalHead(_small.Manifest, _small.Session))];
        Random random = new(3);
        for (int step = 0; step < 5; step++)
        {
            double time = 0.1 * step;
            using FrameFaces crowd = _frames.Frame(time);
            for (int i = 0; i < alone.Length; i++)
            {
                // A face that is away now and then changes everybody's place in the batch.
                if (random.Next(4) > 0)
                {
                    _frames.Add(crowd, i + 1, Raw(5 * random.NextSingle()), [0, 0]);
                }
            }

            float[][] raw = [.. crowd.Faces.Select(face => face.RawIntensities.ToArray())];
            together.Process(crowd);
            for (int i = 0; i < raw.Length; i++)
            {
                FaceObservation face = crowd.Faces[i];
                face.Intensities[0].ShouldBe(Step(alone[face.FaceId - 1], time, face.FaceId, raw[i][0]).Intensities[0], 1e-6f);
            }
        }

        together.TrackCount.ShouldBe(70);
        Array.ForEach(alone, head => head.Dispose());
    }

    [Theory]
    [InlineData(0.99, true)]
    [InlineData(1.01, false)]
    [InlineData(-0.01, false)]
    public void A_gap_longer_than_the_manifests_or_time_that_runs_backwards_begins_anew(double gap, bool continues)
    {
        using TemporalHead head = new(_small.Manifest, _small.Session);
        Step(head, 10, 1, 3);
        double expected = continues ? (3 * Math.Exp(-gap)) + 1 : 1;
        ((double)Step(head, 10 + gap, 1, 1).Intensities[0]).ShouldBe(expected / 10, 1e-5);
    }

    [Fact]
    public void Frames_that_were_not_measured_count_towards_the_gap()
    {
        using TemporalHead head = new(_small.Manifest, _small.Session);
        Step(head, 0, 1, 3);
        for (int i = 1; i <= 20; i++)
        {
            Step(head, i * 0.04, 1, 3, face => face.HasActionUnits = false).HasActionUnits.ShouldBeFalse();
        }

        ((double)Step(head, 0.9, 1, 1).Intensities[0]).ShouldBe(((3 * Math.Exp(-0.9)) + 1) / 10, 1e-5);
        for (int i = 1; i <= 30; i++)
        {
            Step(head, 0.9 + (i * 0.04), 1, 3, face => face.State = FaceState.Occluded);
        }

        ((double)Step(head, 2.2, 1, 1).Intensities[0]).ShouldBe(0.1, 1e-5);
    }

    [Fact]
    public void A_lost_face_is_forgotten_and_its_room_is_used_again_from_zeros()
    {
        using TemporalHead head = new(_small.Manifest, _small.Session);
        Step(head, 0, 1, 5);
        Step(head, 0.04, 1, 5, face => face.State = FaceState.Lost);
        head.TrackCount.ShouldBe(0);
        Step(head, 0.08, 2, 1).Intensities[0].ShouldBe(0.1f, 1e-6f);
    }

    [Fact]
    public void A_face_that_vanished_without_a_word_is_let_go()
    {
        using TemporalHead head = new(_small.Manifest, _small.Session);
        Step(head, 0, 1, 5);
        Step(head, 1.2, 2, 5);
        head.TrackCount.ShouldBe(1);
    }

    [Fact]
    public void The_tracks_reference_is_handed_over_once_there_is_one()
    {
        NeutralFace neutral = new([0.25f, 0], [0, 0, 0]);
        using NeutralReferences references = new(
            _small.Manifest, TrackFrames.FeatureCount, new NeutralReferenceOptions { Mode = ReferenceMode.Enrolled }, known: (_, _) => neutral);
        using TemporalHead with = new(_small.Manifest, _small.Session, references);
        using TemporalHead without = new(_small.Manifest, _small.Session);
        using FrameFaces frame = _frames.Frame(0, 1, Raw(2), [0, 0]);
        references.Observe(frame);
        with.Process(frame);
        frame.Faces[0].Intensities[0].ShouldBe(0.2f + 0.25f, 1e-6f);
        Step(without, 0, 1, 2).Intensities[0].ShouldBe(0.2f, 1e-6f);
    }

    [Fact]
    public void A_head_without_reference_needs_no_inputs_for_one()
    {
        using SmallHead small = SmallHead.LeakyIntegrator(usesReference: false);
        using TemporalHead head = new(small.Manifest, small.Session);
        Step(head, 0, 1, 2).Intensities[0].ShouldBe(0.2f, 1e-6f);
    }

    [Fact]
    public void A_result_that_is_not_a_number_leaves_the_face_unmeasured_and_its_state_begins_anew()
    {
        using TemporalHead head = new(_small.Manifest, _small.Session);
        Step(head, 0, 1, 4);
        Step(head, 0.04, 1, 4, face => face.Features[1] = -1).HasActionUnits.ShouldBeFalse();
        FaceObservation after = Step(head, 0.08, 1, 2);
        after.HasActionUnits.ShouldBeTrue();
        after.Intensities[0].ShouldBe(0.2f, 1e-6f);
        head.Faults.ShouldBe(1);
    }

    [Fact]
    public void NaN_never_passes() => Prop.ForAll(Seeds.Any, seed =>
    {
        Random random = new(seed);
        using TemporalHead head = new(_small.Manifest, _small.Session);
        for (int i = 0; i < 60; i++)
        {
            float[] odd = [0, 1, float.NaN, float.PositiveInfinity, float.NegativeInfinity, float.MaxValue, -3];
            FaceObservation face = Step(head, i * 0.04, 1 + random.Next(3), 3 * random.NextSingle(), face =>
            {
                if (random.Next(3) == 0)
                {
                    face.Features[random.Next(2)] = odd[random.Next(odd.Length)];
                }
            });
            if (face.HasActionUnits)
            {
                face.Intensities.ShouldAllBe(value => value >= 0 && value <= 5);
                face.Scores.ShouldAllBe(value => value >= 0 && value <= 1);
            }
        }
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Pictures_have_no_course_of_time_and_are_left_as_they_are()
    {
        using TemporalHead head = new(_small.Manifest, _small.Session);
        using FrameFaces frame = _frames.Frame(0, "a.png");
        FaceObservation face = _frames.Add(frame, 1, Raw(3), [0, 0]);
        head.Process(frame);
        face.Intensities[0].ShouldBe(3);
        head.TrackCount.ShouldBe(0);
    }

    [Fact]
    public void The_same_frames_give_the_same_bits()
    {
        float[] Run()
        {
            using TemporalHead head = new(_small.Manifest, _small.Session);
            Random random = new(11);
            return [.. Enumerable.Range(0, 200).Select(i => Step(head, i * 0.033, 1 + random.Next(3), 5 * random.NextSingle()).Intensities[0])];
        }

        Run().Select(BitConverter.SingleToInt32Bits).ShouldBe(Run().Select(BitConverter.SingleToInt32Bits));
    }

    [Fact]
    public void A_frame_allocates_nothing()
    {
        using TemporalHead head = new(_small.Manifest, _small.Session);
        FrameFaces[] frames = [.. Enumerable.Range(0, 300).Select(i =>
        {
            FrameFaces frame = _frames.Frame(i * 0.04);
            for (int face = 1; face <= 5; face++)
            {
                _frames.Add(frame, face, Raw(1), [0, 0]);
            }

            return frame;
        })];
        head.Process(frames[0]);
        int next = 1;
        AllocationMeter.Least(() =>
        {
            for (int i = 0; i < 50; i++)
            {
                head.Process(frames[next++]);
            }
        }).ShouldBe(0);
    }

    [Theory]
    [InlineData("state_out", 6, "it has no output 'next_state' [N, 6]; it has an output 'state_out' that the contract does not know")]
    [InlineData("next_state", 8, "its input 'state' is [N, 8], the manifest asks for [N, 6]")]
    public void A_head_that_is_not_what_the_manifest_describes_is_refused(string nextState, int length, string message)
    {
        using SmallHead foreign = SmallHead.Foreign(nextState, length);
        string text = Should.Throw<ModelLoadException>(() => new TemporalHead(foreign.Manifest, foreign.Session)).Message;
        text.ShouldContain(message);
        text.ShouldContain("small.temporal.onnx");
    }

    private static float[] Raw(float value) => [value, value, value];

    private FaceObservation Step(TemporalHead head, double seconds, long faceId, float raw, Action<FaceObservation>? change = null)
    {
        FrameFaces frame = _frames.Frame(seconds, faceId, Raw(raw), [0, 0], change);
        head.Process(frame);
        return frame.Faces[0];
    }
}
