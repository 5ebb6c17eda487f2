using AuStream.Stages.Frames;

namespace AuStream.Stages.Publishing;

/// <summary>Turns PTS into UTC, by the time and PTS of the latest frame.</summary>
/// <remarks>Not thread-safe.</remarks>
public sealed class StreamClock
{
    private long _pts;
    private DateTimeOffset _utc;

    /// <param name="startedAt">UTC time of PTS 0 until the first frame says better.</param>
    public StreamClock(DateTimeOffset startedAt)
    {
        _utc = startedAt;
    }

    /// <summary>PTS of the latest frame in µs.</summary>
    public long PtsMicroseconds => _pts;

    /// <summary>Takes a frame's PTS and capture time as the new reference.</summary>
    public void Observe(in Envelope envelope)
    {
        _pts = envelope.PtsMicroseconds;
        _utc = envelope.CapturedAt;
    }

    /// <summary>UTC time of a PTS in µs.</summary>
    public DateTimeOffset ToUtc(long ptsMicroseconds) =>
        _utc.AddTicks((ptsMicroseconds - _pts) * TimeSpan.TicksPerMicrosecond);
}
