using System.Numerics;
using AuStream.Synthesis.Assets;

namespace AuStream.Synthesis.Heads;

/// <summary>
/// Carries ICT-FaceKit's expressions over to MakeHuman's head: the neutral heads are brought into register by a warp through
/// facial points, then every skin vertex takes the motion of its nearest ICT vertices. Around eyes and mouth, vertices look
/// only at their own lid or lip, because the opposite one is near but moves the other way.
/// </summary>
internal sealed class ExpressionTransfer
{
    private const float BlendRadius = 0.05f;

    /// <summary>The line of MakeHuman's left brow from inner to outer end, the mean of its twelve brow meshes (centimetres).</summary>
    private static readonly Vector3[] s_brow = [new(1.23f, 0.92f, 2.47f), new(2.36f, 1.26f, 2.42f), new(3.29f, 1.46f, 2.26f), new(4.53f, 1.57f, 1.67f), new(5.54f, 1.16f, 0.39f)];

    private readonly MakeHumanPackage _package;
    private readonly IctFaceModel _ict;
    private readonly int[] _skin;
    private readonly Vector3[] _warped;
    private readonly int[] _sources;
    private readonly float[] _weights;
    private readonly (int A, int B)[] _edges;
    private readonly (int Lash, int[] Skin, float[] Weights)[] _lashes;

    /// <param name="package">Base mesh and native expression targets.</param>
    /// <param name="ict">Source of the expressions.</param>
    /// <param name="neutral">MakeHuman's mean head, kept vertices.</param>
    /// <param name="skin">Skin vertices (kept numbering).</param>
    /// <param name="skinTriangles">Triangles between them.</param>
    /// <param name="lashes">Helper vertices along the lids that lashes hang on.</param>
    public ExpressionTransfer(MakeHumanPackage package, IctFaceModel ict, Vector3[] neutral, int[] skin, int[] skinTriangles, int[] lashes)
    {
        _package = package;
        _ict = ict;
        _skin = skin;
        RadialBasisWarp warp = Register(neutral, skin);
        _warped = [.. neutral];
        foreach (int v in skin)
        {
            _warped[v] = warp.Apply(neutral[v]);
        }

        _edges = [.. Edges(skinTriangles)];
        Vector3[] mouthOpen = package.Target("expression/units/caucasian/mouth-open").ToDense(neutral.Length);
        Vector3[] closure = package.Target("expression/units/caucasian/eye-left-closure").ToDense(neutral.Length);
        package.Target("expression/units/caucasian/eye-right-closure").AddTo(closure, 1);
        Vector3[] jaw = ict.Rig.Shapes[(int)FaceShape.JawOpen].ToDense(ict.Rig.Neutral.Length);
        Vector3[] blink = ict.Rig.Shapes[(int)FaceShape.EyeBlinkLeft].ToDense(ict.Rig.Neutral.Length);
        ict.Rig.Shapes[(int)FaceShape.EyeBlinkRight].AddTo(blink, 1);
        bool[] isLowerLip = [.. mouthOpen.Select(d => d.Length() > 1.243f)];
        bool[] ictIsLowerLip = [.. jaw.Select(d => d.Length() > 1.2f)];
        bool[] isUpperLid = [.. closure.Select(d => d.Y < -0.124f)];
        bool[] ictIsUpperLid = [.. blink.Select(d => d.Y < -0.12f)];

        _sources = new int[neutral.Length * 4];
        _weights = new float[neutral.Length * 4];
        Assign(IsNearEye, isUpperLid, ictIsUpperLid);
        Assign(IsNearMouth, isLowerLip, ictIsLowerLip);
        AssignRest();
        _lashes = [.. AttachLashes(neutral, lashes, isUpperLid)];
    }

