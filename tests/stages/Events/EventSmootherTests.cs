using AuStream.Stages.ActionUnits;
using AuStream.Stages.Events;
using AuStream.Stages.Faces;
using static AuStream.Stages.Tests.Events.EventScenario;

namespace AuStream.Stages.Tests.Events;

public sealed class EventSmootherTests
{
    [Fact]
    public void Onset_and_offset_lie_between_frames_where_the_score_crosses_and_the_mean_is_weighted_by_time()
    {
        // Up from 0 to 4 in 100–200 ms, flat to 300, down to 0 in 300–400 ms; on at 2, off at 1.
        EventScenario scenario = new EventScenario()
            .Face(0, 0).Face(100, 0).Face(200, 4).Face(300, 4).Face(400, 0).Face(500, 0);

        scenario.Events.Select(message => message.Phase).ShouldBe([EventPhase.Start, EventPhase.End]);
        ActionUnitEvent start = scenario.Events[0];
        start.ShouldSatisfyAllConditions(
            e => e.EventId.ShouldBe("e0001"),
            e => e.StreamId.ShouldBe(EventScenario.StreamId),
            e => e.FaceId.ShouldBe(1),
            e => e.ActionUnit.ShouldBe(12),
            e => e.OnsetMicroseconds.ShouldBe(150_000),
            e => e.OffsetMicroseconds.ShouldBeNull(),
            e => e.PtsMicroseconds.ShouldBe(300_000),
            e => e.EndReason.ShouldBe(EventEndReason.None));
        ActionUnitEvent end = scenario.Events[1];
        end.ShouldSatisfyAllConditions(
            e => e.EventId.ShouldBe("e0001"),
            e => e.OnsetMicroseconds.ShouldBe(150_000),
            e => e.ApexMicroseconds.ShouldBe(200_000),
            e => e.OffsetMicroseconds.ShouldBe(375_000),
            e => e.PtsMicroseconds.ShouldBe(500_000),
            e => e.PeakIntensity.ShouldBe(4),
            e => e.MeanIntensity.ShouldBe(((3 * 50) + (4 * 100) + (2.5f * 75)) / 225f, 1e-5f),
            e => e.EndReason.ShouldBe(EventEndReason.Offset));
    }

    [Fact]
    public void An_event_shorter_than_the_minimum_is_not_reported()
    {
        new EventScenario().Face(0, 0).Face(50, 4).Face(100, 4).Face(150, 0).Face(600, 0).Complete(700).Events.Count
            .ShouldBe(2, "25 to 137.5 ms is 112.5 ms");
        new EventScenario().Face(0, 0).Face(50, 4).Face(80, 4).Face(130, 0).Face(600, 0).Complete(700).Events
            .ShouldBeEmpty("25 to 117.5 ms is 92.5 ms");
    }

    [Fact]
    public void A_start_waits_for_the_minimum_duration_and_no_longer()
    {
        EventScenario scenario = new EventScenario().Curve(Every(10, 0, 400), _ => 3);

        scenario.Events.ShouldHaveSingleItem().PtsMicroseconds.ShouldBe(100_000);
        scenario.Events[0].OnsetMicroseconds.ShouldBe(0, "the face came with the action unit on");
    }

    [Fact]
    public void A_score_that_flickers_between_the_thresholds_is_one_event()
    {
        EventScenario scenario = new EventScenario()
            .Face(0, 0).Face(100, 3).Curve(Every(20, 120, 1000), time => time % 40 == 0 ? 1.1 : 2.5).Face(1100, 0).Face(1200, 0);

        scenario.Events.Count.ShouldBe(2);
    }

    [Fact]
    public void A_short_gap_is_bridged_and_a_long_one_is_not()
    {
        static double Dip(double time, double length) => time >= 500 && time < 500 + length ? 0 : 3;

        EventScenario bridged = new EventScenario().Curve(Every(10, 0, 1000), time => Dip(time, 40)).Complete(1000);
        EventScenario split = new EventScenario().Curve(Every(10, 0, 1000), time => Dip(time, 60)).Complete(1000);

        bridged.Events.Select(e => e.EventId).Distinct().Count().ShouldBe(1);
        bridged.Events[^1].MeanIntensity.ShouldBe(3 - (3 * 40f / 1000), 0.031f, "the gap counts into the mean");
        split.Events.Select(e => (e.EventId, e.Phase)).ShouldBe(
            [("e0001", EventPhase.Start), ("e0001", EventPhase.End), ("e0002", EventPhase.Start), ("e0002", EventPhase.End)]);
        split.Events[1].OffsetMicroseconds.ShouldBe(490_000 + 6_667);
        split.Events[1].PtsMicroseconds.ShouldBe(550_000, "decided at the first frame more than a gap after the offset");
        split.Events[2].OnsetMicroseconds.ShouldBe(550_000 + 6_667);
    }

    [Fact]
    public void Updates_come_at_most_every_interval_with_peak_and_mean_so_far()
    {
        EventSmootherOptions options = Unfiltered with { UpdateInterval = TimeSpan.FromMilliseconds(200) };
        EventScenario scenario = new EventScenario(options).Curve(Every(30, 0, 900), time => time < 500 ? 3 : 5).Complete(900);

        ActionUnitEvent[] updates = [.. scenario.Events.Where(e => e.Phase == EventPhase.Update)];
        updates.Select(e => e.PtsMicroseconds).ShouldBe([330_000, 540_000, 750_000]);
        updates.Select(e => e.PeakIntensity).ShouldBe([3f, 5f, 5f]);
        updates[0].MeanIntensity.ShouldBe(3, 1e-5f);
        updates[2].MeanIntensity.ShouldBe(((3 * 480) + (4 * 30) + (5 * 240)) / 750f, 1e-4f);
    }

