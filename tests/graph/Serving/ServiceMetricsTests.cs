using System.Diagnostics.Metrics;
using AuStream.Pipeline.Observing;
using AuStream.Pipeline.Serving;
using AuStream.Stages.Publishing;
using AuStream.Testing;

namespace AuStream.Graph.Tests.Serving;

public sealed class ServiceMetricsTests
{
    private readonly ManualTimeProvider _time = new();

    [Fact]
    public void A_stream_tells_what_came_in_was_measured_and_was_dropped_and_why()
    {
        StreamMetrics metrics = new(_time) { FramesDropped = () => 2 };
        StreamMonitor monitor = Monitors.Create("cam", "running", _time, metrics, new FakeSink { Counters = new SinkCounters(3, 1, 4, 0, 7, 900) });
        for (int i = 0; i < 6; i++)
        {
            metrics.CountFrameIn();
        }

        metrics.CountFrameOut(2, 5, TimeSpan.FromMilliseconds(30));
        metrics.CountReconnect();
        string text = Text(monitor);

        text.ShouldContain("austream_stream_up{stream=\"cam\"} 1\n");
        text.ShouldContain("austream_stream_frames_in_total{stream=\"cam\"} 6\n");
        text.ShouldContain("austream_stream_frames_measured_total{stream=\"cam\"} 1\n");
        text.ShouldContain("austream_stream_frames_dropped_total{stream=\"cam\",reason=\"overload\"} 2\n");
        text.ShouldContain("austream_stream_frames_dropped_total{stream=\"cam\",reason=\"fault\"} 0\n");
        text.ShouldContain("austream_stream_frames_under_way{stream=\"cam\"} 3\n");
        text.ShouldContain("austream_stream_faces{stream=\"cam\"} 2\n");
        text.ShouldContain("austream_stream_events_total{stream=\"cam\"} 5\n");
        text.ShouldContain("austream_stream_reconnects_total{stream=\"cam\"} 1\n");
        text.ShouldContain("austream_stream_latency_seconds_bucket{stream=\"cam\",le=\"0.02\"} 0\n");
        text.ShouldContain("austream_stream_latency_seconds_bucket{stream=\"cam\",le=\"0.04\"} 1\n");
        text.ShouldContain("austream_sink_sent_total{stream=\"cam\",sink=\"mqtt\",kind=\"event\"} 4\n");
        text.ShouldContain("austream_sink_failed_total{stream=\"cam\",sink=\"mqtt\",kind=\"frame\"} 1\n");
        text.ShouldContain("austream_sink_spooled{stream=\"cam\",sink=\"mqtt\"} 7\n");
        text.ShouldContain("austream_sink_bytes_total{stream=\"cam\",sink=\"mqtt\"} 900\n");
        text.ShouldContain("process_resident_memory_bytes ");
    }

    [Fact]
    public void A_restart_loses_no_count_and_frames_that_a_failed_stage_took_along_are_counted()
    {
        StreamMetrics before = new(_time);
        FakeSink sink = new() { Counters = new SinkCounters(1, 0, 2, 0, 3, 100) };
        StreamMonitor monitor = Monitors.Create("cam", "running", _time, before, sink);
        before.CountFrameIn();
        before.CountFrameIn();
        before.CountFrameOut(1, 1, TimeSpan.FromMilliseconds(5));
        StreamMetrics after = new(_time);
        monitor.Follow(after, [new FakeSink { Counters = new SinkCounters(10, 0, 20, 0, 30, 1000) }]);
        after.CountFrameIn();
        after.CountFrameOut(1, 1, TimeSpan.FromMilliseconds(5));

        StreamTotals totals = monitor.Totals();

        totals.FramesIn.ShouldBe(3);
        totals.FramesOut.ShouldBe(2);
        totals.DroppedByFault.ShouldBe(1);
        totals.LatencyCounts.Sum().ShouldBe(2);
        totals.Sinks["mqtt"].ShouldBe(new SinkCounters(11, 0, 22, 0, 30, 1100));
        monitor.Restarts.ShouldBe(1);
    }

    [Fact]
    public void Instruments_for_collectors_carry_the_same_names_labels_and_values()
    {
        StreamMetrics metrics = new(_time);
        ServiceState state = Monitors.State(Monitors.Create("cam", "running", _time, metrics));
        using TelemetryExport export = TelemetryExport.CreateInstruments(state, _time);
        metrics.CountFrameIn();
        metrics.CountFrameOut(1, 0, TimeSpan.FromMilliseconds(30));
        List<(string Name, double Value, string Labels)> seen = [];
        using MeterListener listener = new()
        {
            InstrumentPublished = (instrument, me) =>
            {
                if (instrument.Meter.Name == TelemetryExport.MeterName)
                {
                    me.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => seen.Add((instrument.Name, value, string.Join(',', tags.ToArray().Select(tag => $"{tag.Key}={tag.Value}")))));
        listener.Start();
        _time.Advance(TimeSpan.FromSeconds(1));

        listener.RecordObservableInstruments();

        seen.ShouldContain(("austream_stream_frames_in_total", 1.0, "stream=cam"));
        seen.ShouldContain(("austream_stream_latency_seconds_count", 1.0, "stream=cam"));
        seen.ShouldContain(("austream_stream_latency_seconds_bucket", 1.0, "stream=cam,le=0.04"));
        seen.ShouldContain(("austream_stream_latency_seconds_bucket", 0.0, "stream=cam,le=0.02"));
    }

    private static string Text(StreamMonitor monitor) => PrometheusText.Write(new ServiceMetrics(Monitors.State(monitor)).Collect());
}
