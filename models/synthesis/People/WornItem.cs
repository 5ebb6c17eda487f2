using AuStream.Synthesis.Assets;
using AuStream.Synthesis.Scene;

namespace AuStream.Synthesis.People;

/// <summary>Something to wear: a mesh and how it looks.</summary>
/// <param name="Mesh">Shape.</param>
/// <param name="Material">Looks.</param>
internal readonly record struct WornItem(WornMesh Mesh, Material Material);
