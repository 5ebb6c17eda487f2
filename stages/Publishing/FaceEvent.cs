namespace AuStream.Stages.Publishing;

/// <summary>A face came, or went for good. Times are PTS in µs.</summary>
/// <param name="EventId">Unique across restarts; the same when the face appears and when it is lost.</param>
/// <param name="FaceId">The face within the stream.</param>
/// <param name="Phase">Appeared or lost.</param>
/// <param name="PtsMicroseconds">PTS of the frame at which this was decided.</param>
/// <param name="FirstSeenMicroseconds">PTS of the first frame that showed it.</param>
/// <param name="LastSeenMicroseconds">PTS of the last frame that showed it.</param>
/// <param name="StreamEnded">True when it is lost only because the stream ended.</param>
public readonly record struct FaceEvent(
    string EventId,
    long FaceId,
    FaceEventPhase Phase,
    long PtsMicroseconds,
    long FirstSeenMicroseconds,
    long LastSeenMicroseconds,
    bool StreamEnded);
