using AuStream.Pipeline.Configuration;
using AuStream.Stages.Brokers;
using AuStream.Stages.Brokers.Embedded;
using AuStream.Stages.Brokers.Mosquitto;
using AuStream.Stages.Publishing;
using Microsoft.Extensions.Logging;

namespace AuStream.Pipeline.Running;

/// <summary>The broker of a run: somebody's own, or one of ours on loopback. Every stream gets a connection of its own, and with it a last will of its own.</summary>
public sealed class BrokerConnection : IAsyncDisposable
{
    private readonly MosquittoBusOptions _options;
    private readonly EmbeddedBroker? _embedded;

    private BrokerConnection(MosquittoBusOptions options, EmbeddedBroker? embedded)
    {
        _options = options;
        _embedded = embedded;
    }

    /// <summary>The broker's address, without secrets.</summary>
    public string Display => _options.ToString();

    /// <summary>The broker's TCP port.</summary>
    public int Port => _options.Port;

    /// <summary>Starts the embedded broker where the configuration asks for it. Somebody's own broker need not be there yet.</summary>
    /// <exception cref="MessageBusException">The embedded broker cannot be started; the message says why.</exception>
    public static async Task<BrokerConnection> OpenAsync(BrokerConfiguration configuration, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        if (configuration.UsesEmbedded)
        {
            EmbeddedBroker broker = await EmbeddedBroker.StartAsync(new EmbeddedBrokerOptions { Port = configuration.Port }, cancellationToken: cancellationToken);
            return new BrokerConnection(broker.BusOptions, broker);
        }

        return new BrokerConnection(CreateOptions(configuration), null);
    }

    /// <summary>A bus to the broker, not connected yet.</summary>
    public MosquittoBus CreateBus(LastWill? will, ILogger? logger = null) => new(_options with { Will = will }, logger);

    /// <summary>
    /// The sink of one stream on a connection of its own. A broker that is away now is no error: the connection is made when it is
    /// there, and events wait.
    /// </summary>
    /// <exception cref="MessageBusException">The bus cannot work at all: a library, a secret or a certificate is missing.</exception>
    public async Task<MqttResultSink> ConnectSinkAsync(
        SessionInfo session, string prefix, string purpose, EventIdGenerator ids, ILogger? logger, CancellationToken cancellationToken)
    {
        MqttResultSinkOptions options = new() { TopicPrefix = prefix, Purpose = purpose };
        MqttResultSink sink = new(CreateBus(MqttResultSink.CreateWill(session, options), logger), session, options, ids, TimeProvider.System, logger);
        try
        {
            // The bus itself logs whether it could connect, and every change later.
            await sink.ConnectAsync(cancellationToken);
            return sink;
        }
        catch
        {
            await sink.DisposeAsync();
            throw;
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _embedded?.DisposeAsync() ?? ValueTask.CompletedTask;

    private static MosquittoBusOptions CreateOptions(BrokerConfiguration configuration) => new()
    {
        Host = configuration.Host,
        Port = configuration.Port != 0 ? configuration.Port : configuration.Tls ? 8883 : 1883,
        UserName = NullIfEmpty(configuration.User),
        Password = configuration.PasswordEnvironment.Length > 0 ? SecretSource.FromEnvironment(configuration.PasswordEnvironment)
            : configuration.PasswordFile.Length > 0 ? SecretSource.FromFile(configuration.PasswordFile)
            : null,
        Tls = !configuration.Tls ? null : new TlsOptions
        {
            AuthorityFile = NullIfEmpty(configuration.CaFile),
            CertificateFile = NullIfEmpty(configuration.CertificateFile),
            KeyFile = NullIfEmpty(configuration.KeyFile),
        },
    };

    private static string? NullIfEmpty(string value) => value.Length == 0 ? null : value;
}
