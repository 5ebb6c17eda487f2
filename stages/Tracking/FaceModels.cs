using AuStream.Models.Sessions;
using AuStream.Stages.Detection;
using AuStream.Stages.Landmarks;

namespace AuStream.Stages.Tracking;

/// <summary>The networks that find and measure faces, loaded once and shared by the analyzers of all streams. Thread-safe.</summary>
/// <remarks>Dispose it after its analyzers.</remarks>
public sealed class FaceModels : IDisposable
{
    private FaceModels(OnnxSession detector, OnnxSession landmarks, CanonicalFace canonical, DetectorRange range, LandmarkNetwork network)
    {
        Detector = detector;
        Landmarks = landmarks;
        Range = range;
        Network = network;
        Pose = new HeadPoseEstimator(canonical);
    }

    /// <summary>The detector network.</summary>
    public OnnxSession Detector { get; }

    /// <summary>The landmark network.</summary>
    public OnnxSession Landmarks { get; }

    /// <summary>Which detector it is.</summary>
    public DetectorRange Range { get; }

    /// <summary>Which landmark network it is.</summary>
    public LandmarkNetwork Network { get; }

    /// <summary>Head pose against the average face that came with the imported face mesh.</summary>
    public HeadPoseEstimator Pose { get; }

    /// <summary>Verifies and loads the networks.</summary>
    /// <exception cref="ModelNotFoundException">One is missing; the message says how to get it.</exception>
    /// <exception cref="ModelLoadException">One is damaged.</exception>
    public static FaceModels Load(
        ModelStore store,
        DetectorRange range = DetectorRange.Full,
        LandmarkNetwork network = LandmarkNetwork.Mesh,
        OnnxSessionOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(store);
        OnnxSession detector = store.Load(FaceDetector.ModelId(range), options);
        OnnxSession? landmarks = null;
        try
        {
            landmarks = store.Load(network.ModelId(), options);
            return new FaceModels(detector, landmarks, ReadCanonicalFace(store, landmarks, network), range, network);
        }
        catch
        {
            landmarks?.Dispose();
            detector.Dispose();
            throw;
        }
    }

    // The average face belongs to the imported networks; one that was trained here fills the same mesh.
    private static CanonicalFace ReadCanonicalFace(ModelStore store, OnnxSession landmarks, LandmarkNetwork network)
    {
        if (network != LandmarkNetwork.LandmarkCnn)
        {
            return CanonicalFace.FromMetadata(landmarks);
        }

        using OnnxSession mesh = store.Load(LandmarkNetwork.Mesh.ModelId());
        return CanonicalFace.FromMetadata(mesh);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Detector.Dispose();
        Landmarks.Dispose();
    }
}
