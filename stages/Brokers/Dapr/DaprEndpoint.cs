using System.Globalization;

namespace AuStream.Stages.Brokers.Dapr;

/// <summary>Where a Dapr sidecar listens.</summary>
public sealed record DaprEndpoint
{
    private const int DefaultPort = 3500;

    /// <summary>Its HTTP address, e.g. <c>http://127.0.0.1:3500</c>.</summary>
    public required Uri Address { get; init; }

    /// <summary>The token that the sidecar asks for, or null for none.</summary>
    public SecretSource? ApiToken { get; init; }

    /// <summary>Longest time that a request takes.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>The sidecar as Dapr's environment variables describe it: <c>DAPR_HTTP_ENDPOINT</c>, <c>DAPR_HTTP_PORT</c> and <c>DAPR_API_TOKEN</c>.</summary>
    /// <param name="port">A port of this machine that counts more than the environment; 0 for none.</param>
    /// <exception cref="MessageBusException">A variable is not usable; the message names it.</exception>
    public static DaprEndpoint FromEnvironment(int port = 0)
    {
        string? address = Environment.GetEnvironmentVariable("DAPR_HTTP_ENDPOINT");
        string? portText = Environment.GetEnvironmentVariable("DAPR_HTTP_PORT");
        if (port == 0 && !string.IsNullOrEmpty(address))
        {
            return Uri.TryCreate(address, UriKind.Absolute, out Uri? uri) && uri.Scheme is "http" or "https"
                ? new DaprEndpoint { Address = uri!, ApiToken = Token() }
                : throw new MessageBusException($"DAPR_HTTP_ENDPOINT is '{address}': write http://host:port or https://host:port.");
        }

        int chosen = port != 0 ? port : DefaultPort;
        if (port == 0 && !string.IsNullOrEmpty(portText) && (!int.TryParse(portText, NumberStyles.None, CultureInfo.InvariantCulture, out chosen) || chosen is 0 or > 65535))
        {
            throw new MessageBusException($"DAPR_HTTP_PORT is '{portText}': a port is a number from 1 to 65535.");
        }

        return new DaprEndpoint { Address = new UriBuilder("http", "127.0.0.1", chosen).Uri, ApiToken = Token() };
    }

    private static SecretSource? Token() =>
        string.IsNullOrEmpty(Environment.GetEnvironmentVariable("DAPR_API_TOKEN")) ? null : SecretSource.FromEnvironment("DAPR_API_TOKEN");
}
