using System.Security.Cryptography;
using AuStream.Models.Sessions;
using AuStream.Pipeline.Assembling;
using AuStream.Pipeline.Auditing;
using AuStream.Pipeline.Commands;
using AuStream.Pipeline.Configuration;
using AuStream.Pipeline.Observing;
using AuStream.Pipeline.Serving;
using AuStream.Stages.Brokers;
using AuStream.Stages.Brokers.Dapr;
using AuStream.Stages.Publishing;
using AuStream.Stages.Publishing.Spooling;
using AuStream.Stages.Recording;
using Microsoft.Extensions.Logging;
using Spectre.Console;

namespace AuStream.Pipeline.Running;

/// <summary>The long-running service: all streams of a configuration, until each has ended or a stop is asked for.</summary>
public static class Service
{
    /// <summary>Runs <c>austream run</c>.</summary>
    /// <exception cref="ConfigurationException">The configuration cannot be used.</exception>
    /// <exception cref="MessageBusException">The broker cannot be started.</exception>
    /// <exception cref="ResultFileException">The audit log cannot be written.</exception>
    /// <exception cref="SpoolInUseException">Another program runs with the same state folder.</exception>
    public static async Task<int> RunAsync(string configurationFile, bool onlyCheck, CancellationToken cancellationToken)
    {
        RunConfiguration configuration = RunConfigurationLoader.Load(configurationFile);
        string folder = Path.GetDirectoryName(Path.GetFullPath(configurationFile))!;
        string stateFolder = StateFolder.Of(configuration.StateFolder, configurationFile);
        EventIdLease? lease = onlyCheck ? null : new EventIdLease(stateFolder);
        OnnxSessionOptions computing = new()
        {
            Provider = ProviderNames.Parse(configuration.Provider),
            Sharing = CallSharingNames.Parse(configuration.ShareCalls),
            CacheFolder = configuration.CacheFolder.Length == 0 ? null : configuration.CacheFolder,
        };
        using MeasuringEngine engine = MeasuringEngine.Load(configuration.Model, TimeProvider.System, lease, computing, configuration.Landmarks);
        configuration.Streams.ForEach(stream => engine.Prepare(StreamSettings.From(configuration, stream, folder)));
        if (onlyCheck)
        {
            Console.WriteLine($"{configurationFile}: good, {configuration.Streams.Count} stream(s), model {engine.Manifest.Id} {engine.Manifest.Version}");
            return ExitCode.Success;
        }

        IAnsiConsole console = Screen.Output;
        using ILoggerFactory logging = ServiceLogging.Create(console);
        ILogger logger = logging.CreateLogger("austream");
        using EventSpoolStore spool = EventSpoolStore.Open(SpoolOptions(configuration.Spool, stateFolder), TimeProvider.System, logger);
        string auditPath = configuration.AuditLog.Length > 0 ? Path.GetFullPath(Path.Combine(folder, configuration.AuditLog)) : Path.Combine(stateFolder, "audit.jsonl");
        using AuditLog audit = AuditLog.Open(auditPath, TimeProvider.System, logger);
        using DaprSecretStore? secrets = configuration.Broker.PasswordDaprSecret.Length > 0
            ? new DaprSecretStore(DaprEndpoint.FromEnvironment(configuration.Dapr.HttpPort), configuration.Dapr.SecretStore)
            : null;
        await using BrokerConnection? broker = configuration.PublishesMqtt
            ? await BrokerConnection.OpenAsync(configuration.Broker, cancellationToken, folder, secrets?.Get(configuration.Broker.PasswordDaprSecret))
            : null;
        RunContext context = new()
        {
            Configuration = configuration,
            ConfigurationFolder = folder,
            Engine = engine,
            Broker = broker,
            Spool = spool,
            Audit = audit,
            Logger = logger,
        };
        if (broker is not null)
        {
            logger.LogInformation("publishing to {Broker}, topics {Prefix}/{{stream}}/status|frames|events|stats", broker.Display, configuration.Broker.Prefix);
        }

        logger.LogInformation("waiting events in {Spool}, audit log {Audit}", spool.Path, auditPath);
        RecordStart(audit, configuration, configurationFile, engine);
        bool isGood = await RunStreamsAsync(context, configurationFile, console, cancellationToken);
        audit.Record("stop");
        return isGood ? ExitCode.Success : ExitCode.NoInput;
    }

