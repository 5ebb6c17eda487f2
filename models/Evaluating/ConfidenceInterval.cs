namespace AuStream.Models.Evaluating;

/// <summary>An interval of a metric.</summary>
/// <param name="Low">Lower end; NaN when the metric was undefined in every draw.</param>
/// <param name="High">Upper end.</param>
public readonly record struct ConfidenceInterval(double Low, double High);
