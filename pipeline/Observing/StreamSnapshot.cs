namespace AuStream.Pipeline.Observing;

/// <summary>A stream's numbers at one moment.</summary>
/// <param name="State">What it is doing, in one word or a short clause.</param>
/// <param name="FramesPerSecond">Published frames per second since the previous snapshot.</param>
/// <param name="LatencyP50">Median time from arrival to publication since the start.</param>
/// <param name="LatencyP99">99th percentile of it.</param>
/// <param name="Faces">Visible faces in the latest frame.</param>
/// <param name="Frames">Frames published.</param>
/// <param name="Dropped">Frames dropped by the limiter.</param>
/// <param name="Events">Event messages.</param>
/// <param name="Reconnects">Times the source was reopened.</param>
public sealed record StreamSnapshot(
    string State,
    double FramesPerSecond,
    TimeSpan LatencyP50,
    TimeSpan LatencyP99,
    int Faces,
    long Frames,
    long Dropped,
    long Events,
    long Reconnects);