    private static async Task<bool> RunStreamsAsync(RunContext context, string configurationFile, IAnsiConsole console, CancellationToken cancellationToken)
    {
        await using ServiceFront front = await ServiceFront.StartAsync(context.Configuration, context.Engine, context.Logger, TimeProvider.System, cancellationToken);
        await using CommandService? commands = await CommandService.StartAsync(context, cancellationToken);
        using StreamSet streams = new((stream, stop) => RunStreamAsync(context, stream, front.State, commands, stop), cancellationToken);
        context.Configuration.Streams.ForEach(stream => front.State.Add(new StreamMonitor(stream.Id, TimeProvider.System)));
        await streams.ApplyAsync(context.Configuration.Streams);
        front.Ready();
        await using CancellationTokenRegistration stopping = cancellationToken.Register(front.Stopping);
        using CancellationTokenSource ending = new();
        Task report = new StatusReporter(console, context.Logger, TimeProvider.System, () => front.State.Streams).RunAsync(ending.Token);
        Task watching = new ConfigurationWatcher(configurationFile, context.Logger, TimeProvider.System)
            .RunAsync(context.Configuration, next => ApplyAsync(context, next, streams, front.State), ending.Token);
        bool isGood = await streams.RunToEndAsync();
        front.Stopping();
        await ending.CancelAsync();
        await Task.WhenAll(report, watching);
        return isGood;
    }

    private static async Task<bool> RunStreamAsync(RunContext context, StreamConfiguration stream, ServiceState state, CommandService? commands, CancellationToken stop)
    {
        StreamMonitor monitor = state.Find(stream.Id) ?? new StreamMonitor(stream.Id, TimeProvider.System);
        state.Add(monitor);
        StreamRunner runner = new(context, stream, monitor);
        commands?.Add(runner);
        return await runner.RunAsync(stop);
    }

    private static async Task ApplyAsync(RunContext context, RunConfiguration next, StreamSet streams, ServiceState state)
    {
        // What cannot be measured is refused before anything that runs is touched.
        next.Streams.ForEach(stream => context.Engine.Prepare(StreamSettings.From(context.Configuration, stream, context.ConfigurationFolder)));
        StreamChanges changes = await streams.ApplyAsync(next.Streams);
        foreach (string id in changes.Stopped)
        {
            state.Remove(id);
        }

        context.Logger.LogInformation("configuration read again: {Changes}", changes);
        if (!changes.AreNone)
        {
            context.Audit.Record("streams_changed", details: json => json.WriteString("changes", changes.ToString()));
        }
    }

    private static EventSpoolOptions SpoolOptions(SpoolConfiguration spool, string stateFolder) => new()
    {
        Folder = stateFolder,
        MaxBytes = (long)(spool.MaxMegabytes * 1024 * 1024),
        MaxAge = TimeSpan.FromHours(spool.MaxAgeHours),
        SynchronizesEveryMessage = spool.SyncEveryEvent,
    };

    private static void RecordStart(AuditLog audit, RunConfiguration configuration, string file, MeasuringEngine engine) => audit.Record("start", details: json =>
    {
        json.WriteString("purpose", configuration.Purpose);
        json.WriteString("site", configuration.Site);
        json.WriteString("privacy", configuration.Privacy.Mode);
        json.WriteString("encoding", configuration.Encoding);
        json.WriteString("model", engine.Manifest.Id);
        json.WriteString("model_version", engine.Manifest.Version);
        json.WriteString("model_sha256", engine.Manifest.Sha256);
        json.WriteString("configuration", Path.GetFullPath(file));
        json.WriteString("configuration_sha256", Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(file))));
        json.WriteString("software", $"AuStream {typeof(SessionInfo).Assembly.GetName().Version?.ToString(3)}");
        json.WriteStartArray("streams");
        configuration.Streams.ForEach(stream => json.WriteStringValue(stream.Id));
        json.WriteEndArray();
        json.WriteStartArray("commands");
        configuration.Commands.ForEach(json.WriteStringValue);
        json.WriteEndArray();
    });
}
