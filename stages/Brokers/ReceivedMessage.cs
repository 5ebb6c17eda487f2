namespace AuStream.Stages.Brokers;

/// <summary>One received message; valid during the call of its handler only.</summary>
public readonly ref struct ReceivedMessage
{
    /// <summary>Where it was published.</summary>
    public required string Topic { get; init; }

    /// <summary>Its contents.</summary>
    public required ReadOnlySpan<byte> Payload { get; init; }

    /// <summary>True when the broker had kept it from before the subscription.</summary>
    public bool IsRetained { get; init; }

    /// <summary>Where an answer shall go, as the sender asks (MQTT 5); null where it does not.</summary>
    public string? ResponseTopic { get; init; }

    /// <summary>What the answer shall carry, so that the sender knows it (MQTT 5); empty for none.</summary>
    public ReadOnlySpan<byte> CorrelationData { get; init; }
}