    [Fact]
    public void The_filter_delays_the_decision_on_a_step_as_documented_but_not_the_onset()
    {
        EventSmootherOptions options = Unfiltered with { FilterTimeConstant = TimeSpan.FromMilliseconds(50), MinimumDuration = TimeSpan.Zero };
        EventScenario scenario = new EventScenario(options).Curve(Every(1, 0, 400), time => time > 100 ? 4 : 0);

        ActionUnitEvent start = scenario.Events.ShouldHaveSingleItem();
        start.OnsetMicroseconds.ShouldBe(100_500);
        double delay = 50 * Math.Log(4 / (4 - 2.0));
        (start.PtsMicroseconds / 1000.0).ShouldBe(100.5 + delay, 1.5);
    }

    [Fact]
    public void A_spike_of_one_frame_at_30_frames_per_second_is_no_event()
    {
        EventScenario scenario = new EventScenario(new EventSmootherOptions { MinimumDuration = TimeSpan.Zero })
            .Curve(Every(33.3, 0, 2000), time => time is > 990 and < 1010 ? 5 : 0.5).Complete(2000);

        scenario.Events.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(15)]
    [InlineData(25)]
    [InlineData(60)]
    [InlineData(240)]
    public void The_frame_rate_does_not_change_the_event(double framesPerSecond)
    {
        static double Smile(double time) => 4.5 * Math.Pow(Math.Sin(Math.PI * Math.Clamp((time - 500) / 1500, 0, 1)), 2);

        EventScenario reference = new EventScenario(new EventSmootherOptions()).Curve(Every(1, 0, 3000), Smile).Complete(3000);
        EventScenario scenario = new EventScenario(new EventSmootherOptions()).Curve(Every(1000 / framesPerSecond, 0, 3000), Smile).Complete(3000);

        ActionUnitEvent expected = reference.Events[^1];
        ActionUnitEvent actual = scenario.Events[^1];
        ((double)actual.OnsetMicroseconds).ShouldBe(expected.OnsetMicroseconds, 4_000);
        ((double)actual.OffsetMicroseconds!).ShouldBe((double)expected.OffsetMicroseconds!, 4_000);
        actual.PeakIntensity.ShouldBe(expected.PeakIntensity, 0.1f);
        actual.MeanIntensity.ShouldBe(expected.MeanIntensity, 0.05f);
    }

    [Fact]
    public void Jitter_and_dropped_frames_do_not_split_or_move_an_event()
    {
        static double Smile(double time) => 4.5 * Math.Pow(Math.Sin(Math.PI * Math.Clamp((time - 500) / 1500, 0, 1)), 2);
        Random random = new(5);
        double[] times = [.. Every(33.3, 0, 3000).Where(_ => random.NextDouble() > 0.3).Select(time => time + (15 * random.NextDouble()))];

        EventScenario scenario = new EventScenario(new EventSmootherOptions()).Curve(times, Smile).Complete(3100);

        scenario.Events.Select(e => e.EventId).Distinct().ShouldHaveSingleItem();
        double crossing = 500 + (1500 / Math.PI * Math.Asin(Math.Sqrt(2 / 4.5)));
        (scenario.Events[0].OnsetMicroseconds / 1000.0).ShouldBe(crossing, 10);
    }

    [Fact]
    public void A_measurement_at_the_same_or_an_earlier_time_is_ignored()
    {
        EventScenario scenario = new EventScenario().Face(0, 0).Face(100, 0).Face(100, 5).Face(50, 5).Face(300, 0).Complete(300);
        scenario.Events.ShouldBeEmpty();
    }

    [Fact]
    public void Pictures_make_no_events()
    {
        EventScenario scenario = new(Unfiltered with { MinimumDuration = TimeSpan.Zero });
        using FrameFaces faces = scenario.Rent(0, "portrait.jpg");
        FaceObservation face = faces.AddFace();
        face.EnsureActionUnits(1);
        face.Intensities[0] = 5;
        face.HasActionUnits = true;

        scenario.Smoother.Process(faces, scenario.Events);
        scenario.Complete(0).Events.ShouldBeEmpty();
    }

    [Fact]
    public void A_frame_of_another_stream_or_model_is_refused()
    {
        EventScenario scenario = new();
        Should.Throw<ArgumentException>(() => scenario.Face(0, 1, 2)).Message.ShouldContain("2 action units");
        EventSmoother other = new("other", [12], [2], Unfiltered, scenario);
        using FrameFaces faces = scenario.Rent(0, null);
        Should.Throw<ArgumentException>(() => other.Process(faces, [])).Message.ShouldContain("'other'");
        Should.Throw<ArgumentException>(() => new EventSmoother("s", [12], [1, 2], Unfiltered, scenario));
        Should.Throw<ArgumentException>(() => new EventSmoother("s", [12], [0], Unfiltered, scenario));
    }
}
