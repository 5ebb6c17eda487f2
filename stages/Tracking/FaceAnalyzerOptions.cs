using AuStream.Stages.Detection;

namespace AuStream.Stages.Tracking;

/// <summary>How the faces of one stream are found and followed.</summary>
public sealed record FaceAnalyzerOptions
{
    /// <summary>Search for new faces.</summary>
    public FaceDetectorOptions Detection { get; init; } = new();

    /// <summary>Following known faces.</summary>
    public TrackerOptions Tracking { get; init; } = new();

    /// <summary>Checks the values.</summary>
    /// <exception cref="ArgumentException">A value is out of range; the message names it.</exception>
    public void Validate()
    {
        Detection.Validate();
        Tracking.Validate();
    }
}
