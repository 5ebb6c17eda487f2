namespace AuStream.Pipeline.Evaluating.Reporting;

/// <summary>A table for people.</summary>
/// <param name="Title">What it shows.</param>
/// <param name="Explanation">How to read it, one sentence per line.</param>
/// <param name="Columns">Column names; the first column names the row, the others hold numbers.</param>
/// <param name="Rows">Cells.</param>
internal sealed record ReportTable(string Title, IReadOnlyList<string> Explanation, IReadOnlyList<string> Columns, IReadOnlyList<string[]> Rows);
