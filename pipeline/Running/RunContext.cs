using AuStream.Pipeline.Assembling;
using AuStream.Pipeline.Auditing;
using AuStream.Pipeline.Configuration;
using AuStream.Stages.Publishing.Spooling;
using Microsoft.Extensions.Logging;

namespace AuStream.Pipeline.Running;

/// <summary>What the streams of a service share.</summary>
internal sealed record RunContext
{
    /// <summary>What the operator wrote.</summary>
    public required RunConfiguration Configuration { get; init; }

    /// <summary>Where relative paths begin.</summary>
    public required string ConfigurationFolder { get; init; }

    public required MeasuringEngine Engine { get; init; }

    /// <summary>The MQTT broker; null where only Dapr is published to.</summary>
    public required BrokerConnection? Broker { get; init; }

    public required EventSpoolStore Spool { get; init; }

    public required AuditLog Audit { get; init; }

    public required ILogger Logger { get; init; }
}
