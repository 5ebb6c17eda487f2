using AuStream.Models.Sessions;
using AuStream.Stages.Detection;
using AuStream.Stages.Faces;
using AuStream.Stages.Landmarks;

namespace AuStream.Stages.Tracking;

/// <summary>Everything about faces for one stream: detector, landmarks, pose and tracker behind one call per frame.</summary>
/// <remarks>One analyzer per stream, one thread at a time; analyzers of several streams share <see cref="FaceModels"/>.</remarks>
public sealed class FaceAnalyzer : IDisposable
{
    private readonly FaceModels? _ownModels;
    private readonly FaceDetector _detector;
    private readonly FaceLandmarker _landmarker;
    private readonly FaceTracker _tracker;

    /// <summary>An analyzer with networks of its own.</summary>
    /// <inheritdoc cref="FaceAnalyzer(FaceModels, FaceAnalyzerOptions)"/>
    /// <exception cref="ModelNotFoundException">A network is missing; the message says how to get it.</exception>
    /// <exception cref="ModelLoadException">A network is damaged.</exception>
    public FaceAnalyzer(ModelStore store, FaceAnalyzerOptions options)
        : this(FaceModels.Load(store, options?.Detection.Range ?? default, options?.Network ?? default), options!)
    {
        _ownModels = Models;
    }

    /// <param name="models">Networks shared with other analyzers; they must outlive this one.</param>
    /// <param name="options">How faces are found and followed.</param>
    /// <exception cref="ArgumentException">An option is out of range, or asks for other networks than those loaded.</exception>
    public FaceAnalyzer(FaceModels models, FaceAnalyzerOptions options)
    {
        ArgumentNullException.ThrowIfNull(models);
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        if (options.Detection.Range != models.Range)
        {
            throw new ArgumentException($"The options ask for the {options.Detection.Range}-range detector, the {models.Range}-range one is loaded.", nameof(options));
        }

        if (options.Network != models.Network)
        {
            throw new ArgumentException($"The options ask for the landmark network {options.Network}, {models.Network} is loaded.", nameof(options));
        }

        Models = models;
        _detector = new FaceDetector(models.Detector, options.Detection);
        _landmarker = new FaceLandmarker(models.Landmarks);
        _tracker = new FaceTracker(_detector, _landmarker, models.Pose, options.Tracking);
    }

    /// <summary>The networks in use.</summary>
    public FaceModels Models { get; }

    /// <summary>Faces that were reported and not yet reported as lost.</summary>
    public int OpenFaces => _tracker.OpenFaces;

    /// <inheritdoc cref="FaceTracker.Process"/>
    public void Process(FrameFaces frame) => _tracker.Process(frame);

    /// <inheritdoc cref="FaceTracker.Reset"/>
    public void Reset() => _tracker.Reset();

    /// <inheritdoc cref="FaceTracker.Complete"/>
    public void Complete(IList<FaceObservation> lost) => _tracker.Complete(lost);

    /// <inheritdoc/>
    public void Dispose()
    {
        _detector.Dispose();
        _landmarker.Dispose();
        _ownModels?.Dispose();
    }
}
