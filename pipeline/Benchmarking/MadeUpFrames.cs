using AuStream.Stages.ActionUnits;
using AuStream.Stages.Faces;
using AuStream.Stages.Frames;

namespace AuStream.Pipeline.Benchmarking;

/// <summary>Measurements of two faces that nobody has, for measuring what comes after them. Not thread-safe.</summary>
internal sealed class MadeUpFrames
{
    private const int FrameMicroseconds = 1_000;
    private readonly FramePool _pixels = new();
    private readonly FrameFacesPool _pool = new();
    private long _sequence;

    /// <summary>The action units of the full set.</summary>
    public static int[] ActionUnits { get; } = [1, 2, 4, 5, 6, 7, 9, 10, 12, 14, 15, 17, 18, 20, 23, 24, 25, 26, 27, 28, 43];

    /// <summary>An event whose times are its number in µs.</summary>
    public static ActionUnitEvent Event(string id, long number) =>
        new(id, "bench", 1, ActionUnits[number % ActionUnits.Length], EventPhase.Start, number, number, number, null, 2.5f, 1.5f, EventEndReason.None);

    /// <summary>The next frame; the caller disposes it.</summary>
    public FrameFaces Next()
    {
        VideoFrame pixels = _pixels.Rent(64, 64, YuvColor.Bt709Limited);
        long pts = _sequence * FrameMicroseconds;
        pixels.Envelope = new Envelope("bench", _sequence, pts, DateTimeOffset.UnixEpoch.AddMicroseconds(pts), 0);
        FrameFaces frame = _pool.Rent(pixels);
        frame.ReleaseFrame();
        for (int id = 1; id <= 2; id++)
        {
            FaceObservation face = frame.AddFace();
            face.FaceId = id;
            face.State = FaceState.Tracked;
            face.Confidence = 0.95f;
            face.Box = new PixelBox(100 * id, 80.5f, 90, 110);
            face.Pose = new HeadPose(10 * id, -5, 2.5f);
            face.EnsureActionUnits(ActionUnits.Length);
            face.HasActionUnits = true;
            for (int i = 0; i < ActionUnits.Length; i++)
            {
                float intensity = (_sequence + i + id) % 50 / 10f;
                face.Intensities[i] = intensity;
                face.Scores[i] = intensity / 5;
                face.Presence[i] = intensity >= 1.5f;
            }
        }

        _sequence++;
        return frame;
    }
}
