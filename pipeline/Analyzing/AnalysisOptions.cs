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
}
