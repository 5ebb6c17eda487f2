namespace AuStream.Stages.Brokers;

/// <summary>What became of a message, and why.</summary>
/// <param name="Outcome">What became of it.</param>
/// <param name="Reason">The broker's or the connection's words; null where all is well.</param>
/// <param name="IsPermanent">True when publishing the same message again cannot help: it is too large or malformed.</param>
public readonly record struct PublishResult(PublishOutcome Outcome, string? Reason = null, bool IsPermanent = false);
