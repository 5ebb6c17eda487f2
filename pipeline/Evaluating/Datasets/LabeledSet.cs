namespace AuStream.Pipeline.Evaluating.Datasets;

/// <summary>Everything that is evaluated together.</summary>
internal sealed record LabeledSet
{
    /// <summary>Id of the layout, e.g. <c>bp4d</c>.</summary>
    public required string Dataset { get; init; }

    /// <summary>Id of the protocol.</summary>
    public required string Protocol { get; init; }

    /// <summary>What counts as present, for the report.</summary>
    public required string PresenceRule { get; init; }

    /// <summary>FACS numbers, in the order of the items' columns.</summary>
    public required IReadOnlyList<int> ActionUnits { get; init; }

    /// <summary>The items, in a stable order.</summary>
    public required IReadOnlyList<LabeledItem> Items { get; init; }

    /// <summary>Fold of every subject, from 1; empty without folds.</summary>
    public IReadOnlyDictionary<string, int> Folds { get; init; } = new Dictionary<string, int>();

    /// <summary>What the user has to know about what was found, e.g. labels without a picture.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];
}
