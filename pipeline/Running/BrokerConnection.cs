using AuStream.Pipeline.Configuration;
using AuStream.Stages.Brokers;
using AuStream.Stages.Brokers.Embedded;
using AuStream.Stages.Brokers.Mosquitto;
using AuStream.Stages.Publishing;
using AuStream.Stages.Publishing.Spooling;
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
    /// <param name="configuration">Which broker.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <param name="folder">Where relative paths begin; the working directory by default.</param>
    /// <param name="password">A password from elsewhere; null for the one that the configuration names.</param>
    public static async Task<BrokerConnection> OpenAsync(
        BrokerConfiguration configuration, CancellationToken cancellationToken, string folder = ".", SecretSource? password = null)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        if (configuration.UsesEmbedded)
        {
            EmbeddedBroker broker = await EmbeddedBroker.StartAsync(new EmbeddedBrokerOptions { Port = configuration.Port }, cancellationToken: cancellationToken);
            return new BrokerConnection(broker.BusOptions, broker);
        }

        return new BrokerConnection(CreateOptions(configuration, folder, password), null);
    }

    /// <summary>A bus to the broker, not connected yet.</summary>
    public MosquittoBus CreateBus(LastWill? will, ILogger? logger = null) => new(_options with { Will = will }, logger);

    /// <summary>
    /// The sink of one stream on a connection of its own. A broker that is away now is no error: the connection is made when it is
    /// there, and events wait.
    /// </summary>
    /// <exception cref="MessageBusException">The bus cannot work at all: a library, a secret or a certificate is missing.</exception>
    public Task<BusResultSink> ConnectSinkAsync(
        SessionInfo session, string prefix, string purpose, EventIdGenerator ids, ILogger? logger, CancellationToken cancellationToken) =>
        ConnectSinkAsync(session, new BusResultSinkOptions { TopicPrefix = prefix, Purpose = purpose }, ids, logger, spool: null, cancellationToken);

    /// <inheritdoc cref="ConnectSinkAsync(SessionInfo, string, string, EventIdGenerator, ILogger?, CancellationToken)"/>
    public async Task<BusResultSink> ConnectSinkAsync(
        SessionInfo session, BusResultSinkOptions options, EventIdGenerator ids, ILogger? logger, EventSpoolStore? spool, CancellationToken cancellationToken)
    {
        BusResultSink sink = new(CreateBus(BusResultSink.CreateWill(session, options), logger), session, options, ids, TimeProvider.System, logger, spool);
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

    private static MosquittoBusOptions CreateOptions(BrokerConfiguration configuration, string folder, SecretSource? password) => new()
    {
        Host = configuration.Host,
        Port = configuration.Port != 0 ? configuration.Port : configuration.Tls ? 8883 : 1883,
        Version = configuration.Version == "5" ? MqttVersion.V5 : MqttVersion.V311,
        KeepAlive = TimeSpan.FromSeconds(configuration.KeepAliveSeconds),
        UserName = NullIfEmpty(configuration.User),
        Password = password ?? Secret(configuration.PasswordEnvironment, configuration.PasswordFile, folder),
        Tls = !configuration.Tls ? null : new TlsOptions
        {
            AuthorityFile = Resolve(configuration.CaFile, folder),
            CertificateFile = Resolve(configuration.CertificateFile, folder),
            KeyFile = Resolve(configuration.KeyFile, folder),
            KeyPassword = Secret(configuration.KeyPasswordEnvironment, configuration.KeyPasswordFile, folder),
            VerifyServer = configuration.VerifyServer,
        },
    };

    private static SecretSource? Secret(string environment, string file, string folder) =>
        environment.Length > 0 ? SecretSource.FromEnvironment(environment)
        : file.Length > 0 ? SecretSource.FromFile(Resolve(file, folder)!)
        : null;

    /// <summary>A path as the configuration means it: from its own folder on.</summary>
    private static string? Resolve(string path, string folder) => path.Length == 0 ? null : Path.GetFullPath(Path.Combine(folder, path));

    private static string? NullIfEmpty(string value) => value.Length == 0 ? null : value;
}
