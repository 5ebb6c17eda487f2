namespace AuStream.Stages.Faces;

/// <summary>One face in one frame: where it is, its dense landmarks, and what the action unit stages measured on it.</summary>
/// <remarks>Pooled and mutable: owned by the <see cref="FrameFaces"/> that carries it; one stage writes at a time.</remarks>
public sealed class FaceObservation
{
    /// <summary>Points of the dense mesh (MediaPipe's face mesh).</summary>
    public const int LandmarkCount = 468;

    /// <summary>Id within the stream, from 1, never used twice.</summary>
    public long FaceId { get; set; }

    /// <summary>Life-cycle. Measurements are valid for <see cref="FaceState.Appeared"/> and <see cref="FaceState.Tracked"/>.</summary>
    public FaceState State { get; set; }

    /// <summary>True when the face is seen in this frame, so that landmarks, pose and action units are valid.</summary>
    public bool IsVisible => State is FaceState.Appeared or FaceState.Tracked;

    /// <summary>The landmark network's confidence that this is a face, 0–1.</summary>
    public float Confidence { get; set; }

    /// <summary>Tight box around the landmarks in pixels.</summary>
    public PixelBox Box { get; set; }

    /// <summary>Head pose in degrees.</summary>
    public HeadPose Pose { get; set; }

    /// <summary>Distance of the two eyes' outer-to-inner-corner midpoints in pixels.</summary>
    public float InterOcularDistance { get; set; }

    /// <summary>Landmarks, <see cref="LandmarkCount"/> × (x, y, z): x and y in pixels of the frame, z in the same scale, negative towards the camera.</summary>
    public float[] Landmarks { get; } = new float[LandmarkCount * 3];

    /// <summary>Irises, that on the image's left first, each 5 × (x, y) in pixels: centre, right, top, left, bottom edge.</summary>
    public float[] Irises { get; } = new float[20];

    /// <summary>True when <see cref="Irises"/> hold this frame's values; the plain landmark network does not measure them.</summary>
    public bool HasIrises { get; set; }

    /// <summary>Score per action unit of the model, in the manifest's order, 0–1; length is the model's number of action units.</summary>
    public float[] Scores { get; private set; } = [];

    /// <summary>Intensity per action unit, 0–5 (FACS A–E = 1–5), in the manifest's order.</summary>
    public float[] Intensities { get; private set; } = [];

    /// <summary>Presence per action unit, in the manifest's order; derived from the same score as the intensity.</summary>
    public bool[] Presence { get; private set; } = [];

    /// <summary>The network's raw output for this frame alone, in the manifest's order, before calibration curve, neutral reference and temporal
    /// head; valid with <see cref="HasActionUnits"/>.</summary>
    public float[] RawIntensities { get; private set; } = [];

    /// <summary>The network's features for this frame; empty when it has none. Valid with <see cref="HasActionUnits"/>.</summary>
    public float[] Features { get; private set; } = [];

    /// <summary>What the action units were compared with; meaningful where the face is visible.</summary>
    public CalibrationState Calibration { get; set; }

    /// <summary>True when <see cref="Scores"/>, <see cref="Intensities"/> and <see cref="Presence"/> hold this frame's values.</summary>
    public bool HasActionUnits { get; set; }

    /// <summary>Makes room for a model's action units; keeps the arrays when the count is unchanged.</summary>
    public void EnsureActionUnits(int count)
    {
        if (Scores.Length != count)
        {
            Scores = new float[count];
            Intensities = new float[count];
            Presence = new bool[count];
            RawIntensities = new float[count];
        }
    }

    /// <summary>Makes room for a network's features; keeps the array when the count is unchanged.</summary>
    public void EnsureFeatures(int count)
    {
        if (Features.Length != count)
        {
            Features = new float[count];
        }
    }

    /// <summary>Makes the object ready for another face.</summary>
    public void Reset()
    {
        FaceId = 0;
        State = FaceState.Appeared;
        Confidence = 0;
        Box = default;
        Pose = default;
        InterOcularDistance = 0;
        HasIrises = false;
        HasActionUnits = false;
        Calibration = CalibrationState.None;
    }
}
