namespace AuStream.Pipeline.Benchmarking;

/// <summary>What <c>austream bench-messages</c> measured.</summary>
/// <param name="Seconds">Measured time.</param>
/// <param name="FramesSent">Frame messages handed to the broker.</param>
/// <param name="FramesDropped">Frame messages that the broker was too slow for.</param>
/// <param name="EventsDelivered">Event messages acknowledged.</param>
/// <param name="EventsLost">Event messages given up.</param>
/// <param name="Received">Messages that a consumer received; null with somebody else's broker.</param>
/// <param name="MessagesPerSecond">Messages sent and delivered, per second.</param>
/// <param name="ProcessorSeconds">Processor time of this program.</param>
/// <param name="MemoryMegabytesEarly">Resident memory after a fifth of the time, in megabytes.</param>
/// <param name="MemoryMegabytesLate">Resident memory at the end, in megabytes.</param>
public sealed record MessageBenchmarkReport(
    double Seconds,
    long FramesSent,
    long FramesDropped,
    long EventsDelivered,
    long EventsLost,
    long? Received,
    double MessagesPerSecond,
    double ProcessorSeconds,
    double MemoryMegabytesEarly,
    double MemoryMegabytesLate);