    /// <summary>One expression on MakeHuman's skin, smoothed once over the mesh.</summary>
    public Vector3[] Transfer(FaceShape shape)
    {
        Vector3[] source = _ict.Rig.Shapes[(int)shape].ToDense(_ict.Rig.Neutral.Length);
        var moved = new Vector3[_warped.Length];
        foreach (int v in _skin)
        {
            Vector3 sum = Vector3.Zero;
            for (int k = v * 4; k < (v * 4) + 4; k++)
            {
                sum += source[_sources[k]] * _weights[k];
            }

            moved[v] = sum;
        }

        moved = Smooth(moved);
        foreach ((int lash, int[] near, float[] weights) in _lashes)
        {
            for (int k = 0; k < near.Length; k++)
            {
                moved[lash] += moved[near[k]] * weights[k];
            }
        }

        return moved;
    }

    /// <summary>Lashes grow on lids: each helper vertex follows the nearest skin of its own lid.</summary>
    private IEnumerable<(int Lash, int[] Skin, float[] Weights)> AttachLashes(Vector3[] neutral, int[] lashes, bool[] isUpperLid)
    {
        NearestVertices[] lids = [.. ((bool[])[false, true]).Select(upper => new NearestVertices(neutral, _skin.Where(v => IsNearEye(_warped[v]) && isUpperLid[v] == upper)))];
        var nearest = new int[4];
        var distances = new float[4];
        foreach (int lash in lashes)
        {
            int found = lids[isUpperLid[lash] ? 1 : 0].Find(neutral[lash], nearest, distances);
            float[] weights = [.. distances.Take(found).Select(d => 1 / ((d + BlendRadius) * (d + BlendRadius)))];
            float sum = weights.Sum();
            yield return (lash, nearest[..found], [.. weights.Select(w => w / sum)]);
        }
    }

    private static bool IsNearEye(Vector3 p) =>
        MathF.Min(Vector3.Distance(p, new Vector3(3.2f, -0.1f, 0.9f)), Vector3.Distance(p, new Vector3(-3.2f, -0.1f, 0.9f))) < 2;

    private static bool IsNearMouth(Vector3 p) => ((p - new Vector3(0, -7, 2.9f)) * new Vector3(0.6f, 1, 0.5f)).Length() < 2.2f;

    private static HashSet<(int A, int B)> Edges(int[] triangles)
    {
        var edges = new HashSet<(int, int)>();
        for (int t = 0; t < triangles.Length; t += 3)
        {
            for (int k = 0; k < 3; k++)
            {
                int a = triangles[t + k];
                int b = triangles[t + ((k + 1) % 3)];
                edges.Add(a < b ? (a, b) : (b, a));
            }
        }

        return edges;
    }

