namespace AuStream.Pipeline.Serving;

/// <summary>One value of a metric.</summary>
/// <param name="Labels">Names and values that tell it from the metric's other values.</param>
/// <param name="Value">The value; for a histogram the sum of what was recorded.</param>
/// <param name="Bounds">Upper bounds of a histogram's buckets; null for other kinds.</param>
/// <param name="Counts">Values per bucket, one more than there are bounds; null for other kinds.</param>
public sealed record MetricSample(
    IReadOnlyList<KeyValuePair<string, string>> Labels, double Value, IReadOnlyList<double>? Bounds = null, IReadOnlyList<long>? Counts = null);
