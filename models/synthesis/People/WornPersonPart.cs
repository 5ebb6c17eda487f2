using System.Numerics;
using AuStream.Synthesis.Assets;

namespace AuStream.Synthesis.People;

/// <summary>A worn mesh that follows the face: brows, lashes, beard, teeth.</summary>
internal sealed class WornPersonPart(WornMesh mesh) : PersonPart
{
    public override int VertexCount => mesh.VertexCount;

    public override void Pose(ReadOnlySpan<Vector3> rig, in PartPose pose, Span<Vector3> positions) => mesh.Fit(rig, positions);
}
