using AuStream.Stages.ActionUnits;
using AuStream.Stages.Decoding;

namespace AuStream.Stages.Tests.Recording;

/// <summary>Events as the smoother would decide them.</summary>
internal static class SampleEvents
{
    /// <summary>An event that ended; times in milliseconds.</summary>
    public static ActionUnitEvent Ended(long faceId, int actionUnit, double onset, double offset, float peak = 3.25f) => new(
        $"id-{faceId}-{actionUnit}-{onset}", "camera-1", faceId, actionUnit, EventPhase.End, (long)(offset * 1000) + 40_000,
        (long)(onset * 1000), (long)((onset + offset) * 500), (long)(offset * 1000), peak, peak / 2, EventEndReason.Offset);

    public static SourceDescription Source(SourceKind kind, string uri = "clip.mp4") =>
        new(uri, kind, 640, 360, 25, TimeSpan.FromSeconds(60), 1500, "h264");
}
