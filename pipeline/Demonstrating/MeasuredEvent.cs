namespace AuStream.Pipeline.Demonstrating;

/// <summary>A received event message: its start, or its end.</summary>
public sealed record MeasuredEvent(int ActionUnit, bool IsStart, double Onset, double? Offset, float PeakIntensity);
