using System.Numerics;
using AuStream.Synthesis.ActionUnits;

namespace AuStream.Synthesis.Heads;

/// <summary>
/// What posing needs to know about a head mesh, whatever its source: the shapes of expression and the vertices that are
/// measured. Vertices are in head space (centimetres, origin between the eye centres). Immutable, thread-safe.
/// </summary>
public sealed class HeadRig
{
    private readonly float[] _blinkTravel = new float[2];

    /// <param name="neutral">The mean head.</param>
    /// <param name="shapes">Displacements in the order of <see cref="FaceShape"/>.</param>
    /// <param name="landmarks68">Vertices of the iBUG points.</param>
    /// <param name="points68">Where the iBUG points lie on the skin.</param>
    /// <param name="lowerIncisor">A vertex that moves with the jaw bone.</param>
    /// <param name="lidVertices">Skin vertices around each eye that must stay outside the eyeball, by <see cref="FaceSide"/>.</param>
    internal HeadRig(Vector3[] neutral, MorphShape[] shapes, int[] landmarks68, SkinPoint[] points68, int lowerIncisor, int[][] lidVertices)
    {
        ArgumentNullException.ThrowIfNull(shapes);
        ArgumentNullException.ThrowIfNull(landmarks68);
        if (shapes.Length != FaceShapes.Count || landmarks68.Length != 68)
        {
            throw new ArgumentException($"A head needs {FaceShapes.Count} shapes and 68 points, not {shapes.Length} and {landmarks68.Length}");
        }

        Neutral = neutral;
        Shapes = shapes;
        Landmarks68 = landmarks68;
        Points68 = points68;
        LowerIncisor = lowerIncisor;
        LidVertices = lidVertices;
        foreach (FaceSide side in (FaceSide[])[FaceSide.Right, FaceSide.Left])
        {
            MorphShape blink = shapes[(int)FaceShapes.OnSide(FaceShape.EyeBlinkLeft, side)];
            (int u1, int l1, int u2, int l2) = LidPoints(side);
            _blinkTravel[(int)side] = -0.5f * (Height(blink, u1, l1) + Height(blink, u2, l2));
        }
    }

    /// <summary>The mean head.</summary>
    public Vector3[] Neutral { get; }

    /// <summary>Displacements in the order of <see cref="FaceShape"/>.</summary>
    public IReadOnlyList<MorphShape> Shapes { get; }

    /// <summary>Vertices of the 68 iBUG points, or next to them: what is measured and sculpted by.</summary>
    public IReadOnlyList<int> Landmarks68 { get; }

    /// <summary>Where the 68 iBUG points lie: what is labelled.</summary>
    internal IReadOnlyList<SkinPoint> Points68 { get; }

    /// <summary>A vertex that moves with the jaw bone.</summary>
    public int LowerIncisor { get; }

    /// <summary>Skin vertices around each eye, by <see cref="FaceSide"/>.</summary>
    public IReadOnlyList<int[]> LidVertices { get; }

    /// <summary>By how many centimetres the full blink shape lowers the opening of an eye.</summary>
    public float BlinkTravel(FaceSide side) => _blinkTravel[(int)side];

    /// <summary>Opening between the lids in centimetres: mean height difference of the two point pairs.</summary>
    public float LidOpening(ReadOnlySpan<Vector3> positions, FaceSide side)
    {
        (int u1, int l1, int u2, int l2) = LidPoints(side);
        return 0.5f * (Height(positions, u1, l1) + Height(positions, u2, l2));
    }

    /// <summary>Opening between the inner lips in centimetres: height differences of points 61–63 over 65–67, the middle counted twice.</summary>
    public float LipGap(ReadOnlySpan<Vector3> positions) =>
        (0.5f * Height(positions, 62, 66)) + (0.25f * (Height(positions, 61, 67) + Height(positions, 63, 65)));

    private static (int Upper1, int Lower1, int Upper2, int Lower2) LidPoints(FaceSide side) =>
        side == FaceSide.Right ? (37, 41, 38, 40) : (43, 47, 44, 46);

    private float Height(ReadOnlySpan<Vector3> positions, int upper, int lower) =>
        positions[Landmarks68[upper]].Y - positions[Landmarks68[lower]].Y;

    private float Height(MorphShape shape, int upper, int lower) =>
        shape.At(Landmarks68[upper]).Y - shape.At(Landmarks68[lower]).Y;
}
