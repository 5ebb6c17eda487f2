namespace AuStream.Pipeline.Serving;

/// <summary>A metric with all its values.</summary>
/// <param name="Name">Name in Prometheus' spelling, unit and <c>_total</c> included.</param>
/// <param name="Kind">How to read it.</param>
/// <param name="Help">What it says, in one line.</param>
/// <param name="Samples">Its values.</param>
public sealed record MetricFamily(string Name, MetricKind Kind, string Help, IReadOnlyList<MetricSample> Samples);
