using System.Numerics;
using AuStream.Synthesis.Heads;

namespace AuStream.Synthesis.People;

/// <summary>An eyeball that turns with the gaze.</summary>
internal sealed class EyePersonPart(EyeSphere sphere) : PersonPart
{
    public override int VertexCount => EyeballMesh.Positions.Count;

    public override void Pose(ReadOnlySpan<Vector3> rig, in PartPose pose, Span<Vector3> positions)
    {
        (float sinX, float cosX) = MathF.SinCos(pose.Gaze.X * MathF.PI / 180);
        (float sinY, float cosY) = MathF.SinCos(pose.Gaze.Y * MathF.PI / 180);
        for (int i = 0; i < positions.Length; i++)
        {
            // Up and down about the x axis first, then sideways about y.
            Vector3 p = EyeballMesh.Positions[i];
            float y = (p.Y * cosY) + (p.Z * sinY);
            float z = (p.Z * cosY) - (p.Y * sinY);
            positions[i] = sphere.Center + (sphere.Radius * new Vector3((p.X * cosX) + (z * sinX), y, (z * cosX) - (p.X * sinX)));
        }
    }
}
