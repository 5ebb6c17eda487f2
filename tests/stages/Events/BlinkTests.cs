using AuStream.Stages.ActionUnits;
using AuStream.Stages.Events;
using static AuStream.Stages.Tests.Events.EventScenario;

namespace AuStream.Stages.Tests.Events;

public sealed class BlinkTests
{
    [Fact]
    public void A_short_closure_is_reported_as_AU45_once_it_is_over()
    {
        EventScenario scenario = Closed(from: 300, to: 420, [43]);

        scenario.Events.Select(e => (e.ActionUnit, e.Phase, e.EventId)).ShouldBe(
            [(45, EventPhase.Start, "e0001"), (45, EventPhase.End, "e0001")]);
        scenario.Events[1].ShouldSatisfyAllConditions(
            e => e.OnsetMicroseconds.ShouldBe(295_000),
            e => e.OffsetMicroseconds.ShouldBe(427_500),
            e => e.PeakIntensity.ShouldBe(4),
            e => e.EndReason.ShouldBe(EventEndReason.Offset));
        scenario.Events[0].PtsMicroseconds.ShouldBe(scenario.Events[1].PtsMicroseconds);
    }

    [Fact]
    public void A_closure_longer_than_half_a_second_is_AU43()
    {
        EventScenario scenario = Closed(from: 300, to: 900, [43]);

        scenario.Events.Select(e => (e.ActionUnit, e.Phase)).ShouldBe([(43, EventPhase.Start), (43, EventPhase.End)]);
        scenario.Events[0].OnsetMicroseconds.ShouldBe(295_000);
        scenario.Events[0].PtsMicroseconds.ShouldBe(800_000, "it cannot be known before");
    }

    [Fact]
    public void Half_a_second_exactly_is_still_a_blink()
    {
        // Off at 1, from 4 to 0 in 10 ms: 7.5 ms after the last closed frame; on at 2: 5 ms before the first.
        EventScenario scenario = new EventScenario(actionUnits: [43])
            .Curve(Every(10, 0, 290), _ => 0).Face(300, 4).Face(787.5, 4).Face(797.5, 0).Face(1000, 0);

        scenario.Events[^1].ShouldSatisfyAllConditions(
            e => (e.OffsetMicroseconds - e.OnsetMicroseconds).ShouldBe(500_000),
            e => e.ActionUnit.ShouldBe(45));
    }

    [Fact]
    public void A_closure_shorter_than_a_blink_is_nothing()
    {
        EventScenario scenario = new EventScenario(actionUnits: [43])
            .Face(0, 0).Face(10, 4).Face(30, 4).Face(40, 0).Face(200, 0).Complete(300);

        scenario.Events.ShouldBeEmpty("5 to 37.5 ms is below 40 ms");
    }

    [Fact]
    public void Eyes_still_closed_at_the_end_are_no_blink_but_reopened_ones_are()
    {
        EventScenario open = new EventScenario(actionUnits: [43]).Face(0, 0).Curve(Every(10, 100, 200), _ => 4).Complete(210);
        EventScenario reopened = new EventScenario(actionUnits: [43])
            .Face(0, 0).Curve(Every(10, 100, 200), _ => 4).Face(210, 0).Complete(220);

        open.Events.ShouldBeEmpty();
        reopened.Events.Select(e => (e.ActionUnit, e.Phase)).ShouldBe([(45, EventPhase.Start), (45, EventPhase.End)]);
    }

    [Fact]
    public void A_model_with_AU45_of_its_own_and_an_option_of_zero_leave_AU43_alone()
    {
        EventScenario own = new EventScenario(actionUnits: [43, 45]);
        foreach (double time in Every(10, 0, 1000))
        {
            own.Face(time, time is >= 300 and <= 450 ? 4 : 0, 0);
        }

        own.Events.Select(e => (e.ActionUnit, e.Phase)).ShouldBe([(43, EventPhase.Start), (43, EventPhase.End)]);

        EventSmootherOptions off = Unfiltered with { BlinkMaximumDuration = TimeSpan.Zero, BlinkMinimumDuration = TimeSpan.Zero };
        EventScenario switchedOff = new EventScenario(off, [43]).Curve(Every(10, 0, 1000), time => time is >= 300 and <= 450 ? 4 : 0);
        switchedOff.Events.Select(e => (e.ActionUnit, e.Phase)).ShouldBe([(43, EventPhase.Start), (43, EventPhase.End)]);
    }

    private static EventScenario Closed(double from, double to, int[] actionUnits) =>
        new EventScenario(actionUnits: actionUnits).Curve(Every(10, 0, 1500), time => time >= from && time <= to ? 4 : 0).Complete(1500);
}
