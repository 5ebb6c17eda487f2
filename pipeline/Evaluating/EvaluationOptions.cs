using AuStream.Pipeline.Resting;

namespace AuStream.Pipeline.Evaluating;

/// <summary>What <c>austream eval</c> was asked for.</summary>
public sealed record EvaluationOptions
{
    /// <summary>Id of the dataset's layout; null when predictions are compared with labels.</summary>
    public string? Dataset { get; init; }

    /// <summary>Folder of the dataset, or the label table.</summary>
    public string? Root { get; init; }

    /// <summary>Id of the protocol; null for the dataset's first.</summary>
    public string? Protocol { get; init; }

    /// <summary>The only fold to evaluate, from 1; null for all.</summary>
    public int? Fold { get; init; }

    /// <summary>FACS numbers, comma-separated; null for the protocol's.</summary>
    public string? ActionUnits { get; init; }

    /// <summary>Lowest labelled intensity that counts as present; null for the protocol's.</summary>
    public float? PresentFrom { get; init; }

    /// <summary>Measured intensity from which an action unit is called present; null for the model's own thresholds.</summary>
    public float? Threshold { get; init; }

    /// <summary>What a frame without a face counts as: <c>negative</c> or <c>skip</c>.</summary>
    public string MissingFace { get; init; } = "negative";

    /// <summary>Id of the action unit network.</summary>
    public string Model { get; init; } = "austream-base";

    /// <summary>Landmark network: auto (the one that the model was trained with), or its id.</summary>
    public string Landmarks { get; init; } = "auto";

    /// <summary>Reach of the detector: auto, short or full.</summary>
    public string Detector { get; init; } = "auto";

    /// <summary>What action units are relative to.</summary>
    public EvaluationReference Reference { get; init; }

    /// <summary>How often a video is read, 1 or 2, as <c>austream analyze</c> does.</summary>
    public int Passes { get; init; } = FirstPass.DefaultPasses;

    /// <summary>Measures everything again on frames made worse, and lists results by head pose.</summary>
    public bool Robustness { get; init; }

    /// <summary>Draws for the confidence intervals; 0 for none.</summary>
    public int Draws { get; init; } = 1000;

    /// <summary>Folder for reports and measurements.</summary>
    public required string OutputFolder { get; init; }

    /// <summary>Results of <c>austream analyze</c> to compare with <see cref="Labels"/>.</summary>
    public string? Predictions { get; init; }

    /// <summary>The label table for <see cref="Predictions"/>.</summary>
    public string? Labels { get; init; }

    /// <summary>Folder of neutral pictures (pairs).</summary>
    public string? Neutral { get; init; }

    /// <summary>Folder of the same people's expressive pictures (pairs).</summary>
    public string? Expressive { get; init; }
}
