using System.Numerics;

namespace AuStream.Synthesis.Heads;

/// <summary>
/// Closes the lips of a new identity: whatever shape modes and resting face did, the gap between the inner lips becomes
/// nothing. Upper and lower lip meet half-way; the displacement fades out over the surrounding skin.
/// Immutable, thread-safe.
/// </summary>
public sealed class LipSeal
{
    private const float FadeCentimetres = 0.9f;

    private readonly HeadRig _rig;
    private readonly (int Vertex, bool IsLower)[] _region;

    /// <summary>Prepares for a head.</summary>
    /// <param name="rig">The head.</param>
    /// <param name="vertices">Vertices that may be moved (skin and inside of the mouth, not teeth).</param>
    public LipSeal(HeadRig rig, IEnumerable<int> vertices)
    {
        ArgumentNullException.ThrowIfNull(rig);
        ArgumentNullException.ThrowIfNull(vertices);
        _rig = rig;
        Vector3 middle = (rig.Neutral[rig.Landmarks68[62]] + rig.Neutral[rig.Landmarks68[66]]) / 2;
        Vector3[] jaw = rig.Shapes[(int)FaceShape.JawOpen].ToDense(rig.Neutral.Length);
        float half = jaw[rig.Landmarks68[66]].Length() / 2;
        _region = [.. vertices.Where(v => Vector3.Distance(rig.Neutral[v], middle) < 3.5f).Select(v => (v, jaw[v].Length() > half))];
    }

    /// <summary>Closes the lips in place.</summary>
    public void Close(Span<Vector3> positions)
    {
        // Displacements fade with distance from the seam, so a second pass takes what the first one left.
        for (int pass = 0; pass < 2; pass++)
        {
            Move(positions, Gaps(positions));
        }
    }

    private void Move(Span<Vector3> positions, float[] gaps)
    {
        Span<Vector3> seam = stackalloc Vector3[5];
        seam[0] = positions[_rig.Landmarks68[60]];
        seam[4] = positions[_rig.Landmarks68[64]];
        for (int i = 0; i < 3; i++)
        {
            seam[i + 1] = (positions[_rig.Landmarks68[61 + i]] + positions[_rig.Landmarks68[67 - i]]) / 2;
        }

        foreach ((int vertex, bool isLower) in _region)
        {
            Vector3 at = positions[vertex];
            int k = 0;
            while (k < 3 && at.X > seam[k + 1].X)
            {
                k++;
            }

            float share = Math.Clamp((at.X - seam[k].X) / (seam[k + 1].X - seam[k].X), 0, 1);
            float gap = (GapAt(gaps, k) * (1 - share)) + (GapAt(gaps, k + 1) * share);
            float distance = Vector3.Distance(at, Vector3.Lerp(seam[k], seam[k + 1], share)) / FadeCentimetres;
            float fade = 1 / (1 + (distance * distance * distance * distance));
            positions[vertex].Y += (isLower ? 0.5f : -0.5f) * gap * fade;
        }
    }

    private static float GapAt(float[] gaps, int seamPoint) => seamPoint switch { 0 => gaps[0] / 2, 4 => gaps[2] / 2, _ => gaps[seamPoint - 1] };

    private float[] Gaps(ReadOnlySpan<Vector3> positions)
    {
        var gaps = new float[3];
        for (int i = 0; i < 3; i++)
        {
            gaps[i] = positions[_rig.Landmarks68[61 + i]].Y - positions[_rig.Landmarks68[67 - i]].Y;
        }

        return gaps;
    }
}
