using AuStream.Stages.Brokers;
using AuStream.Stages.Messages;

namespace AuStream.Stages.Publishing;

/// <summary>Where each kind of message of a stream goes, and how.</summary>
internal sealed class ResultRoutes
{
    private readonly BusResultSinkOptions _options;

    /// <exception cref="ArgumentException">The prefix or the stream's id cannot be part of a topic.</exception>
    public ResultRoutes(SessionInfo session, BusResultSinkOptions options)
    {
        _options = options;
        StreamTopics topics = new(options.TopicPrefix, session.StreamId);
        Frames = Route(topics.Frames, options.FrameQuality, MessageSchema.Frame, options.Encoding) with { Expiry = options.FrameExpiry };
        Statistics = Route(topics.Statistics, options.StatisticsQuality, MessageSchema.Statistics, options.Encoding) with { Expiry = options.FrameExpiry };
        Status = Route(topics.Status, QualityOfService.AtLeastOnce, MessageSchema.Status, options.Encoding) with { Retain = true };

        // A spool may hold messages that were encoded before the configuration changed.
        Dictionary<string, BusRoute> spooled = [];
        foreach (MessageEncoding encoding in Enum.GetValues<MessageEncoding>())
        {
            spooled[KindOf(MessageSchema.Event, encoding)] =
                Route(topics.Events, QualityOfService.AtLeastOnce, MessageSchema.Event, encoding) with { Expiry = options.EventExpiry };
            spooled[KindOf(MessageSchema.Group, encoding)] =
                Route(topics.Groups, QualityOfService.AtLeastOnce, MessageSchema.Group, encoding) with { Expiry = options.EventExpiry };
        }

        Spooled = spooled;
    }

    public BusRoute Frames { get; }

    public BusRoute Statistics { get; }

    public BusRoute Status { get; }

    /// <summary>Routes of the messages that wait in a spool, by kind.</summary>
    public IReadOnlyDictionary<string, BusRoute> Spooled { get; }

    /// <summary>What a spool notes about a message.</summary>
    public static string KindOf(string schema, MessageEncoding encoding) => $"{schema} {MessageEncoders.ContentTypeOf(encoding)}";

    private BusRoute Route(string topic, QualityOfService quality, string schema, MessageEncoding encoding) => new()
    {
        Topic = topic,
        QualityOfService = quality,
        ContentType = MessageEncoders.ContentTypeOf(encoding),
        IsText = encoding == MessageEncoding.Json,
        UserProperties = [new("schema", schema), .. _options.UserProperties],
    };
}
