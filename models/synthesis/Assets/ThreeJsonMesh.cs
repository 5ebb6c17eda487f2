using System.Numerics;

namespace AuStream.Synthesis.Assets;

/// <summary>A mesh of the three.js JSON model format, version 3, as the MakeHuman package has it; polygons cut into triangles.</summary>
public sealed class ThreeJsonMesh
{
    /// <summary>Vertex positions in file units (decimetres).</summary>
    public required Vector3[] Positions { get; init; }

    /// <summary>Vertex indices, three per triangle.</summary>
    public required int[] Triangles { get; init; }

    /// <summary>Texture coordinates per triangle corner.</summary>
    public required Vector2[] TextureCoordinates { get; init; }

    /// <summary>Material number per triangle.</summary>
    public required int[] Materials { get; init; }

    /// <summary>For meshes worn on the base mesh: three base vertices per vertex, else empty.</summary>
    public required int[] References { get; init; }

    /// <summary>Weights of the three base vertices, else empty.</summary>
    public required Vector3[] Weights { get; init; }

    /// <summary>Offset added to the weighted sum, else empty.</summary>
    public required Vector3[] Offsets { get; init; }

    /// <summary>Picture files named by the materials, relative to the mesh.</summary>
    public required IReadOnlyList<string> Pictures { get; init; }
}
