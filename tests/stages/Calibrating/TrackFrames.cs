using AuStream.Models.Manifests;
using AuStream.Stages.ActionUnits;
using AuStream.Stages.Faces;
using AuStream.Stages.Frames;
using AuStream.Stages.Tests.ActionUnits;

namespace AuStream.Stages.Tests.Calibrating;

/// <summary>Frames as the frame network leaves them: frontal, still, sure faces with given raw outputs and features.</summary>
internal sealed class TrackFrames
{
    public const int FeatureCount = 2;

    private readonly FramePool _frames = new();
    private readonly FrameFacesPool _faces = new();
    private readonly IntensityScale _scale;

    public TrackFrames(ActionUnitModelManifest? manifest = null)
    {
        Manifest = manifest ?? SmallModel.Template;
        _scale = new IntensityScale(Manifest);
    }

    /// <summary>Three action units with thresholds 1, 2 and 3.</summary>
    public ActionUnitModelManifest Manifest { get; }

    /// <summary>An empty frame.</summary>
    public FrameFaces Frame(double seconds, string? fileName = null)
    {
        VideoFrame frame = _frames.Rent(1, 1, YuvColor.Bt601Full);
        frame.Envelope = new Envelope("cam", 0, (long)Math.Round(seconds * 1_000_000), default, 0);
        frame.FileName = fileName;
        FrameFaces faces = _faces.Rent(frame);
        faces.ReleaseFrame();
        return faces;
    }

    /// <summary>A frame with one face.</summary>
    public FrameFaces Frame(double seconds, long faceId, float[] raw, float[]? features = null, Action<FaceObservation>? change = null)
    {
        FrameFaces frame = Frame(seconds);
        Add(frame, faceId, raw, features, change);
        return frame;
    }

    /// <summary>Adds a face; features follow from the raw outputs unless they are given.</summary>
    public FaceObservation Add(FrameFaces frame, long faceId, float[] raw, float[]? features = null, Action<FaceObservation>? change = null)
    {
        FaceObservation face = frame.AddFace();
        face.FaceId = faceId;
        face.State = FaceState.Tracked;
        face.Confidence = 0.95f;
        face.InterOcularDistance = 60;
        face.Box = new PixelBox(100, 80, 120, 140);
        face.EnsureActionUnits(raw.Length);
        face.EnsureFeatures(FeatureCount);
        raw.CopyTo(face.RawIntensities, 0);
        (features ?? FeaturesOf(raw)).CopyTo(face.Features, 0);
        face.HasActionUnits = _scale.TryApply(raw, face.Intensities, face.Scores, face.Presence);
        change?.Invoke(face);
        return face;
    }

    /// <summary>What <see cref="Add"/> makes of raw outputs: their sum and 10 times the first.</summary>
    public static float[] FeaturesOf(float[] raw) => [raw.Sum(), 10 * raw[0]];
}
