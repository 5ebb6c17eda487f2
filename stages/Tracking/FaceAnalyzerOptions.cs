using AuStream.Stages.Detection;
using AuStream.Stages.Landmarks;

namespace AuStream.Stages.Tracking;

/// <summary>How the faces of one stream are found and followed.</summary>
public sealed record FaceAnalyzerOptions
{
    /// <summary>Search for new faces.</summary>
    public FaceDetectorOptions Detection { get; init; } = new();

    /// <summary>Landmark network; action unit models measure best with the one they were trained with.</summary>
    public LandmarkNetwork Network { get; init; } = LandmarkNetwork.Mesh;

    /// <summary>Following known faces.</summary>
    public TrackerOptions Tracking { get; init; } = new();

    /// <summary>Checks the values.</summary>
    /// <exception cref="ArgumentException">A value is out of range; the message names it.</exception>
    public void Validate()
    {
        if (!Enum.IsDefined(Network))
        {
            throw new ArgumentException($"Landmark network {Network} is not known.");
        }

        Detection.Validate();
        Tracking.Validate();
    }
}
