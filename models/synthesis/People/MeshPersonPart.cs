using System.Numerics;

namespace AuStream.Synthesis.People;

/// <summary>A part made of vertices of the head mesh itself.</summary>
internal sealed class MeshPersonPart(int[] vertices) : PersonPart
{
    public override int VertexCount => vertices.Length;

    public override void Pose(ReadOnlySpan<Vector3> rig, in PartPose pose, Span<Vector3> positions)
    {
        for (int i = 0; i < vertices.Length; i++)
        {
            positions[i] = rig[vertices[i]];
        }
    }
}
