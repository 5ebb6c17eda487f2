namespace AuStream.Stages.Brokers;

/// <summary>
/// Where messages of one kind go, and how: made once, used for every message, so that publishing encodes no topic and
/// builds no properties. Adapters may keep what they derive from a route for as long as they live.
/// </summary>
public sealed record BusRoute
{
    /// <summary>Topic without wildcards, e.g. <c>austream/camera-1/frames</c>.</summary>
    public required string Topic { get; init; }

    /// <summary>How hard to try.</summary>
    public required QualityOfService QualityOfService { get; init; }

    /// <summary>True when the broker keeps the last message for subscribers that come later.</summary>
    public bool Retain { get; init; }

    /// <summary>Media type of the payload, where the protocol carries it (MQTT 5).</summary>
    public string ContentType { get; init; } = "application/json";

    /// <summary>True when the payload is UTF-8 text, where the protocol carries it (MQTT 5).</summary>
    public bool IsText { get; init; } = true;

    /// <summary>How long the broker may hold the message for a subscriber, where the protocol carries it (MQTT 5, whole seconds); null for ever.</summary>
    public TimeSpan? Expiry { get; init; }

    /// <summary>Where an answer shall go, where the protocol carries it (MQTT 5); null for no answer.</summary>
    public string? ResponseTopic { get; init; }

    /// <summary>What an answer carries, so that its receiver knows what it answers, where the protocol carries it (MQTT 5); empty for none.</summary>
    public ReadOnlyMemory<byte> CorrelationData { get; init; }

    /// <summary>True for a route that is made for one message: adapters keep nothing of it.</summary>
    public bool IsForOneMessage { get; init; }

    /// <summary>Further properties, where the protocol carries them (MQTT 5).</summary>
    public IReadOnlyList<KeyValuePair<string, string>> UserProperties { get; init; } = [];
}
