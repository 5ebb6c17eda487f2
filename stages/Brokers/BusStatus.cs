namespace AuStream.Stages.Brokers;

/// <summary>Whether a bus can deliver, and if not, why.</summary>
/// <param name="State">The state.</param>
/// <param name="Reason">Why, for people, without passwords; null while all is well.</param>
public sealed record BusStatus(BusState State, string? Reason = null);
