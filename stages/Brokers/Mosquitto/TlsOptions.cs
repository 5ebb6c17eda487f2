namespace AuStream.Stages.Brokers.Mosquitto;

/// <summary>How a connection is encrypted and who is trusted. The server's certificate and host name are verified unless that is switched off.</summary>
public sealed record TlsOptions
{
    /// <summary>PEM file with the trusted authorities; null for those of the operating system.</summary>
    public string? AuthorityFile { get; init; }

    /// <summary>PEM file with this client's certificate, or null for none.</summary>
    public string? CertificateFile { get; init; }

    /// <summary>PEM file with the certificate's private key.</summary>
    public string? KeyFile { get; init; }

    /// <summary>Password of an encrypted private key, or null.</summary>
    public SecretSource? KeyPassword { get; init; }

    /// <summary>False accepts any certificate: for experiments on a network of one's own only.</summary>
    public bool VerifyServer { get; init; } = true;
}
