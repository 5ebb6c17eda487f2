using System.Numerics;
using AuStream.Synthesis.Assets;

namespace AuStream.Synthesis.People;

/// <summary>The tongue: moves with the jaw, and its tip rises on demand.</summary>
internal sealed class TonguePersonPart(WornMesh mesh) : PersonPart
{
    public override int VertexCount => mesh.VertexCount;

    public override void Pose(ReadOnlySpan<Vector3> rig, in PartPose pose, Span<Vector3> positions)
    {
        mesh.Fit(rig, positions);
        if (pose.TongueUp == 0)
        {
            return;
        }

        float tip = float.MinValue;
        foreach (Vector3 p in positions)
        {
            tip = MathF.Max(tip, p.Z);
        }

        for (int i = 0; i < positions.Length; i++)
        {
            float nearTip = Math.Clamp(1 - ((tip - positions[i].Z) / 3), 0, 1);
            positions[i] += new Vector3(0, 0.6f, 0.3f) * (pose.TongueUp * nearTip * nearTip);
        }
    }
}
