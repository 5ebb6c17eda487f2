using System.Numerics;

namespace AuStream.Synthesis.Heads;

/// <summary>Keeps the origin of head space between the eyes.</summary>
internal static class EyeOrigin
{
    /// <summary>Moves a head so that the mean of some points lies in the origin.</summary>
    public static void Center(Span<Vector3> positions, ReadOnlySpan<int> eyeVertices)
    {
        Vector3 middle = Vector3.Zero;
        foreach (int v in eyeVertices)
        {
            middle += positions[v] / eyeVertices.Length;
        }

        for (int i = 0; i < positions.Length; i++)
        {
            positions[i] -= middle;
        }
    }

    /// <summary>Moves a head, with eyeballs that were fitted to it, so that the middle of the eyeballs lies in the origin.</summary>
    public static EyeSphere[] Center(Span<Vector3> positions, EyeSphere[] eyes)
    {
        Vector3 middle = (eyes[0].Center + eyes[1].Center) / 2;
        for (int i = 0; i < positions.Length; i++)
        {
            positions[i] -= middle;
        }

        return [eyes[0] with { Center = eyes[0].Center - middle }, eyes[1] with { Center = eyes[1].Center - middle }];
    }
}
