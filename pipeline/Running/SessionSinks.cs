using AuStream.Pipeline.Configuration;
using AuStream.Stages.Brokers;
using AuStream.Stages.Brokers.Dapr;
using AuStream.Stages.Brokers.Files;
using AuStream.Stages.Decoding;
using AuStream.Stages.Messages;
using AuStream.Stages.Publishing;
using AuStream.Stages.Recording;

namespace AuStream.Pipeline.Running;

/// <summary>Makes the sinks of a session, as the configuration asks for them.</summary>
internal static class SessionSinks
{
    /// <summary>Dapr keeps no status for later subscribers: it is said again.</summary>
    private static readonly TimeSpan s_statusInterval = TimeSpan.FromSeconds(30);

    /// <summary>Adds the sinks that publish on brokers, connected or trying to.</summary>
    /// <exception cref="MessageBusException">One cannot work at all: a library, a secret or a certificate is missing.</exception>
    public static async Task ConnectAsync(List<IResultSink> sinks, RunContext context, SessionInfo session, CancellationToken cancellationToken)
    {
        if (context.Broker is { } broker)
        {
            BrokerConfiguration configured = context.Configuration.Broker;
            BusResultSinkOptions options = OptionsOf(context.Configuration) with
            {
                FrameQuality = (QualityOfService)configured.FrameQos,
                StatisticsQuality = (QualityOfService)configured.StatsQos,
                FrameExpiry = TimeSpan.FromSeconds(configured.FrameExpirySeconds),
                EventExpiry = configured.EventExpirySeconds > 0 ? TimeSpan.FromSeconds(configured.EventExpirySeconds) : null,
                UserProperties = [.. configured.UserProperties],
            };
            sinks.Add(await broker.ConnectSinkAsync(session, options, context.Engine.Ids, context.Logger, context.Spool, cancellationToken));
        }

        if (context.Configuration.Dapr is { Publishes: true } dapr)
        {
            DaprBusOptions bus = new()
            {
                Endpoint = DaprEndpoint.FromEnvironment(dapr.HttpPort),
                PubSub = dapr.Pubsub,
                Source = $"austream/{session.Site}/{session.StreamId}",
                TopicSeparator = dapr.TopicSeparator[0],
            };
            BusResultSink sink = new(
                new DaprBus(bus, TimeProvider.System, context.Logger),
                session,
                OptionsOf(context.Configuration) with { StatusInterval = s_statusInterval },
                context.Engine.Ids,
                TimeProvider.System,
                context.Logger,
                context.Spool,
                $"{session.StreamId} dapr");
            sinks.Add(sink);
            await sink.ConnectAsync(cancellationToken);
        }
    }

    /// <summary>Adds the sinks that write files, where there is an output folder. In a folder per session: a restart never overwrites what an earlier session wrote.</summary>
    /// <exception cref="ResultFileException">A file cannot be written.</exception>
    public static async Task CreateFilesAsync(List<IResultSink> sinks, RunContext context, SessionInfo session, SourceDescription source)
    {
        RunConfiguration configuration = context.Configuration;
        if (configuration.OutputFolder.Length == 0)
        {
            return;
        }

        string folder = Path.Combine(context.ConfigurationFolder, configuration.OutputFolder, session.StreamId, session.SessionId);
        sinks.AddRange(ResultFiles.Create(folder, session, source, context.Engine.Ids, configuration.Privacy.ParseMode()));
        if (configuration.OutputMessages)
        {
            BusResultSink messages = new(
                new FileBus(new FileBusOptions { Folder = folder }, TimeProvider.System, context.Logger),
                session,
                OptionsOf(configuration) with { Encoding = MessageEncoding.Json },
                context.Engine.Ids,
                TimeProvider.System,
                context.Logger);
            sinks.Add(messages);
            await messages.ConnectAsync(CancellationToken.None);
        }
    }

    private static BusResultSinkOptions OptionsOf(RunConfiguration configuration) => new()
    {
        TopicPrefix = configuration.Broker.Prefix,
        Purpose = configuration.Purpose,
        Encoding = configuration.Encoding == "protobuf" ? MessageEncoding.Protobuf : MessageEncoding.Json,
        Privacy = configuration.Privacy.ParseMode(),
        MinimumGroup = configuration.Privacy.MinimumGroup,
        GroupInterval = TimeSpan.FromSeconds(configuration.Privacy.IntervalSeconds),
    };
}
