namespace AuStream.Stages.Decoding;

/// <summary>Facts about an opened source.</summary>
/// <param name="Uri">What was asked for, with any password removed.</param>
/// <param name="Kind">File, pictures or live.</param>
/// <param name="Width">Width of the upright picture in pixels; 0 where it varies (pictures).</param>
/// <param name="Height">Height of the upright picture in pixels; 0 where it varies (pictures).</param>
/// <param name="FramesPerSecond">Nominal average frame rate in 1/s; 0 where unknown. Never used as a clock.</param>
/// <param name="Duration">Length, or null where unknown (live).</param>
/// <param name="FrameCount">Frames to expect, or null where unknown. For progress bars only.</param>
/// <param name="Codec">ffmpeg's name of the video codec, empty where unknown.</param>
public sealed record SourceDescription(
    string Uri,
    SourceKind Kind,
    int Width,
    int Height,
    double FramesPerSecond,
    TimeSpan? Duration,
    long? FrameCount,
    string Codec);
