namespace AuStream.Pipeline.Configuration;

/// <summary>Where messages go.</summary>
public sealed class BrokerConfiguration
{
    /// <summary>True (the default when no host is given) starts a mosquitto of our own on loopback.</summary>
    public bool? Embedded { get; set; }

    /// <summary>Host name or address of the broker.</summary>
    public string Host { get; set; } = "";

    /// <summary>Port; 0 chooses 1883, or 8883 with TLS, or any free port for the embedded broker.</summary>
    public int Port { get; set; }

    /// <summary>First part of every topic.</summary>
    public string Prefix { get; set; } = "austream";

    /// <summary>True encrypts and verifies the server's certificate against <see cref="CaFile"/> or the system's authorities.</summary>
    public bool Tls { get; set; }

    /// <summary>PEM file of the certificate authority, or empty for the system's.</summary>
    public string CaFile { get; set; } = "";

    /// <summary>PEM file of the client certificate, or empty.</summary>
    public string CertificateFile { get; set; } = "";

    /// <summary>PEM file of the client key, or empty.</summary>
    public string KeyFile { get; set; } = "";

    /// <summary>User name, or empty for none.</summary>
    public string User { get; set; } = "";

    /// <summary>Name of the environment variable that holds the password.</summary>
    public string PasswordEnvironment { get; set; } = "";

    /// <summary>File that holds the password, e.g. a mounted secret.</summary>
    public string PasswordFile { get; set; } = "";

    /// <summary>True when no broker of somebody else's was named.</summary>
    public bool UsesEmbedded => Embedded ?? Host.Length == 0;
}
