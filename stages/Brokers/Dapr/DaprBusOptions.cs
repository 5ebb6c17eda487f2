namespace AuStream.Stages.Brokers.Dapr;

/// <summary>How to publish through a Dapr sidecar.</summary>
public sealed record DaprBusOptions
{
    /// <summary>The sidecar and how to speak to it.</summary>
    public required DaprEndpoint Endpoint { get; init; }

    /// <summary>Name of the pub/sub component.</summary>
    public required string PubSub { get; init; }

    /// <summary>The CloudEvents' <c>source</c>, e.g. <c>austream/lab/camera-1</c>: a URI reference.</summary>
    public required string Source { get; init; }

    /// <summary>What stands between the parts of a topic at the broker behind Dapr.</summary>
    public char TopicSeparator { get; init; } = '/';

    /// <summary>How often a sidecar that is there is asked for its health.</summary>
    public TimeSpan HealthInterval { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Wait before the second attempt to reach the sidecar; doubled for each further one, with jitter.</summary>
    public TimeSpan ReconnectDelay { get; init; } = TimeSpan.FromSeconds(0.5);

    /// <summary>Longest wait between two attempts.</summary>
    public TimeSpan MaxReconnectDelay { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Longest wait for what was handed over, when disconnecting.</summary>
    public TimeSpan DisconnectTimeout { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>Most messages without acknowledgement that wait; further ones are dropped.</summary>
    public int MaxQueued { get; init; } = 128;

    /// <summary>Most messages of one request (bulk publish); only those without acknowledgement, since Dapr promises no order within a request.</summary>
    public int MaxBulk { get; init; } = 32;
}
