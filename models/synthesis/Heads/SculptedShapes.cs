using System.Numerics;

namespace AuStream.Synthesis.Heads;

/// <summary>
/// Shapes that neither asset has, made by pushing the skin around facial points with soft brushes: what the FACS manual describes for
/// cheek raising, tight lids and lips, dimples, dropped corners and the boss of the chin. They fit any head with the 68 points.
/// </summary>
internal sealed class SculptedShapes
{
    private readonly Vector3[] _neutral;
    private readonly int[] _vertices;
    private readonly Vector3[] _points;
    private readonly bool[] _isUpperLid;
    private readonly bool[] _isLowerLip;

    /// <param name="neutral">The mean head in head space.</param>
    /// <param name="landmarks68">Vertices of the iBUG points.</param>
    /// <param name="jawOpen">Tells the lower from the upper lip.</param>
    /// <param name="blinks">Tell the upper from the lower lids.</param>
    /// <param name="vertices">What may be moved: skin, lips inside, lids inside, lashes.</param>
    public SculptedShapes(Vector3[] neutral, int[] landmarks68, MorphShape jawOpen, IEnumerable<MorphShape> blinks, IEnumerable<int> vertices)
    {
        _neutral = neutral;
        _vertices = [.. vertices.Distinct()];
        _points = [.. landmarks68.Select(v => neutral[v])];
        Vector3[] jaw = jawOpen.ToDense(neutral.Length);
        float half = jaw[landmarks68[66]].Length() / 2;
        _isLowerLip = [.. jaw.Select(d => d.Length() > half)];
        var closing = new Vector3[neutral.Length];
        foreach (MorphShape blink in blinks)
        {
            blink.AddTo(closing, 1);
        }

        _isUpperLid = [.. closing.Select(d => d.Y < -0.12f)];
    }

    /// <summary>Makes one of the shapes from <see cref="FaceShapes.FirstSculpted"/> on.</summary>
    public MorphShape Make(FaceShape shape)
    {
        var moved = new Vector3[_neutral.Length];
        bool isSided = shape < FaceShape.LipThinUpper;
        bool isRight = isSided && (shape - FaceShapes.FirstSculpted) % 2 == 1;
        Sculpt(moved, isRight ? shape - 1 : shape, isRight ? -1 : 1);
        return MorphShape.FromDense(moved, 0.002f);
    }

