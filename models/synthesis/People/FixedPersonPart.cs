using System.Numerics;

namespace AuStream.Synthesis.People;

/// <summary>A part that stays where it is when the face moves: scalp hair, glasses, headwear.</summary>
internal sealed class FixedPersonPart(Vector3[] vertices) : PersonPart
{
    public override int VertexCount => vertices.Length;

    public override void Pose(ReadOnlySpan<Vector3> rig, in PartPose pose, Span<Vector3> positions) => vertices.CopyTo(positions);
}
