using System.Diagnostics;
using AuStream.Models.Sessions;
using AuStream.Pipeline.Benchmarking;
using AuStream.Pipeline.Observing;
using AuStream.Stages.Publishing;

namespace AuStream.Pipeline.Serving;

/// <summary>All metrics of the service, for Prometheus and OpenTelemetry alike. Thread-safe.</summary>
public sealed class ServiceMetrics(ServiceState state)
{
    /// <summary>The metrics now.</summary>
    public IReadOnlyList<MetricFamily> Collect()
    {
        (StreamMonitor Stream, StreamTotals Totals)[] streams = [.. state.Streams.Select(stream => (stream, stream.Totals()))];
        return [.. StreamFamilies(streams), .. SinkFamilies(streams), .. ModelFamilies(), .. TurnFamilies(), .. ProcessFamilies()];
    }

    private static IEnumerable<MetricFamily> StreamFamilies((StreamMonitor Stream, StreamTotals Totals)[] streams)
    {
        MetricFamily Each(string name, MetricKind kind, string help, Func<StreamMonitor, StreamTotals, double> value) =>
            new(name, kind, help, [.. streams.Select(one => new MetricSample([new("stream", one.Stream.Id)], value(one.Stream, one.Totals)))]);

        yield return Each("austream_stream_up", MetricKind.Gauge, "1 while the stream does what it should, 0 while its source is away.", (stream, _) => stream.IsReady ? 1 : 0);
        yield return Each("austream_stream_frames_in_total", MetricKind.Counter, "Frames that the decoder delivered.", (_, totals) => totals.FramesIn);
        yield return Each("austream_stream_frames_measured_total", MetricKind.Counter, "Frames whose results were handed to the sinks.", (_, totals) => totals.FramesOut);
        yield return new("austream_stream_frames_dropped_total", MetricKind.Counter, "Frames that were not measured: overload (newer ones came first) or fault (a stage failed).",
        [
            .. streams.SelectMany(one => (MetricSample[])
            [
                new([new("stream", one.Stream.Id), new("reason", "overload")], one.Totals.DroppedByOverload),
                new([new("stream", one.Stream.Id), new("reason", "fault")], one.Totals.DroppedByFault),
            ]),
        ]);
        yield return Each("austream_stream_frames_under_way", MetricKind.Gauge, "Frames between the decoder and the sinks now.", (stream, _) => stream.Metrics?.FramesUnderWay ?? 0);
        yield return Each("austream_stream_faces", MetricKind.Gauge, "Visible faces in the latest frame.", (stream, _) => stream.Metrics?.FacesNow ?? 0);
        yield return Each("austream_stream_faces_total", MetricKind.Counter, "Visible faces summed over all frames.", (_, totals) => totals.Faces);
        yield return Each("austream_stream_events_total", MetricKind.Counter, "Event messages.", (_, totals) => totals.Events);
        yield return Each("austream_stream_reconnects_total", MetricKind.Counter, "Times the source was opened again.", (_, totals) => totals.Reconnects);
        yield return Each("austream_stream_restarts_total", MetricKind.Counter, "Times the stream was started again after a fault or with another configuration.", (stream, _) => stream.Restarts);
        yield return new("austream_stream_latency_seconds", MetricKind.Histogram, "From a frame's arrival to the end of its publication.",
            [.. streams.Select(one => new MetricSample([new("stream", one.Stream.Id)], one.Totals.LatencySum, FixedHistogram.Seconds, one.Totals.LatencyCounts))]);
        yield return new("austream_stream_stage_seconds_total", MetricKind.Counter, "Time that each stage worked; decode_wait is time spent waiting for the decoder.",
            [.. streams.SelectMany(one => one.Totals.StageSeconds.Select(stage => new MetricSample([new("stream", one.Stream.Id), new("stage", stage.Key)], stage.Value)))]);
    }

