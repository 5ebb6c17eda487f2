namespace AuStream.Stages.Commanding;

/// <summary>What became of a command.</summary>
/// <param name="IsDone">True when it was carried out.</param>
/// <param name="Reason">Why not, or what else there is to say, for people.</param>
public sealed record CommandResult(bool IsDone, string? Reason = null);
