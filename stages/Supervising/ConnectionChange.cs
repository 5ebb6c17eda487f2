namespace AuStream.Stages.Supervising;

/// <summary>A live source's new state.</summary>
/// <param name="Status">Where it stands.</param>
/// <param name="At">When it came there.</param>
/// <param name="Attempt">Attempts to connect since the last stable connection, the present one included; 0 while connected.</param>
/// <param name="Reason">Why, for people; null where all is well.</param>
/// <param name="NextAttemptAt">When the next attempt is due, while waiting.</param>
public sealed record ConnectionChange(
    ConnectionStatus Status, DateTimeOffset At, int Attempt, string? Reason = null, DateTimeOffset? NextAttemptAt = null);
