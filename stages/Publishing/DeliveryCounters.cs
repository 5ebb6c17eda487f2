namespace AuStream.Stages.Publishing;

/// <summary>What became of a session's messages so far.</summary>
/// <param name="FramesSent">Frame messages handed to the connection.</param>
/// <param name="FramesDropped">Frame messages dropped: no connection, or the broker too slow.</param>
/// <param name="EventsDelivered">Event messages that the broker acknowledged.</param>
/// <param name="EventsWaiting">Event messages that wait for the broker now.</param>
/// <param name="EventsLost">Event messages given up because too many waited. Anything but 0 is an alarm.</param>
/// <param name="EventsRejected">Event messages that the broker rejected for good.</param>
/// <param name="Connects">Connections to the broker, the first one included.</param>
public readonly record struct DeliveryCounters(
    long FramesSent,
    long FramesDropped,
    long EventsDelivered,
    long EventsWaiting,
    long EventsLost,
    long EventsRejected,
    long Connects);
