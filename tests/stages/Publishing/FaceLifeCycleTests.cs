using AuStream.Stages.Faces;
using AuStream.Stages.Publishing;

namespace AuStream.Stages.Tests.Publishing;

public sealed class FaceLifeCycleTests
{
    private readonly SampleFrames _frames = new([12]);
    private readonly FaceLifeCycle _lifeCycle = new(new EventIdGenerator(TimeProvider.System));

    [Fact]
    public void A_face_appears_once_and_is_lost_once_under_the_same_event_id()
    {
        FaceEvent appeared = Observe(0, (1, FaceState.Appeared)).ShouldHaveSingleItem();
        Observe(1, (1, FaceState.Tracked)).ShouldBeEmpty();
        Observe(2, (1, FaceState.Occluded)).ShouldBeEmpty();
        FaceEvent lost = Observe(3, (1, FaceState.Lost)).ShouldHaveSingleItem();
        Observe(4).ShouldBeEmpty();
        _lifeCycle.Complete().ShouldBeEmpty();

        appeared.Phase.ShouldBe(FaceEventPhase.Appeared);
        appeared.PtsMicroseconds.ShouldBe(0);
        lost.ShouldBe(new FaceEvent(appeared.EventId, 1, FaceEventPhase.Lost, 120_000, 0, 40_000, StreamEnded: false));
    }

    [Fact]
    public void Faces_that_are_there_at_the_end_are_lost_with_the_stream_in_order_of_their_ids()
    {
        Observe(0, (1, FaceState.Appeared), (2, FaceState.Appeared)).Count.ShouldBe(2);
        Observe(1, (1, FaceState.Tracked), (2, FaceState.Occluded));
        IReadOnlyList<FaceEvent> lost = _lifeCycle.Complete();
        lost.Select(e => (e.FaceId, e.LastSeenMicroseconds, e.StreamEnded)).ShouldBe([(1, 40_000, true), (2, 0, true)]);
    }

    [Fact]
    public void A_face_whose_first_frame_was_missed_still_appears()
    {
        Observe(5, (3, FaceState.Tracked)).ShouldHaveSingleItem().Phase.ShouldBe(FaceEventPhase.Appeared);
        Observe(6, (4, FaceState.Lost)).ShouldBeEmpty("a face that never appeared cannot be lost");
    }

    private IReadOnlyList<FaceEvent> Observe(long sequence, params (long, FaceState)[] faces)
    {
        using FrameFaces frame = _frames.Frame(sequence, faces);
        return [.. _lifeCycle.Observe(frame)];
    }
}
