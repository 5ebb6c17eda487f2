namespace AuStream.Stages.Brokers.Mosquitto;

/// <summary>Finds the file with the certificate authorities that the operating system trusts. libmosquitto wants to be told one.</summary>
internal static class SystemAuthorities
{
    private static readonly string[] Places =
    [
        "/etc/ssl/certs/ca-certificates.crt", // Debian, Ubuntu, JetPack, Alpine
        "/etc/pki/tls/certs/ca-bundle.crt", // Fedora, RHEL
        "/etc/ssl/ca-bundle.pem", // openSUSE
        "/etc/ssl/cert.pem", // macOS, BSD
    ];

    /// <summary>The file that <c>SSL_CERT_FILE</c> names, or the first known one that exists.</summary>
    /// <exception cref="MessageBusException">There is none.</exception>
    internal static string Find()
    {
        string? configured = Environment.GetEnvironmentVariable("SSL_CERT_FILE");
        return Places.Prepend(configured).FirstOrDefault(File.Exists)
            ?? throw new MessageBusException(
                "TLS: the operating system's certificate authorities were not found. Install them (apt-get install ca-certificates), or name a file with the broker's authority.");
    }
}
