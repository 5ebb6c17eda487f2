namespace AuStream.Stages.Brokers.Mosquitto;

/// <summary>How to reach an MQTT broker. Checked by <see cref="MosquittoBusOptionsValidator"/>.</summary>
public sealed record MosquittoBusOptions
{
    /// <summary>Name or address of the broker.</summary>
    public required string Host { get; init; }

    /// <summary>TCP port, 1–65535.</summary>
    public int Port { get; init; } = 1883;

    /// <summary>Version of the protocol.</summary>
    public MqttVersion Version { get; init; } = MqttVersion.V5;

    /// <summary>
    /// MQTT client id, unique at the broker; null for a random one. A bus keeps it over all its connections, so that a broker
    /// which has not noticed the end of the previous one ends it, and publishes its last will, at once and not later.
    /// </summary>
    public string? ClientId { get; init; }

    /// <summary>User name, or null for none.</summary>
    public string? UserName { get; init; }

    /// <summary>Password, or null for none.</summary>
    public SecretSource? Password { get; init; }

    /// <summary>Encryption, or null for plain TCP.</summary>
    public TlsOptions? Tls { get; init; }

    /// <summary>Longest silence before the connection is probed, 5–65535 s.</summary>
    public TimeSpan KeepAlive { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>Longest time from the start of an attempt to the broker's answer.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Wait before the second attempt; doubled for each further one, with jitter.</summary>
    public TimeSpan ReconnectDelay { get; init; } = TimeSpan.FromSeconds(0.5);

    /// <summary>Longest wait between two attempts.</summary>
    public TimeSpan MaxReconnectDelay { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Longest wait for the goodbye when disconnecting.</summary>
    public TimeSpan DisconnectTimeout { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>Most messages that wait for their acknowledgement at once, 1–1000.</summary>
    public int MaxInFlight { get; init; } = 20;

    /// <summary>Most messages without acknowledgement that wait to be written to the network; further ones are dropped.</summary>
    public int MaxQueued { get; init; } = 128;

    /// <summary>What the broker publishes when this client disappears.</summary>
    public LastWill? Will { get; init; }

    /// <summary>
    /// Reads <c>mqtt://host[:port]</c> (1883) or <c>mqtts://host[:port]</c> (8883, TLS). User and password are refused here:
    /// they would show in process lists and logs.
    /// </summary>
    /// <exception cref="MessageBusException">The text is not such an address; the message says what is wrong.</exception>
    public static MosquittoBusOptions FromUri(string address)
    {
        ArgumentNullException.ThrowIfNull(address);
        if (!Uri.TryCreate(address, UriKind.Absolute, out Uri? uri) || uri.Scheme is not ("mqtt" or "mqtts") || uri.Host.Length == 0)
        {
            throw new MessageBusException($"'{Redact(address)}' is not a broker's address: write mqtt://host:1883, or mqtts://host:8883 for TLS.");
        }

        if (uri.UserInfo.Length > 0)
        {
            throw new MessageBusException(
                $"The broker's address mqtt…://…@{uri.Host} carries a user or password: give the user name in the configuration, and the password in an environment variable or a file.");
        }

        if (uri.AbsolutePath.Length > 1 || uri.Query.Length > 0)
        {
            throw new MessageBusException($"The broker's address '{address}' has a path: only host and port belong there.");
        }

        bool encrypted = uri.Scheme == "mqtts";
        return new MosquittoBusOptions
        {
            Host = uri.Host.Trim('[', ']'),
            Port = uri.Port > 0 ? uri.Port : encrypted ? 8883 : 1883,
            Tls = encrypted ? new TlsOptions() : null,
        };
    }

    /// <summary>The broker's address, for messages.</summary>
    public override string ToString() => $"{(Tls is null ? "mqtt" : "mqtts")}://{(Host.Contains(':', StringComparison.Ordinal) ? $"[{Host}]" : Host)}:{Port}";

    private static string Redact(string address)
    {
        int at = address.LastIndexOf('@');
        return at < 0 ? address : "…" + address[at..];
    }
}
