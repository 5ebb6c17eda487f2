using System.Globalization;
using System.Net;
using AuStream.Pipeline.Commands;
using AuStream.Pipeline.Configuration;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace AuStream.Pipeline.Serving;

/// <summary>The HTTP endpoints for probes and metrics: Kestrel without the rest of ASP.NET Core, which would take longer to start than the streams.</summary>
public sealed class HealthServer : IAsyncDisposable
{
    /// <summary>The port where nobody chose one; exporters of OpenTelemetry use it too.</summary>
    public const int UsualPort = 9464;

    private readonly KestrelServer _server;

    private HealthServer(KestrelServer server, Uri address)
    {
        _server = server;
        Address = address;
    }

    /// <summary>Where it listens, with the port that was found.</summary>
    public Uri Address { get; }

    /// <summary>Starts to listen.</summary>
    /// <exception cref="UnavailableException">The address or the port that was chosen cannot be had.</exception>
    public static async Task<HealthServer> StartAsync(HealthConfiguration configuration, ServiceState state, ILogger logger, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        ArgumentNullException.ThrowIfNull(state);
        IPAddress? address = Parse(configuration.Address);
        try
        {
            return await StartAsync(address, configuration.Port ?? UsualPort, state, cancellationToken);
        }
        catch (IOException taken) when (configuration.Port is null)
        {
            HealthServer other = await StartAsync(address, 0, state, cancellationToken);
            logger.LogWarning("port {Port} is taken ({Reason}); health and metrics are at {Address}. health.port chooses one.", UsualPort, taken.Message, other.Address);
            return other;
        }
        catch (Exception refused) when (refused is IOException or System.Net.Sockets.SocketException)
        {
            throw new UnavailableException(
                string.Create(CultureInfo.InvariantCulture, $"health: {configuration.Address}:{configuration.Port ?? UsualPort} cannot be listened on ({refused.Message}). Choose another health.port, or 0 for any free one."), refused);
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        using CancellationTokenSource limit = new(TimeSpan.FromSeconds(2));
        await _server.StopAsync(limit.Token);
        _server.Dispose();
    }

    private static async Task<HealthServer> StartAsync(IPAddress? address, int port, ServiceState state, CancellationToken cancellationToken)
    {
        KestrelServerOptions options = new() { AddServerHeader = false };
        options.Limits.MaxConcurrentConnections = 64;
        options.Limits.MaxRequestBodySize = 0;
        options.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(5);
        options.Limits.KeepAliveTimeout = TimeSpan.FromSeconds(75);
        if (address is null)
        {
            options.ListenAnyIP(port);
        }
        else
        {
            options.Listen(address, port);
        }

        KestrelServer server = new(
            Options.Create(options), new SocketTransportFactory(Options.Create(new SocketTransportOptions()), NullLoggerFactory.Instance), NullLoggerFactory.Instance);
        try
        {
            await server.StartAsync(new HttpApplication(state), cancellationToken);
            string bound = server.Features.GetRequiredFeature<IServerAddressesFeature>().Addresses.First();
            return new HealthServer(server, new Uri(bound));
        }
        catch
        {
            server.Dispose();
            throw;
        }
    }

    // Null stands for every address that this machine has, of IPv4 and, where there is one, IPv6.
    private static IPAddress? Parse(string address) => address switch
    {
        "*" => null,
        "localhost" => IPAddress.Loopback,
        _ => IPAddress.TryParse(address, out IPAddress? parsed)
            ? parsed
            : throw new ConfigurationException($"health.address '{address}' is no IP address: use 127.0.0.1, 0.0.0.0, ::1, or '*' for all of this machine's."),
    };
}
