using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace AuStream.Stages.Tests.Brokers;

/// <summary>Certificates for a broker and a client, made on the spot and written as PEM files.</summary>
internal sealed class TestCertificates
{
    private readonly string _folder;
    private readonly X509Certificate2 _authority;

    public TestCertificates(string folder)
    {
        _folder = folder;
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        CertificateRequest request = new("CN=AuStream test authority", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
        _authority = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddYears(-2), DateTimeOffset.UtcNow.AddYears(2));
        AuthorityFile = Path.Combine(folder, $"authority-{Guid.NewGuid():N}.pem");
        File.WriteAllText(AuthorityFile, _authority.ExportCertificatePem());
    }

    public string AuthorityFile { get; }

    /// <summary>Writes NAME.pem and NAME.key, signed by this authority; the key is encrypted when a password is given.</summary>
    public (string Certificate, string Key) Issue(string name, string host = "127.0.0.1", bool expired = false, string? keyPassword = null)
    {
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        CertificateRequest request = new($"CN={name}", key, HashAlgorithmName.SHA256);
        SubjectAlternativeNameBuilder names = new();
        if (IPAddress.TryParse(host, out IPAddress? address))
        {
            names.AddIpAddress(address);
        }
        else
        {
            names.AddDnsName(host);
        }

        request.CertificateExtensions.Add(names.Build());
        DateTimeOffset until = expired ? DateTimeOffset.UtcNow.AddDays(-1) : DateTimeOffset.UtcNow.AddYears(1);
        using X509Certificate2 certificate = request.Create(_authority, DateTimeOffset.UtcNow.AddYears(-1), until, RandomNumberGenerator.GetBytes(8));
        string certificateFile = Path.Combine(_folder, name + ".pem");
        string keyFile = Path.Combine(_folder, name + ".key");
        File.WriteAllText(certificateFile, certificate.ExportCertificatePem());
        File.WriteAllText(keyFile, keyPassword is null
            ? key.ExportPkcs8PrivateKeyPem()
            : key.ExportEncryptedPkcs8PrivateKeyPem(keyPassword, new PbeParameters(PbeEncryptionAlgorithm.Aes256Cbc, HashAlgorithmName.SHA256, 1000)));
        return (certificateFile, keyFile);
    }
}
