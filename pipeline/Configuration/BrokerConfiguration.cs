using System.ComponentModel.DataAnnotations;

namespace AuStream.Pipeline.Configuration;

/// <summary>Where messages go.</summary>
public sealed class BrokerConfiguration
{
    /// <summary>True (the default when no host is given) starts a mosquitto of our own on loopback.</summary>
    public bool? Embedded { get; set; }

    /// <summary>Host name or address of the broker.</summary>
    public string Host { get; set; } = "";

    /// <summary>Port; 0 chooses 1883, or 8883 with TLS, or any free port for the embedded broker.</summary>
    [Range(0, 65535)]
    public int Port { get; set; }

    /// <summary>Version of MQTT: <c>5</c> or <c>3.1.1</c>.</summary>
    [AllowedValues("5", "3.1.1")]
    public string Version { get; set; } = "5";

    /// <summary>Seconds of silence after which the connection is probed, 5–65535.</summary>
    [Range(5, 65535)]
    public int KeepAliveSeconds { get; set; } = 15;

    /// <summary>First part of every topic.</summary>
    [RegularExpression(ConfigurationRules.TopicPrefix, ErrorMessage = ConfigurationRules.TopicPrefixFault)]
    public string Prefix { get; set; } = "austream";

    /// <summary>True encrypts and verifies the server's certificate against <see cref="CaFile"/> or the system's authorities.</summary>
    public bool Tls { get; set; }

    /// <summary>PEM file of the certificate authority, or empty for the system's.</summary>
    public string CaFile { get; set; } = "";

    /// <summary>PEM file of the client certificate, or empty.</summary>
    public string CertificateFile { get; set; } = "";

    /// <summary>PEM file of the client key, or empty.</summary>
    public string KeyFile { get; set; } = "";

    /// <summary>Name of the environment variable with the password of an encrypted client key.</summary>
    public string KeyPasswordEnvironment { get; set; } = "";

    /// <summary>File with the password of an encrypted client key.</summary>
    public string KeyPasswordFile { get; set; } = "";

    /// <summary>False accepts any server certificate: for experiments on a network of one's own only.</summary>
    public bool VerifyServer { get; set; } = true;

    /// <summary>User name, or empty for none.</summary>
    public string User { get; set; } = "";

    /// <summary>Name of the environment variable that holds the password.</summary>
    public string PasswordEnvironment { get; set; } = "";

    /// <summary>File that holds the password, e.g. a mounted secret.</summary>
    public string PasswordFile { get; set; } = "";

    /// <summary>Key of the password in the Dapr secret store <c>dapr.secret_store</c>.</summary>
    public string PasswordDaprSecret { get; set; } = "";

    /// <summary>Quality of service of frame messages, 0 or 1.</summary>
    [Range(0, 1)]
    public int FrameQos { get; set; }

    /// <summary>Quality of service of statistics messages, 0 or 1.</summary>
    [Range(0, 1)]
    public int StatsQos { get; set; }

    /// <summary>Seconds that the broker may hold frames and statistics for a slow subscriber (MQTT 5).</summary>
    [Range(1, 2_000_000_000)]
    public int FrameExpirySeconds { get; set; } = 10;

    /// <summary>Seconds that the broker may hold events for a subscriber that is away (MQTT 5); 0 for ever.</summary>
    [Range(0, 2_000_000_000)]
    public int EventExpirySeconds { get; set; }

    /// <summary>Further user properties of every message (MQTT 5).</summary>
    public Dictionary<string, string> UserProperties { get; set; } = [];

    /// <summary>True when no broker of somebody else's was named.</summary>
    public bool UsesEmbedded => Embedded ?? Host.Length == 0;
}
