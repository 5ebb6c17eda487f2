namespace AuStream.Stages.Publishing;

/// <summary>How much a stream did, counted from the start of its session, and how fast it is now.</summary>
public sealed record StreamStatistics
{
    /// <summary>Frames measured per second of wall-clock time, over the last reporting interval.</summary>
    public required double FramesPerSecond { get; init; }

    /// <summary>Median time from the decoder's delivery of a frame to its publication, in milliseconds, over the last interval.</summary>
    public required double LatencyP50Milliseconds { get; init; }

    /// <summary>95th percentile of the same.</summary>
    public required double LatencyP95Milliseconds { get; init; }

    /// <summary>99th percentile of the same.</summary>
    public required double LatencyP99Milliseconds { get; init; }

    /// <summary>Frames the decoder delivered.</summary>
    public required long FramesDecoded { get; init; }

    /// <summary>Frames measured.</summary>
    public required long FramesMeasured { get; init; }

    /// <summary>Frames left out to keep up with a live source.</summary>
    public required long FramesDropped { get; init; }

    /// <summary>Faces visible in the latest frame; null where that is not told.</summary>
    public required int? Faces { get; init; }

    /// <summary>How often the source was opened again after it broke off.</summary>
    public long SourceReconnects { get; init; }
}
