namespace AuStream.Synthesis.Scene;

/// <summary>Surface relief: one float per texel, rows from top (v = 1) to bottom; positive is outwards.</summary>
/// <param name="Width">Columns.</param>
/// <param name="Height">Rows.</param>
/// <param name="Values">Width · Height values.</param>
public sealed record HeightMap(int Width, int Height, float[] Values);
