namespace AuStream.Synthesis.Assets;

/// <summary>A decoded picture: 8-bit RGBA, rows from the top.</summary>
/// <param name="Width">Columns.</param>
/// <param name="Height">Rows.</param>
/// <param name="Pixels">Width · Height · 4 bytes.</param>
public sealed record PngImage(int Width, int Height, byte[] Pixels);
