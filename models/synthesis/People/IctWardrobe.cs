using System.Collections.Concurrent;
using System.Numerics;
using AuStream.Synthesis.Assets;
using AuStream.Synthesis.Heads;

namespace AuStream.Synthesis.People;

/// <summary>Makes MakeHuman's worn meshes fit ICT heads: once per mesh onto the mean head, then with every identity. Thread-safe.</summary>
internal sealed class IctWardrobe
{
    private const float Clearance = 0.12f;

    private readonly IctFaceModel _ict;
    private readonly MakeHumanHead _makeHuman;
    private readonly SkullWrap _wrap;
    private readonly NearestVertices _skin;
    private readonly Vector3[] _normals;
    private readonly ConcurrentDictionary<WornMesh, Lazy<Fitted>> _fitted = new();

    public IctWardrobe(IctFaceModel ict, MakeHumanHead makeHuman)
    {
        _ict = ict;
        _makeHuman = makeHuman;
        _wrap = new SkullWrap(Skull(makeHuman.Skin, makeHuman.Rig.Neutral), Skull(ict.Skin, ict.Rig.Neutral));
        _skin = new NearestVertices(ict.Rig.Neutral, ict.Skin.Vertices);
        _normals = Normals(ict);
    }

    /// <summary>Positions on a person: the mesh follows the skin below it.</summary>
    public Vector3[] Fit(WornMesh mesh, Vector3[] identity)
    {
        Fitted fitted = _fitted.GetOrAdd(mesh, m => new Lazy<Fitted>(() => Prepare(m))).Value;
        var positions = (Vector3[])fitted.Positions.Clone();
        for (int i = 0; i < positions.Length; i++)
        {
            Vector3 moved = Vector3.Zero;
            for (int k = i * 4; k < (i * 4) + 4; k++)
            {
                int v = fitted.Skin[k];
                moved += (identity[v] - _ict.Rig.Neutral[v]) * fitted.Weights[k];
            }

            positions[i] += moved;
        }

        return positions;
    }

    /// <summary>Positions of something stiff that sits on nose and ears: moved and widened as a whole.</summary>
    public Vector3[] FitGlasses(WornMesh mesh, Vector3[] identity)
    {
        var positions = new Vector3[mesh.VertexCount];
        mesh.Fit(_makeHuman.Rig.Neutral, positions);
        Vector3 theirs = _makeHuman.Rig.Neutral[_makeHuman.Rig.Landmarks68[27]];
        Vector3 mine = identity[_ict.Rig.Landmarks68[27]];
        float width = MathF.Abs(identity[_ict.Rig.Landmarks68[16]].X - identity[_ict.Rig.Landmarks68[0]].X)
            / MathF.Abs(_makeHuman.Rig.Neutral[_makeHuman.Rig.Landmarks68[16]].X - _makeHuman.Rig.Neutral[_makeHuman.Rig.Landmarks68[0]].X);
        for (int i = 0; i < positions.Length; i++)
        {
            Vector3 offset = positions[i] - theirs;
            positions[i] = new Vector3(mine.X + (offset.X * width), mine.Y + offset.Y + 0.35f, mine.Z + offset.Z + 0.3f);
        }

        return positions;
    }

    private static IEnumerable<Vector3> Skull(MeshPart skin, Vector3[] positions) =>
        skin.Vertices.Select(v => positions[v]).Where(p => p.Y > -9 && !(MathF.Abs(p.X) > 6.8f && p.Y is > -5 and < 3.5f));

    private static Vector3[] Normals(IctFaceModel ict)
    {
        var normals = new Vector3[ict.Rig.Neutral.Length];
        int[] triangles = ict.Skin.Triangles;
        for (int t = 0; t < triangles.Length; t += 3)
        {
            (int a, int b, int c) = (ict.Skin.Vertices[triangles[t]], ict.Skin.Vertices[triangles[t + 1]], ict.Skin.Vertices[triangles[t + 2]]);
            Vector3 normal = Vector3.Cross(ict.Rig.Neutral[b] - ict.Rig.Neutral[a], ict.Rig.Neutral[c] - ict.Rig.Neutral[a]);
            normals[a] += normal;
            normals[b] += normal;
            normals[c] += normal;
        }

        return [.. normals.Select(n => n == Vector3.Zero ? n : Vector3.Normalize(n))];
    }

    private Fitted Prepare(WornMesh mesh)
    {
        var positions = new Vector3[mesh.VertexCount];
        mesh.Fit(_makeHuman.Rig.Neutral, positions);
        var skin = new int[positions.Length * 4];
        var weights = new float[positions.Length * 4];
        Span<float> distances = stackalloc float[4];
        for (int i = 0; i < positions.Length; i++)
        {
            Vector3 p = _wrap.Apply(positions[i]);
            Span<int> nearest = skin.AsSpan(i * 4, 4);
            _skin.Find(p, nearest, distances);
            float depth = Vector3.Dot(p - _ict.Rig.Neutral[nearest[0]], _normals[nearest[0]]);
            if (depth < Clearance && distances[0] < 3)
            {
                // Nothing may lie under the skin.
                p += _normals[nearest[0]] * (Clearance - depth);
            }

            positions[i] = p;
            float sum = 0;
            for (int k = 0; k < 4; k++)
            {
                weights[(i * 4) + k] = 1 / (distances[k] + 0.5f);
                sum += weights[(i * 4) + k];
            }

            for (int k = 0; k < 4; k++)
            {
                weights[(i * 4) + k] /= sum;
            }
        }

        return new Fitted(positions, skin, weights);
    }

    private sealed record Fitted(Vector3[] Positions, int[] Skin, float[] Weights);
}
