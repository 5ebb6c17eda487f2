using AuStream.Pipeline.Resting;

namespace AuStream.Pipeline.Analyzing;

/// <summary>What <c>austream analyze</c> was asked for.</summary>
public sealed record AnalysisOptions
{
    /// <summary>Video file, picture, or folder of pictures.</summary>
    public required string Input { get; init; }

    /// <summary>Folder for the results.</summary>
    public required string OutputFolder { get; init; }

    /// <summary>Id of the action unit network.</summary>
    public required string Model { get; init; }

    /// <summary>Most faces at once, 1–100.</summary>
    public required int MaxFaces { get; init; }

    /// <summary>Reach of the detector: auto, short or full.</summary>
    public required string Detector { get; init; }

    /// <summary>Landmark network: auto (the one that the model was trained with), or its id.</summary>
    public string Landmarks { get; init; } = "auto";

    /// <summary>Whether the temporal head is used: auto, on or off.</summary>
    public string Temporal { get; init; } = "auto";

    /// <summary>What computes the networks: auto, tensorrt, cuda or cpu.</summary>
    public string Provider { get; init; } = "auto";

    /// <summary>Where neutral faces come from: auto, off, enrolled or estimated.</summary>
    public string Reference { get; init; } = "auto";

    /// <summary>How far the event smoother looks ahead, milliseconds of the recording, 0–2000; 0 gives, in one reading, the events that a live stream would give.</summary>
    public double LookAheadMilliseconds { get; init; } = DefaultLookAheadMilliseconds;

    /// <summary>Five time constants of the smoother's filter: what lies beyond weighs less than a hundredth.</summary>
    public const double DefaultLookAheadMilliseconds = 250;

    /// <summary>How often a video is read, 1 or 2: two readings measure each face relative to its rest from its first frame on, one as a live stream would.</summary>
    public int Passes { get; init; } = FirstPass.DefaultPasses;

    /// <summary>Picture of the person at rest, or a folder of such pictures; null for none.</summary>
    public string? Neutral { get; init; }

    /// <summary>Second of the recording at which its faces are at rest; null for none.</summary>
    public double? NeutralAt { get; init; }
}
