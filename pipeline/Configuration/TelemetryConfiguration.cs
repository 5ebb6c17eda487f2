using System.ComponentModel.DataAnnotations;

namespace AuStream.Pipeline.Configuration;

/// <summary>Metrics pushed to an OpenTelemetry collector, beside /metrics.</summary>
public sealed class TelemetryConfiguration
{
    /// <summary>Collector, e.g. http://localhost:4317. Empty pushes nothing, unless the variable OTEL_EXPORTER_OTLP_ENDPOINT names one.</summary>
    [RegularExpression("^(https?://.+)?$", ErrorMessage = "is no address of a collector: http://HOST:PORT or https://HOST:PORT")]
    public string OtlpEndpoint { get; set; } = "";

    /// <summary>How to speak to it: <c>grpc</c> (usually port 4317) or <c>http</c> (usually port 4318, path /v1/metrics).</summary>
    [AllowedValues("grpc", "http")]
    public string OtlpProtocol { get; set; } = "grpc";

    /// <summary>Seconds between two pushes, 1–3600.</summary>
    [Range(1, 3600)]
    public double IntervalSeconds { get; set; } = 15;
}
