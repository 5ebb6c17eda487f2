using AuStream.Stages.Frames;

namespace AuStream.Stages.Limiting;

/// <summary>Makes the edges between stages; the name of the method is the policy of the edge.</summary>
public static class FrameChannel
{
    /// <summary>An edge for frames that loses none: the producer waits while <paramref name="capacity"/> frames wait.</summary>
    /// <param name="capacity">Frames that may wait, at least 1.</param>
    /// <param name="maxInFlight">See <see cref="FrameChannel{T}.MaxInFlight"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">A bound is below 1.</exception>
    public static FrameChannel<VideoFrame> CreateLossless(int capacity, int maxInFlight = int.MaxValue) =>
        CreateLossless<VideoFrame>(capacity, maxInFlight);

    /// <summary>An edge for frames that keeps the newest: when full, the oldest waiting frame is dropped and counted.</summary>
    /// <inheritdoc cref="CreateLossless(int, int)"/>
    public static FrameChannel<VideoFrame> CreateLatest(int capacity, int maxInFlight = int.MaxValue) =>
        CreateLatest<VideoFrame>(capacity, maxInFlight);

    /// <summary>An edge that loses nothing, for any pooled item.</summary>
    /// <inheritdoc cref="CreateLossless(int, int)"/>
    public static FrameChannel<T> CreateLossless<T>(int capacity, int maxInFlight = int.MaxValue)
        where T : class, IDisposable => new(FlowPolicy.Lossless, capacity, maxInFlight);

    /// <summary>An edge that keeps the newest, for any pooled item.</summary>
    /// <inheritdoc cref="CreateLossless(int, int)"/>
    public static FrameChannel<T> CreateLatest<T>(int capacity, int maxInFlight = int.MaxValue)
        where T : class, IDisposable => new(FlowPolicy.Latest, capacity, maxInFlight);
}