    private RadialBasisWarp Register(Vector3[] neutral, int[] skin)
    {
        Vector3 Mine(int fileVertex) => neutral[_package.Compact(fileVertex)];
        Vector3 Theirs(int point) => _ict.Rig.Neutral[_ict.Rig.Landmarks68[point]];
        var from = new List<Vector3>();
        var to = new List<Vector3>();
        foreach ((int vertex, int point) in ((int, int)[])
            [(MakeHumanVertices.NoseTip, 30), (MakeHumanVertices.LipCornerRight, 48), (MakeHumanVertices.LipCornerLeft, 54), (MakeHumanVertices.UpperLipInner, 62),
             (MakeHumanVertices.LowerLipInner, 66), (MakeHumanVertices.UpperLipTop, 51), (MakeHumanVertices.LowerLipBottom, 57)])
        {
            from.Add(Mine(vertex));
            to.Add(Theirs(point));
        }

        foreach (((int first, int count), float side, int outerPoint, int innerPoint) in
            (((int, int), float, int, int)[])[(MakeHumanVertices.LeftLashes, 1, 45, 42), (MakeHumanVertices.RightLashes, -1, 36, 39)])
        {
            Vector3[] lashes = [.. Enumerable.Range(first, count).Select(Mine)];
            from.Add(lashes.MaxBy(p => p.X * side) - new Vector3(side * 0.25f, 0, 0));
            from.Add(lashes.MinBy(p => p.X * side));
            to.Add(Theirs(outerPoint));
            to.Add(Theirs(innerPoint));
        }

        for (int i = 0; i < s_brow.Length; i++)
        {
            from.Add(s_brow[i]);
            to.Add(Theirs(22 + i));
            from.Add(s_brow[i] * new Vector3(-1, 1, 1));
            to.Add(Theirs(21 - i));
        }

        float chin = Mine(MakeHumanVertices.LowerLipBottom).Y - 3.3f;
        float theirChin = Theirs(57).Y - 3;
        from.Add(neutral[skin.Where(v => MathF.Abs(neutral[v].X) < 0.05f && neutral[v].Z > -2.1f).MinBy(v => MathF.Abs(neutral[v].Y - chin))]);
        Vector3[] theirs = _ict.Rig.Neutral;
        to.Add(theirs[Enumerable.Range(0, IctFaceModel.FaceVertices).Where(v => MathF.Abs(theirs[v].X) < 0.05f && theirs[v].Z > -2.1f).MinBy(v => MathF.Abs(theirs[v].Y - theirChin))]);

        // Far corners stay, so that the warp does not run away.
        foreach (float x in (float[])[-12, 12])
        {
            foreach (float y in (float[])[-17.6f, 12.4f])
            {
                foreach (float z in (float[])[-18.1f, 7.9f])
                {
                    from.Add(new Vector3(x, y, z));
                    to.Add(new Vector3(x, y, z));
                }
            }
        }

        return new RadialBasisWarp(from, to, 0.01);
    }

    private void Assign(Func<Vector3, bool> region, bool[] mine, bool[] theirs)
    {
        foreach (bool value in (bool[])[true, false])
        {
            var candidates = new NearestVertices(_ict.Rig.Neutral, Enumerable.Range(0, IctFaceModel.FaceVertices).Where(v => region(_ict.Rig.Neutral[v]) && theirs[v] == value));
            AssignFrom(candidates, _skin.Where(v => region(_warped[v]) && mine[v] == value));
        }
    }

    private void AssignRest() => AssignFrom(
        new NearestVertices(_ict.Rig.Neutral, Enumerable.Range(0, IctFaceModel.FaceVertices)),
        _skin.Where(v => !IsNearEye(_warped[v]) && !IsNearMouth(_warped[v])));

    private void AssignFrom(NearestVertices candidates, IEnumerable<int> vertices)
    {
        Span<int> nearest = stackalloc int[4];
        Span<float> distances = stackalloc float[4];
        foreach (int v in vertices)
        {
            int found = candidates.Find(_warped[v], nearest, distances);
            float sum = 0;
            for (int k = 0; k < found; k++)
            {
                float reach = distances[k] + BlendRadius;
                _sources[(v * 4) + k] = nearest[k];
                _weights[(v * 4) + k] = 1 / (reach * reach);
                sum += _weights[(v * 4) + k];
            }

            // Vertices far from ICT's surface (inside of mouth and nose, back of the head) do not take part.
            float fade = found == 0 ? 0 : Math.Clamp(1.6f - (distances[0] / 2.5f), 0, 1) / sum;
            for (int k = 0; k < found; k++)
            {
                _weights[(v * 4) + k] *= fade;
            }
        }
    }

    private Vector3[] Smooth(Vector3[] moved)
    {
        var sum = new Vector3[moved.Length];
        var count = new int[moved.Length];
        foreach ((int a, int b) in _edges)
        {
            sum[a] += moved[b];
            sum[b] += moved[a];
            count[a]++;
            count[b]++;
        }

        for (int i = 0; i < sum.Length; i++)
        {
            sum[i] = count[i] == 0 ? moved[i] : (moved[i] + (sum[i] / count[i])) / 2;
        }

        return sum;
    }
}
