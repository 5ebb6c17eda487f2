namespace AuStream.Stages.Brokers.Mosquitto;

/// <summary>Checks <see cref="MosquittoBusOptions"/> before anything is opened.</summary>
public static class MosquittoBusOptionsValidator
{
    /// <summary>Throws at the first option that cannot work.</summary>
    /// <exception cref="MessageBusException">The message names the option and what it may be.</exception>
    public static void Validate(MosquittoBusOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        Require(!string.IsNullOrWhiteSpace(options.Host), "broker host", "must not be empty");
        Require(options.Port is >= 1 and <= 65535, "broker port", $"must be 1–65535, not {options.Port}");
        Require(options.KeepAlive.TotalSeconds is >= 5 and <= 65535, "keep-alive", "must be 5–65535 s");
        Require(options.ConnectTimeout > TimeSpan.Zero, "connect timeout", "must be above 0");
        Require(options.ReconnectDelay > TimeSpan.Zero, "reconnect delay", "must be above 0");
        Require(options.MaxReconnectDelay >= options.ReconnectDelay, "longest reconnect delay", "must not be below the first one");
        Require(options.MaxInFlight is >= 1 and <= 1000, "messages in flight", $"must be 1–1000, not {options.MaxInFlight}");
        Require(options.MaxQueued >= 1, "queued messages", "must be at least 1");
        Require(options.Password is null || options.UserName is not null, "broker password", "needs a user name");
        if (options.Tls is { } tls)
        {
            Require((tls.CertificateFile is null) == (tls.KeyFile is null), "client certificate", "needs both the certificate's and the key's file");
            RequireFile(tls.AuthorityFile, "certificate authorities");
            RequireFile(tls.CertificateFile, "client certificate");
            RequireFile(tls.KeyFile, "client key");
        }
    }

    private static void Require(bool isRight, string option, string rule)
    {
        if (!isRight)
        {
            throw new MessageBusException($"MQTT: the {option} {rule}.");
        }
    }

    private static void RequireFile(string? path, string what)
    {
        if (path is not null && !File.Exists(path))
        {
            throw new MessageBusException($"MQTT: the file of the {what} is not there: {path}.");
        }
    }
}
