using AuStream.Stages.ActionUnits;
using AuStream.Stages.Events;
using AuStream.Stages.Faces;
using static AuStream.Stages.Tests.Events.EventScenario;

namespace AuStream.Stages.Tests.Events;

public sealed class EventEndingTests
{
    private static readonly EventSmootherOptions Options = Unfiltered with { OcclusionPatience = TimeSpan.FromMilliseconds(300) };

    [Fact]
    public void A_lost_face_ends_its_events_where_it_was_last_measured()
    {
        EventScenario scenario = Smiling(until: 500).Unseen(550, FaceState.Lost);

        ShouldEnd(scenario, offset: 500, pts: 550, EventEndReason.FaceLost);
        scenario.Smoother.FaceCount.ShouldBe(0);
    }

    [Fact]
    public void An_occlusion_within_the_patience_does_not_end_the_event()
    {
        EventScenario scenario = Smiling(until: 500)
            .Unseen(600, FaceState.Occluded).Unseen(700, FaceState.Occluded).Face(800, 3).Face(850, 3);

        scenario.Events.ShouldHaveSingleItem();
        scenario.Complete(900);
        ShouldEnd(scenario, offset: 850, pts: 900, EventEndReason.StreamEnded);
    }

    [Fact]
    public void An_occlusion_beyond_the_patience_ends_it_and_a_new_one_may_start()
    {
        EventScenario scenario = Smiling(until: 500).Unseen(700, FaceState.Occluded).Unseen(801, FaceState.Occluded);

        ShouldEnd(scenario, offset: 500, pts: 801, EventEndReason.FaceLost);
        scenario.Curve(Every(10, 900, 1100), _ => 3);
        scenario.Events.Count.ShouldBe(3);
        scenario.Events[2].OnsetMicroseconds.ShouldBe(900_000);
    }

    [Fact]
    public void A_face_that_vanishes_without_a_record_is_let_go_after_the_patience()
    {
        EventScenario scenario = Smiling(until: 500).Frame(700).Frame(801);

        ShouldEnd(scenario, offset: 500, pts: 801, EventEndReason.FaceLost);
        scenario.Smoother.FaceCount.ShouldBe(0);
    }

    [Fact]
    public void A_hole_in_the_stream_longer_than_the_patience_ends_the_event_at_its_edge()
    {
        EventScenario scenario = Smiling(until: 500).Face(2000, 3);

        ShouldEnd(scenario, offset: 500, pts: 2000, EventEndReason.FaceLost);
    }

    [Fact]
    public void At_the_end_of_the_stream_everything_open_is_ended()
    {
        EventScenario scenario = Smiling(until: 500).Complete(520);

        ShouldEnd(scenario, offset: 500, pts: 520, EventEndReason.StreamEnded);
        scenario.Complete(530).Events.Count.ShouldBe(2, "nothing is ended twice");
        Should.Throw<ArgumentOutOfRangeException>(() => scenario.Complete(540, EventEndReason.None));
    }

    [Fact]
    public void An_action_unit_that_had_gone_away_ends_as_offset_even_at_the_end_of_the_stream()
    {
        EventScenario scenario = Smiling(until: 500).Face(510, 0).Complete(520);

        scenario.Events[^1].EndReason.ShouldBe(EventEndReason.Offset);
        scenario.Events[^1].OffsetMicroseconds.ShouldBe(506_667);
    }

    [Fact]
    public void A_gap_that_ends_while_the_face_is_hidden_ends_the_event()
    {
        EventScenario scenario = Smiling(until: 500).Face(510, 0).Unseen(540, FaceState.Occluded);
        scenario.Events.Count.ShouldBe(1);

        scenario.Unseen(570, FaceState.Occluded).Events[^1].ShouldSatisfyAllConditions(
            e => e.Phase.ShouldBe(EventPhase.End),
            e => e.EndReason.ShouldBe(EventEndReason.Offset));
    }

    [Fact]
    public void A_score_that_is_not_a_number_counts_as_not_measured()
    {
        EventScenario scenario = Smiling(until: 500).Face(520, float.NaN).Face(540, float.PositiveInfinity).Face(560, 3).Complete(560);

        scenario.Events.Count.ShouldBe(2);
        scenario.Events[^1].PeakIntensity.ShouldBe(3);
        scenario.Events[^1].MeanIntensity.ShouldBe(3, 1e-6f);
    }

    [Fact]
    public void Scores_that_stay_not_a_number_end_the_event_after_the_patience()
    {
        EventScenario scenario = Smiling(until: 500).Curve(Every(20, 520, 820), _ => double.NaN);

        ShouldEnd(scenario, offset: 500, pts: 820, EventEndReason.FaceLost);
    }

    [Fact]
    public void A_visible_face_without_action_units_counts_as_not_measured()
    {
        EventScenario scenario = Smiling(until: 500).Unseen(700, FaceState.Tracked).Unseen(801, FaceState.Tracked);
        ShouldEnd(scenario, offset: 500, pts: 801, EventEndReason.FaceLost);
    }

    private static EventScenario Smiling(double until) => new EventScenario(Options).Curve(Every(10, 0, until), _ => 3);

    private static void ShouldEnd(EventScenario scenario, double offset, double pts, EventEndReason reason)
    {
        scenario.Events.Count.ShouldBe(2);
        scenario.Events[1].ShouldSatisfyAllConditions(
            e => e.Phase.ShouldBe(EventPhase.End),
            e => e.EventId.ShouldBe(scenario.Events[0].EventId),
            e => e.OffsetMicroseconds.ShouldBe((long)(offset * 1000)),
            e => e.PtsMicroseconds.ShouldBe((long)(pts * 1000)),
            e => e.EndReason.ShouldBe(reason));
    }
}
