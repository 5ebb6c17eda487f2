using AuStream.Pipeline.Assembling;
using AuStream.Stages.ActionUnits;
using AuStream.Stages.Events;
using AuStream.Stages.Faces;
using AuStream.Stages.Frames;
using AuStream.Stages.Publishing;

namespace AuStream.Graph.Tests.Assembling;

public sealed class EventStageTests
{
    private static readonly int[] Units = [6, 12];
    private readonly FramePool _pixels = new();
    private readonly FrameFacesPool _pool = new();
    private readonly EventStage _stage = new(
        Units, [1.5f, 1.5f], thresholds => new EventSmoother("cam", Units, thresholds, new EventSmootherOptions(), new EventIdGenerator(TimeProvider.System)));

    [Fact]
    public void A_threshold_that_is_changed_counts_for_presence_and_events_alike_and_open_events_begin_anew()
    {
        List<ActionUnitEvent> events = [];
        Run(0, 50, intensity: 2, events);
        events.Where(one => one.Phase == EventPhase.Start).Select(one => one.ActionUnit).ShouldBe([6, 12], ignoreOrder: true);

        _stage.SetThreshold(12, 3).ShouldBeTrue();
        events.Clear();
        Run(50, 50, intensity: 2, events).ShouldBe((true, false));
        events.Where(one => one.Phase == EventPhase.End).ShouldAllBe(one => one.EndReason == EventEndReason.ThresholdChanged);
        events.Where(one => one.Phase == EventPhase.End).Select(one => one.ActionUnit).ShouldBe([6, 12], ignoreOrder: true);
        events.Where(one => one.Phase == EventPhase.Start).Select(one => one.ActionUnit).ShouldBe([6]);

        _stage.SetThreshold(12, 1).ShouldBeTrue();
        events.Clear();
        Run(100, 50, intensity: 2, events).ShouldBe((true, true));
        events.Where(one => one.Phase == EventPhase.Start).Select(one => one.ActionUnit).ShouldBe([6, 12], ignoreOrder: true);
    }

    [Fact]
    public void An_action_unit_that_the_model_has_not_is_refused()
    {
        _stage.SetThreshold(45, 1).ShouldBeFalse();
    }

    private (bool Six, bool Twelve) Run(int first, int count, float intensity, List<ActionUnitEvent> events)
    {
        bool six = false;
        bool twelve = false;
        for (int i = first; i < first + count; i++)
        {
            VideoFrame pixels = _pixels.Rent(16, 16, YuvColor.Bt709Limited);
            pixels.Envelope = new Envelope("cam", i, i * 40_000L, DateTimeOffset.UnixEpoch, 0);
            using FrameFaces frame = _pool.Rent(pixels);
            FaceObservation face = frame.AddFace();
            face.FaceId = 1;
            face.State = i == 0 ? FaceState.Appeared : FaceState.Tracked;
            face.EnsureActionUnits(2);
            face.HasActionUnits = true;
            Array.Fill(face.Intensities, intensity);
            Array.Fill(face.Scores, intensity / 5);
            Array.Fill(face.Presence, intensity >= 1.5f);
            _stage.Process(frame, events);
            (six, twelve) = (face.Presence[0], face.Presence[1]);
        }

        return (six, twelve);
    }
}
