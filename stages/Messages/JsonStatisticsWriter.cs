using System.Text.Json;
using AuStream.Stages.Publishing;

namespace AuStream.Stages.Messages;

/// <summary>The fields of a statistics message after its origin.</summary>
internal static class JsonStatisticsWriter
{
    private const int RateDecimals = 2;
    private const int MillisecondDecimals = 3;

    private static readonly JsonEncodedText s_time = JsonEncodedText.Encode("time");
    private static readonly JsonEncodedText s_rate = JsonEncodedText.Encode("frames_per_second");
    private static readonly JsonEncodedText s_p50 = JsonEncodedText.Encode("p50");
    private static readonly JsonEncodedText s_p95 = JsonEncodedText.Encode("p95");
    private static readonly JsonEncodedText s_p99 = JsonEncodedText.Encode("p99");

    internal static void Write(Utf8JsonWriter json, StreamStatistics statistics, DeliveryCounters? delivery, DateTimeOffset time)
    {
        json.WriteTime(s_time, time);
        json.WriteRounded(s_rate, statistics.FramesPerSecond, RateDecimals);
        json.WriteStartObject("latency_ms");
        json.WriteRounded(s_p50, statistics.LatencyP50Milliseconds, MillisecondDecimals);
        json.WriteRounded(s_p95, statistics.LatencyP95Milliseconds, MillisecondDecimals);
        json.WriteRounded(s_p99, statistics.LatencyP99Milliseconds, MillisecondDecimals);
        json.WriteEndObject();
        json.WriteStartObject("frames");
        json.WriteNumber("decoded", statistics.FramesDecoded);
        json.WriteNumber("measured", statistics.FramesMeasured);
        json.WriteNumber("dropped", statistics.FramesDropped);
        json.WriteEndObject();
        if (statistics.Faces is { } faces)
        {
            json.WriteNumber("faces", faces);
        }

        json.WriteNumber("source_reconnects", statistics.SourceReconnects);
        if (delivery is { } counters)
        {
            json.WriteStartObject("delivery");
            json.WriteNumber("frames_sent", counters.FramesSent);
            json.WriteNumber("frames_dropped", counters.FramesDropped);
            json.WriteNumber("events_delivered", counters.EventsDelivered);
            json.WriteNumber("events_waiting", counters.EventsWaiting);
            json.WriteNumber("events_lost", counters.EventsLost);
            json.WriteNumber("events_rejected", counters.EventsRejected);
            json.WriteNumber("connects", counters.Connects);
            json.WriteEndObject();
        }
    }
}
