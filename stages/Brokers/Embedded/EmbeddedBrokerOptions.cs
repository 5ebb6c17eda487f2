namespace AuStream.Stages.Brokers.Embedded;

/// <summary>How to run the embedded broker.</summary>
public sealed record EmbeddedBrokerOptions
{
    /// <summary>Full path of <c>mosquitto</c>, or null to look for it where it is usually installed.</summary>
    public string? ExecutablePath { get; init; }

    /// <summary>TCP port on loopback, or 0 for a free one.</summary>
    public int Port { get; init; }

    /// <summary>Longest time from the start to the broker's first answer.</summary>
    public TimeSpan ReadyTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Wait before the broker is started again after it died; doubled each time up to 5 s.</summary>
    public TimeSpan RestartDelay { get; init; } = TimeSpan.FromMilliseconds(100);
}
