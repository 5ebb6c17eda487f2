namespace AuStream.Stages.Publishing;

/// <summary>What a <see cref="MqttResultSink"/> publishes where.</summary>
public sealed record MqttResultSinkOptions
{
    /// <summary>First part of every topic.</summary>
    public string TopicPrefix { get; init; } = "austream";

    /// <summary>What the operator declares the measurement to be for; part of every status message.</summary>
    public required string Purpose { get; init; }

    /// <summary>Most event messages that wait for the broker; when there are more, the oldest are given up and counted.</summary>
    public int MaxWaitingEvents { get; init; } = 10_000;

    /// <summary>Longest wait at the end of the stream for messages to be acknowledged.</summary>
    public TimeSpan DrainTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long the broker may hold a frame message for a slow subscriber (MQTT 5).</summary>
    public TimeSpan FrameExpiry { get; init; } = TimeSpan.FromSeconds(10);
}
