namespace AuStream.Stages.Frames;

/// <summary>What travels with a frame, and with everything measured on it, from the decoder to the last consumer.</summary>
/// <param name="StreamId">The stream's id, as configured; never empty.</param>
/// <param name="Sequence">Number of the decoded frame within the stream, from 0, without gaps at the decoder: a gap further on is a dropped frame.</param>
/// <param name="PtsMicroseconds">The frame's own presentation time in µs from the start of the stream; never decreases within a stream.</param>
/// <param name="CapturedAt">UTC time of the frame: arrival for live sources, start of the analysis + PTS for files.</param>
/// <param name="ReceivedTimestamp"><see cref="TimeProvider.GetTimestamp"/> when the decoder delivered the frame. For latency only.</param>
public readonly record struct Envelope(
    string StreamId,
    long Sequence,
    long PtsMicroseconds,
    DateTimeOffset CapturedAt,
    long ReceivedTimestamp);
