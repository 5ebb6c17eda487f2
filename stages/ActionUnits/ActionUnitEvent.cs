namespace AuStream.Stages.ActionUnits;

/// <summary>One action unit of one face from onset to offset. Times are PTS in µs, with sub-frame interpolation where the score crosses the threshold.</summary>
/// <param name="EventId">Unique across restarts and sortable by onset of recording; the same in all phases.</param>
/// <param name="StreamId">The stream.</param>
/// <param name="FaceId">The face within the stream.</param>
/// <param name="ActionUnit">FACS number, 1–45.</param>
/// <param name="Phase">Start, update or end.</param>
/// <param name="PtsMicroseconds">PTS of the frame at which this message was decided.</param>
/// <param name="OnsetMicroseconds">When the score rose over the threshold.</param>
/// <param name="ApexMicroseconds">When the intensity was highest so far.</param>
/// <param name="OffsetMicroseconds">When the score fell below the threshold; null before the end.</param>
/// <param name="PeakIntensity">Highest intensity so far, 0–5.</param>
/// <param name="MeanIntensity">Time-weighted mean intensity so far, 0–5.</param>
/// <param name="EndReason">Why it ended; <see cref="EventEndReason.None"/> before.</param>
public sealed record ActionUnitEvent(
    string EventId,
    string StreamId,
    long FaceId,
    int ActionUnit,
    EventPhase Phase,
    long PtsMicroseconds,
    long OnsetMicroseconds,
    long ApexMicroseconds,
    long? OffsetMicroseconds,
    float PeakIntensity,
    float MeanIntensity,
    EventEndReason EndReason);
