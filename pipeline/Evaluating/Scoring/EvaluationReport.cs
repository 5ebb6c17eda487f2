using AuStream.Models.Evaluating;

namespace AuStream.Pipeline.Evaluating.Scoring;

/// <summary>Everything that an evaluation found out.</summary>
internal sealed record EvaluationReport
{
    /// <summary>Id of the dataset.</summary>
    public required string Dataset { get; init; }

    /// <summary>Id of the protocol, with the fold where only one was evaluated.</summary>
    public required string Protocol { get; init; }

    /// <summary>Name and version of the model, or where the predictions came from.</summary>
    public required string Model { get; init; }

    /// <summary>What counts as present in the labels, in the measurements, and what a frame without a face counts as.</summary>
    public required IReadOnlyList<string> Rules { get; init; }

    /// <summary>Number of people.</summary>
    public required int Subjects { get; init; }

    /// <summary>Labelled frames that could not be read: left out.</summary>
    public required int FramesNotRead { get; init; }

    /// <summary>The result.</summary>
    public required SliceResult All { get; init; }

    /// <summary>Its confidence intervals; null when none were asked for.</summary>
    public ActionUnitIntervals? Intervals { get; init; }

    /// <summary>Distance of the relation matrices of labels and calls.</summary>
    public required double RelationDistance { get; init; }

    /// <summary>Labelled action units that the model does not measure.</summary>
    public required IReadOnlyList<int> Unmeasured { get; init; }

    /// <summary>Folds, views, robustness, head pose.</summary>
    public required IReadOnlyList<SliceTable> Tables { get; init; }

    /// <summary>The papers' own numbers.</summary>
    public required IReadOnlyList<PublishedResult> Published { get; init; }

    /// <summary>What the user has to know about the data.</summary>
    public required IReadOnlyList<string> Notes { get; init; }
}
