using AuStream.Stages.Brokers;
using AuStream.Stages.Messages;

namespace AuStream.Stages.Publishing;

/// <summary>What a <see cref="BusResultSink"/> publishes where.</summary>
public sealed record BusResultSinkOptions
{
    /// <summary>First part of every topic.</summary>
    public string TopicPrefix { get; init; } = "austream";

    /// <summary>What the operator declares the measurement to be for; part of every status message.</summary>
    public required string Purpose { get; init; }

    /// <summary>How messages are encoded.</summary>
    public MessageEncoding Encoding { get; init; }

    /// <summary>How much is told about faces.</summary>
    public PrivacyMode Privacy { get; init; }

    /// <summary>Fewest faces of a group that is published (<see cref="PrivacyMode.Aggregate"/>), at least 3.</summary>
    public int MinimumGroup { get; init; } = GroupAggregator.SmallestGroup;

    /// <summary>How often groups are published, in the stream's time.</summary>
    public TimeSpan GroupInterval { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Most event messages that wait in memory, where there is no spool on disk; when there are more, the oldest are given up and counted.</summary>
    public int MaxWaitingEvents { get; init; } = 10_000;

    /// <summary>Longest wait at the end of the stream for messages to be acknowledged.</summary>
    public TimeSpan DrainTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How hard to try with frames. With acknowledgement too, those that the bus cannot take now are dropped and counted.</summary>
    public QualityOfService FrameQuality { get; init; } = QualityOfService.AtMostOnce;

    /// <summary>How hard to try with statistics.</summary>
    public QualityOfService StatisticsQuality { get; init; } = QualityOfService.AtMostOnce;

    /// <summary>How long the broker may hold a frame message for a slow subscriber (MQTT 5).</summary>
    public TimeSpan FrameExpiry { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long the broker may hold an event or group for a subscriber that is away (MQTT 5); null for ever.</summary>
    public TimeSpan? EventExpiry { get; init; }

    /// <summary>Further user properties of every message (MQTT 5).</summary>
    public IReadOnlyList<KeyValuePair<string, string>> UserProperties { get; init; } = [];

    /// <summary>How often the status is said again where the bus keeps none for later subscribers; null for never.</summary>
    public TimeSpan? StatusInterval { get; init; }
}