    private static IEnumerable<MetricFamily> SinkFamilies((StreamMonitor Stream, StreamTotals Totals)[] streams)
    {
        (string Stream, string Sink, SinkCounters Counters)[] sinks = [.. streams.SelectMany(one => one.Totals.Sinks.Select(sink => (one.Stream.Id, sink.Key, sink.Value)))];
        KeyValuePair<string, string>[] Labels(string stream, string sink, string? kind = null) =>
            kind is null ? [new("stream", stream), new("sink", sink)] : [new("stream", stream), new("sink", sink), new("kind", kind)];

        yield return new("austream_sink_sent_total", MetricKind.Counter, "Frames and events written, or taken by the other side.",
            [.. sinks.SelectMany(one => (MetricSample[])[new(Labels(one.Stream, one.Sink, "frame"), one.Counters.FramesSent), new(Labels(one.Stream, one.Sink, "event"), one.Counters.EventsSent)])]);
        yield return new("austream_sink_failed_total", MetricKind.Counter, "Frames dropped, and events lost or rejected; an event here is an alarm.",
            [.. sinks.SelectMany(one => (MetricSample[])[new(Labels(one.Stream, one.Sink, "frame"), one.Counters.FramesFailed), new(Labels(one.Stream, one.Sink, "event"), one.Counters.EventsFailed)])]);
        yield return new("austream_sink_spooled", MetricKind.Gauge, "Events that wait for the other side now.",
            [.. sinks.Select(one => new MetricSample(Labels(one.Stream, one.Sink), one.Counters.EventsWaiting))]);
        yield return new("austream_sink_bytes_total", MetricKind.Counter, "Bytes of payload written or sent.",
            [.. sinks.Select(one => new MetricSample(Labels(one.Stream, one.Sink), one.Counters.Bytes))]);
    }

    private IEnumerable<MetricFamily> ModelFamilies()
    {
        IReadOnlyList<(string Model, OnnxSession Session)> models = state.Models;
        MetricFamily Each(string name, MetricKind kind, string help, Func<OnnxSession, double> value) =>
            new(name, kind, help, [.. models.Select(one => new MetricSample([new("model", one.Model)], value(one.Session)))]);
        MetricFamily Buckets(string name, string help, Func<SessionMetrics, FixedHistogram> histogram) => new(name, MetricKind.Histogram, help,
        [
            .. models.Select(one =>
            {
                FixedHistogram values = histogram(one.Session.Metrics);
                return new MetricSample([new("model", one.Model)], values.Sum, values.Bounds, values.Counts());
            }),
        ]);

        yield return new("austream_model_info", MetricKind.Gauge, "Always 1; the label says what computes the network.",
            [.. models.Select(one => new MetricSample([new("model", one.Model), new("provider", one.Session.ProviderInUse.Word())], 1))]);
        yield return Buckets("austream_model_batch_size", "Faces or tiles per call.", metrics => metrics.BatchSizes);
        yield return Buckets("austream_model_seconds", "Time per call.", metrics => metrics.Seconds);
        yield return Each("austream_model_queue", MetricKind.Gauge, "Calls under way now.", session => session.Metrics.UnderWay);
        yield return Each("austream_model_failures_total", MetricKind.Counter, "Calls that failed.", session => session.Metrics.Failures);
    }

    private IEnumerable<MetricFamily> TurnFamilies()
    {
        if (state.Turns is { } turns)
        {
            yield return new("austream_compute_places", MetricKind.Gauge, "Frames that are worked on at once.", [new([], turns.Places)]);
            yield return new("austream_compute_waiting", MetricKind.Gauge, "Frames that wait for a core now.", [new([], turns.Waiting)]);
            yield return new("austream_compute_wait_seconds", MetricKind.Histogram, "Time that frames waited for a core.", [new([], turns.WaitSeconds.Sum, turns.WaitSeconds.Bounds, turns.WaitSeconds.Counts())]);
        }
    }

    private static IEnumerable<MetricFamily> ProcessFamilies()
    {
        using Process process = Process.GetCurrentProcess();
        MetricFamily One(string name, MetricKind kind, string help, double value) => new(name, kind, help, [new([], value)]);
        yield return new("austream_build_info", MetricKind.Gauge, "Always 1; the labels say what runs.",
            [new([new("version", typeof(ServiceMetrics).Assembly.GetName().Version?.ToString(3) ?? "unknown"), new("runtime", Environment.Version.ToString())], 1)]);
        yield return One("process_cpu_seconds_total", MetricKind.Counter, "Processor time of this process, without its decoders.", process.TotalProcessorTime.TotalSeconds);
        yield return One("process_resident_memory_bytes", MetricKind.Gauge, "Resident memory of this process, without its decoders.", ProcessMemory.ResidentMebibytes() * (1 << 20));
        yield return One("process_start_time_seconds", MetricKind.Gauge, "When the process started, in seconds since 1970.", new DateTimeOffset(process.StartTime).ToUnixTimeMilliseconds() / 1000.0);
        yield return One("process_threads", MetricKind.Gauge, "Threads of this process.", process.Threads.Count);
        yield return One("dotnet_gc_heap_bytes", MetricKind.Gauge, "Managed memory in use.", GC.GetTotalMemory(forceFullCollection: false));
        yield return One("dotnet_gc_collections_total", MetricKind.Counter, "Garbage collections of all generations.", Enumerable.Range(0, GC.MaxGeneration + 1).Sum(GC.CollectionCount));
    }
}
