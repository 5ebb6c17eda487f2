namespace AuStream.Pipeline.Evaluating.Scoring;

/// <summary>Results side by side.</summary>
/// <param name="Id">For files.</param>
/// <param name="Title">For people.</param>
/// <param name="Explanation">How to read it.</param>
/// <param name="Slices">The results.</param>
internal sealed record SliceTable(string Id, string Title, string Explanation, IReadOnlyList<SliceResult> Slices);
