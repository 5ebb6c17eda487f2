namespace AuStream.Pipeline.Serving;

/// <summary>The answer to a probe.</summary>
/// <param name="IsGood">True answers 200, false 503.</param>
/// <param name="Reasons">What is wrong, for people.</param>
public sealed record HealthAnswer(bool IsGood, IReadOnlyList<string> Reasons);