    private void Sculpt(Vector3[] moved, FaceShape shape, float side)
    {
        int Point(int left, int right) => side > 0 ? left : right;
        Vector3 corner = _points[Point(54, 48)];
        switch (shape)
        {
            case FaceShape.CheekBulgeLeft:
                Push(moved, OnSurface(3.5f * side, -2.4f), new(1.5f, 0.95f, 3), new(0, 0.40f, 0.34f));
                break;
            case FaceShape.LowerLidUpLeft:
                Vector3 lid = (_points[Point(46, 40)] + _points[Point(47, 41)]) / 2;
                Push(moved, lid, new(1.15f, 0.42f, 1.5f), new(0, 0.27f, 0.04f), v => !_isUpperLid[v]);
                break;
            case FaceShape.LidBagLeft:
                Vector3 margin = (_points[Point(46, 40)] + _points[Point(47, 41)]) / 2;
                Push(moved, margin - new Vector3(0, 0.62f, 0), new(1.0f, 0.30f, 1.5f), new(0, 0, 0.17f), v => !_isUpperLid[v]);
                break;
            case FaceShape.BrowPinchLeft:
                Push(moved, _points[Point(22, 21)], new(1.0f, 0.75f, 2), new(-0.26f * side, -0.22f, 0.10f));
                break;
            case FaceShape.CornerTuckLeft:
                Push(moved, corner, new(0.6f, 0.5f, 1.2f), new(0.10f * side, 0.03f, -0.34f));
                Push(moved, corner + new Vector3(0.95f * side, 0, 0), new(0.42f, 0.75f, 1.2f), new(-0.08f * side, 0, 0.20f));
                break;
            case FaceShape.CornerDropLeft:
                Push(moved, corner, new(0.8f, 0.55f, 1.2f), new(0.08f * side, -0.42f, -0.04f));
                Push(moved, corner + new Vector3(0.45f * side, -1.0f, 0), new(0.5f, 0.5f, 1.2f), new(0, -0.08f, 0.2f));
                break;
            case FaceShape.LipThinUpper:
                ThinLip(moved, [48, 49, 50, 51, 52, 53, 54], isLower: false);
                break;
            case FaceShape.LipThinLower:
                ThinLip(moved, [48, 59, 58, 57, 56, 55, 54], isLower: true);
                break;
            case FaceShape.MouthNarrow:
                Narrow(moved);
                break;
            case FaceShape.ChinBoss:
                Push(moved, Vector3.Lerp(_points[57], _points[8], 0.5f), new(1.3f, 0.8f, 2), new(0, 0.38f, 0.22f));
                Push(moved, _points[57], new(1.4f, 0.60f, 1.5f), new(0, 0.35f, 0.08f), v => _isLowerLip[v]);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(shape), shape, "This shape is not sculpted.");
        }
    }

    /// <summary>A brush with the profile of a normal distribution.</summary>
    private void Push(Vector3[] moved, Vector3 center, Vector3 spread, Vector3 by, Func<int, bool>? applies = null)
    {
        foreach (int v in _vertices)
        {
            float squared = ((_neutral[v] - center) / spread).LengthSquared();
            if (squared < 12 && (applies is null || applies(v)))
            {
                moved[v] += by * MathF.Exp(-0.5f * squared);
            }
        }
    }

    /// <summary>The red of a lip rolls in: its outline nears the seam, which stays.</summary>
    private void ThinLip(Vector3[] moved, int[] outline, bool isLower)
    {
        int[] inner = isLower ? [60, 67, 66, 65, 64] : [60, 61, 62, 63, 64];
        float right = _points[48].X;
        float left = _points[54].X;
        foreach (int v in _vertices)
        {
            Vector3 at = _neutral[v];
            float x = Math.Clamp(at.X, right, left);
            Vector3 seam = Along(inner, x);
            float height = MathF.Max(0.2f, MathF.Abs(Along(outline, x).Y - seam.Y));
            float above = (isLower ? seam.Y - at.Y : at.Y - seam.Y) / height;
            if (_isLowerLip[v] != isLower || above <= 0 || Vector3.Distance(at, seam) > 2.5f)
            {
                continue;
            }

            float beyond = MathF.Max(0, above - 1) * height / 0.55f;
            float aside = (at.X - x) / 0.35f;
            float fade = MathF.Exp(-(beyond * beyond) - (aside * aside));
            float roll = (above - 0.55f) / 0.45f;
            float down = 0.52f * height * MathF.Min(above, 1) * fade;
            moved[v] += new Vector3(0, isLower ? down : -down, -0.24f * height * MathF.Exp(-(roll * roll)) * fade);
        }
    }

    private void Narrow(Vector3[] moved)
    {
        Vector3 middle = (_points[48] + _points[54] + _points[62] + _points[66]) / 4;
        float half = (_points[54].X - _points[48].X) / 2;
        foreach (int v in _vertices)
        {
            Vector3 offset = _neutral[v] - middle;
            float x = offset.X / (1.3f * half);
            float y = offset.Y / 1.6f;
            float z = offset.Z / 3;
            moved[v] += new Vector3(-0.26f * offset.X, 0, 0.08f) * MathF.Exp(-(x * x * x * x) - (y * y) - (z * z));
        }
    }

    /// <summary>Point at x of a polyline through points whose x grows.</summary>
    private Vector3 Along(int[] line, float x)
    {
        int k = 0;
        while (k < line.Length - 2 && x > _points[line[k + 1]].X)
        {
            k++;
        }

        Vector3 a = _points[line[k]];
        Vector3 b = _points[line[k + 1]];
        return Vector3.Lerp(a, b, Math.Clamp((x - a.X) / MathF.Max(1e-3f, b.X - a.X), 0, 1));
    }

    private Vector3 OnSurface(float x, float y) =>
        _neutral[_vertices.Where(v => MathF.Abs(_neutral[v].X - x) < 0.5f && MathF.Abs(_neutral[v].Y - y) < 0.5f).MaxBy(v => _neutral[v].Z)];
}
