using AuStream.Stages.Faces;
using AuStream.Stages.Frames;
using AuStream.Stages.Publishing;

namespace AuStream.Stages.Tests.Publishing;

/// <summary>Frames with faces as the pipeline would deliver them, without a pipeline.</summary>
internal sealed class SampleFrames(IReadOnlyList<int> actionUnits)
{
    public static readonly DateTimeOffset Start = new(2026, 11, 20, 9, 30, 0, TimeSpan.Zero);

    private readonly FramePool _frames = new();
    private readonly FrameFacesPool _faces = new();

    public static IReadOnlyList<int> AllActionUnits { get; } =
        [1, 2, 4, 5, 6, 7, 9, 10, 12, 14, 15, 17, 18, 20, 23, 24, 25, 26, 27, 28, 43];

    public static SessionInfo Session(IReadOnlyList<int>? actionUnits = null) => new()
    {
        Site = "lab",
        StreamId = "camera-1",
        SessionId = "01KAH0Q9C0TESTSESS10N00001",
        StartedAt = Start,
        Source = "rtsp://camera-1.example/stream",
        ModelId = "austream-base",
        ModelVersion = "1.0.0",
        ActionUnits = actionUnits ?? AllActionUnits,
        SoftwareVersion = "0.1.0",
    };

    /// <summary>A frame of 640 × 360 at 25 frames per second with the given faces; measured values follow from frame and id.</summary>
    public FrameFaces Frame(long sequence, params (long FaceId, FaceState State)[] faces) => Frame(sequence, fileName: null, faces);

    public FrameFaces Frame(long sequence, string? fileName, params (long FaceId, FaceState State)[] faces)
    {
        VideoFrame frame = _frames.Rent(640, 360, YuvColor.Bt709Limited);
        long pts = sequence * 40_000;
        frame.Envelope = new Envelope("camera-1", sequence, pts, Start.AddMicroseconds(pts), 0);
        frame.FileName = fileName;
        FrameFaces result = _faces.Rent(frame);
        result.ReleaseFrame();
        foreach ((long faceId, FaceState state) in faces)
        {
            FaceObservation face = result.AddFace();
            face.FaceId = faceId;
            face.State = state;
            face.EnsureActionUnits(actionUnits.Count);
            if (!face.IsVisible)
            {
                continue;
            }

            face.Confidence = 0.9f + (0.01f * faceId);
            face.Box = new PixelBox((100 * faceId) + 0.25f, 80.5f, 90, 110);
            face.Pose = new HeadPose(10 * faceId, -5, 2.5f);
            face.InterOcularDistance = 42;
            face.HasActionUnits = true;
            face.Calibration = (CalibrationState)(faceId % 4);
            for (int i = 0; i < actionUnits.Count; i++)
            {
                float intensity = ((sequence + i + faceId) % 6) * 0.9f;
                face.Intensities[i] = intensity;
                face.Scores[i] = intensity / 5;
                face.Presence[i] = intensity >= 1;
            }
        }

        return result;
    }
}
