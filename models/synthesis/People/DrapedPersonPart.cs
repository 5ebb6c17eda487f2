using System.Numerics;
using AuStream.Synthesis.Heads;
using AuStream.Synthesis.Headwear;
using AuStream.Synthesis.Scene;

namespace AuStream.Synthesis.People;

/// <summary>Cloth that lies on the face and moves with the skin below it, the less the farther away. Immutable.</summary>
internal sealed class DrapedPersonPart : PersonPart
{
    private const int Nearest = 4;

    // Cloth this far from the skin, in centimetres, no longer follows it.
    private const float Reach = 4;

    private readonly Vector3[] _resting;
    private readonly Vector3[] _identity;
    private readonly int[] _skin;
    private readonly float[] _weights;

    /// <param name="resting">The cloth on the resting face.</param>
    /// <param name="identity">Vertices of the resting head mesh.</param>
    /// <param name="skin">Which of them the cloth may follow.</param>
    public DrapedPersonPart(Vector3[] resting, Vector3[] identity, IReadOnlyList<int> skin)
    {
        (_resting, _identity) = (resting, identity);
        _skin = new int[resting.Length * Nearest];
        _weights = new float[resting.Length * Nearest];
        var nearest = new NearestVertices(identity, skin);
        Span<float> distances = stackalloc float[Nearest];
        for (int i = 0; i < resting.Length; i++)
        {
            nearest.Find(resting[i], _skin.AsSpan(i * Nearest, Nearest), distances);
            float share = Math.Clamp((Reach - distances[0]) / (Reach - 1), 0, 1);
            float sum = 0;
            for (int k = 0; k < Nearest; k++)
            {
                sum += _weights[(i * Nearest) + k] = 1 / (distances[k] + 0.3f);
            }

            for (int k = 0; k < Nearest; k++)
            {
                _weights[(i * Nearest) + k] *= share / sum;
            }
        }
    }

    /// <summary>A shell of cloth as such a part.</summary>
    public static DrapedPersonPart Of(ClothShell shell, Vector2 repeats, Material cloth, Vector3[] identity, IReadOnlyList<int> skin)
    {
        (int[] triangles, Vector2[] coordinates) = shell.Weave(repeats);
        return new DrapedPersonPart(shell.Positions, identity, skin) { Material = cloth, Triangles = triangles, TextureCoordinates = coordinates };
    }

    public override int VertexCount => _resting.Length;

    public override void Pose(ReadOnlySpan<Vector3> rig, in PartPose pose, Span<Vector3> positions)
    {
        for (int i = 0; i < _resting.Length; i++)
        {
            Vector3 moved = _resting[i];
            for (int k = i * Nearest; k < (i + 1) * Nearest; k++)
            {
                moved += (rig[_skin[k]] - _identity[_skin[k]]) * _weights[k];
            }

            positions[i] = moved;
        }
    }
}
