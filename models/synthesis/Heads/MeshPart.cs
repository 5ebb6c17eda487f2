namespace AuStream.Synthesis.Heads;

/// <summary>Drawable part of a head mesh: which rig vertices it uses and how they form triangles. Immutable; shared by all people.</summary>
/// <param name="Vertices">Rig vertex of each of the part's vertices.</param>
/// <param name="Triangles">Indices into <paramref name="Vertices"/>, three per triangle.</param>
/// <param name="TextureCoordinates">One per triangle corner.</param>
/// <param name="Openness">Baked visibility per vertex, 0–1, or null for 1.</param>
public sealed record MeshPart(int[] Vertices, int[] Triangles, System.Numerics.Vector2[] TextureCoordinates, float[]? Openness);
