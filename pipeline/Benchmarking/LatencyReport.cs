using System.Text.Json.Serialization;

namespace AuStream.Pipeline.Benchmarking;

/// <summary>Percentiles of a latency in milliseconds.</summary>
public sealed record LatencyReport
{
    /// <summary>Median.</summary>
    [JsonPropertyName("p50")]
    public required double P50 { get; init; }

    /// <summary>95th percentile.</summary>
    [JsonPropertyName("p95")]
    public required double P95 { get; init; }

    /// <summary>99th percentile.</summary>
    [JsonPropertyName("p99")]
    public required double P99 { get; init; }

    /// <summary>Longest.</summary>
    [JsonPropertyName("max")]
    public required double Maximum { get; init; }
}
