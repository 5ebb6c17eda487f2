using System.Numerics;
using AuStream.Synthesis.Heads;
using AuStream.Synthesis.Scene;

namespace AuStream.Synthesis.People;

/// <summary>A drawable part that knows how to follow the posed head mesh. Immutable, thread-safe.</summary>
internal abstract class PersonPart
{
    public required Material Material { get; init; }

    public required int[] Triangles { get; init; }

    public required Vector2[] TextureCoordinates { get; init; }

    public float[]? Openness { get; init; }

    /// <summary>True for what only open lips let light fall on.</summary>
    public bool IsInsideMouth { get; init; }

    /// <summary>Number of vertices.</summary>
    public abstract int VertexCount { get; }

    /// <summary>Writes the vertex positions for a pose.</summary>
    /// <param name="rig">Posed vertices of the head mesh.</param>
    /// <param name="pose">Movements that are not in the mesh.</param>
    /// <param name="positions">Written; <see cref="VertexCount"/> long.</param>
    public abstract void Pose(ReadOnlySpan<Vector3> rig, in PartPose pose, Span<Vector3> positions);
}

/// <summary>Movements of parts that are not part of the head mesh.</summary>
/// <param name="Gaze">Degrees, x positive to the person's left, y up.</param>
/// <param name="TongueUp">0–1.</param>
internal readonly record struct PartPose(Vector2 Gaze, float TongueUp);
