namespace AuStream.Pipeline.Demonstrating;

/// <summary>Presence of each action unit in one received frame message; empty when there was no face.</summary>
public sealed record MeasuredFrame(double Seconds, IReadOnlyDictionary<int, bool> Present);
