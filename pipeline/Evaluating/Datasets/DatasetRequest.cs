namespace AuStream.Pipeline.Evaluating.Datasets;

/// <summary>What a reader is asked for.</summary>
/// <param name="Root">Folder of the dataset, or the label file (generic layout).</param>
/// <param name="Protocol">Id of a protocol; null for the layout's first.</param>
/// <param name="ActionUnits">FACS numbers to evaluate; null for the protocol's.</param>
/// <param name="PresentFrom">Lowest labelled intensity that counts as present; null for the protocol's.</param>
internal sealed record DatasetRequest(string Root, string? Protocol = null, IReadOnlyList<int>? ActionUnits = null, float? PresentFrom = null);
