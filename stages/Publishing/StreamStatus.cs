namespace AuStream.Stages.Publishing;

/// <summary>A change in how a stream is doing.</summary>
/// <param name="State">How it is doing.</param>
/// <param name="Reason">Why, for people; null where there is nothing to say. Never contains a password.</param>
public sealed record StreamStatus(StreamState State, string? Reason = null);
