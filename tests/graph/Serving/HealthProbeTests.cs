using AuStream.Pipeline.Observing;
using AuStream.Pipeline.Serving;
using AuStream.Testing;

namespace AuStream.Graph.Tests.Serving;

public sealed class HealthProbeTests
{
    private readonly ManualTimeProvider _time = new();

    [Fact]
    public void Streams_that_deliver_are_alive_and_ready()
    {
        HealthProbe probe = new(Monitors.State(Monitors.Create("a", "running", _time), Monitors.Create("b", "ended", _time)));

        probe.Live().IsGood.ShouldBeTrue();
        probe.Ready().IsGood.ShouldBeTrue();
    }

    [Fact]
    public void A_lost_camera_degrades_readiness_and_never_liveness()
    {
        HealthProbe probe = new(Monitors.State(Monitors.Create("a", "running", _time), Monitors.Create("b", "waiting, attempt 3", _time)));
        _time.Advance(TimeSpan.FromHours(10));

        probe.Live().IsGood.ShouldBeTrue();
        probe.Ready().ShouldSatisfyAllConditions(ready => ready.IsGood.ShouldBeFalse(), ready => ready.Reasons.ShouldBe(["stream b: waiting, attempt 3"]));
    }

    [Fact]
    public void A_broker_that_is_away_degrades_readiness_with_its_reason()
    {
        HealthProbe probe = new(Monitors.State(Monitors.Create("a", "running", _time, null, new FakeSink { Trouble = "connection refused" })));

        probe.Live().IsGood.ShouldBeTrue();
        probe.Ready().Reasons.ShouldBe(["stream a: mqtt: connection refused"]);
    }

    [Fact]
    public void Frames_that_are_stuck_inside_for_a_minute_are_the_end_of_liveness()
    {
        StreamMetrics metrics = new(_time);
        HealthProbe probe = new(Monitors.State(Monitors.Create("a", "running", _time, metrics)));
        _time.Advance(TimeSpan.FromHours(1));
        metrics.CountFrameIn();
        _time.Advance(TimeSpan.FromSeconds(60));
        probe.Live().IsGood.ShouldBeTrue("the silent hour before the frame does not count");

        _time.Advance(TimeSpan.FromSeconds(1));

        probe.Live().Reasons.ShouldBe(["stream a: frames have been stuck inside for 61 s"]);
        metrics.CountFrameOut(1, 0, TimeSpan.FromSeconds(61));
        probe.Live().IsGood.ShouldBeTrue();
    }

    [Fact]
    public void Frames_that_a_failed_graph_took_along_are_stuck_nowhere_and_its_sinks_have_no_trouble()
    {
        StreamMetrics metrics = new(_time);
        StreamMonitor monitor = Monitors.Create("a", "restarting", _time, metrics, new FakeSink { Trouble = "closed" });
        metrics.CountFrameIn();
        monitor.Leave();
        _time.Advance(TimeSpan.FromMinutes(10));
        HealthProbe probe = new(Monitors.State(monitor));

        probe.Live().IsGood.ShouldBeTrue();
        probe.Ready().Reasons.ShouldBe(["stream a: restarting"]);
        monitor.Totals().DroppedByFault.ShouldBe(1);
    }

    [Fact]
    public void A_service_without_streams_yet_is_alive_and_not_ready()
    {
        HealthProbe probe = new(Monitors.State());

        probe.Live().IsGood.ShouldBeTrue();
        probe.Ready().IsGood.ShouldBeFalse();
    }
}
