namespace AuStream.Stages.Publishing;

/// <summary>What a sink did since it was made.</summary>
/// <param name="FramesSent">Frames written, or handed to the connection.</param>
/// <param name="FramesFailed">Frames dropped because the other side was away or too slow.</param>
/// <param name="EventsSent">Events written, or acknowledged by the other side.</param>
/// <param name="EventsFailed">Events given up or rejected. Anything but 0 is an alarm.</param>
/// <param name="EventsWaiting">Events that wait for the other side now.</param>
/// <param name="Bytes">Bytes of payload written or sent.</param>
public readonly record struct SinkCounters(
    long FramesSent, long FramesFailed, long EventsSent, long EventsFailed, long EventsWaiting, long Bytes)
{
    /// <summary>The sum of what two sinks did; the second is the one that works now, so that only its events wait.</summary>
    public static SinkCounters operator +(SinkCounters before, SinkCounters now) => new(
        before.FramesSent + now.FramesSent,
        before.FramesFailed + now.FramesFailed,
        before.EventsSent + now.EventsSent,
        before.EventsFailed + now.EventsFailed,
        now.EventsWaiting,
        before.Bytes + now.Bytes);

    /// <summary>The same as <c>+</c>.</summary>
    public static SinkCounters Add(SinkCounters before, SinkCounters now) => before + now;
}
