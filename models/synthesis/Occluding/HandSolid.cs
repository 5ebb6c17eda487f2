using System.Numerics;

namespace AuStream.Synthesis.Occluding;

/// <summary>
/// A hand as a field of distances: bones as tapering rods, flesh as their smooth union (polynomial minimum of Quilez, "Smooth
/// Minimum"). Hand space: centimetres, the wrist at the origin, y towards the fingers, z out of the back of the hand, x across.
/// Immutable.
/// </summary>
internal sealed class HandSolid
{
    private const float FingerSoftness = 0.3f;
    private const float PalmSoftness = 1.1f;
    private const float KnuckleSoftness = 0.55f;

    // Index to little finger: place of the knuckle, lengths of the three bones, radius at the knuckle.
    private static readonly (float X, float Y, float Proximal, float Middle, float Distal, float Radius)[] s_fingers =
        [(2.75f, 8.9f, 4.3f, 2.5f, 2.1f, 0.86f), (0.85f, 9.3f, 4.8f, 2.9f, 2.2f, 0.88f), (-1.05f, 8.9f, 4.4f, 2.7f, 2.2f, 0.83f), (-2.75f, 8.0f, 3.4f, 2.0f, 1.9f, 0.72f)];

    private readonly Rod[][] _fingers = new Rod[5][];
    private readonly Rod[] _palm;

    /// <param name="gesture">How the hand is held.</param>
    /// <param name="thumbSide">1 when the thumb lies towards x, −1 when away from it.</param>
    /// <param name="size">1 for a hand 18.6 cm long.</param>
    /// <param name="girth">Thickness of the fingers, 1 for average.</param>
    public HandSolid(HandGesture gesture, float thumbSide, float size, float girth)
    {
        var palm = new List<Rod>();
        for (int i = 0; i < s_fingers.Length; i++)
        {
            (float x, float y, float proximal, float middle, float distal, float radius) = s_fingers[i];
            float thick = radius * size * girth;
            Vector3 knuckle = new Vector3(x * thumbSide, y, 0.12f - (0.05f * x * x)) * size;
            (float sin, float cos) = MathF.SinCos((1.2f - i) * gesture.Spread * thumbSide * MathF.PI / 180);
            Vector3 forward = new(sin, cos, 0);
            float angle = gesture.Knuckles[i];
            Vector3 first = knuckle + (Bend(forward, angle) * proximal * size);
            Vector3 second = first + (Bend(forward, angle += gesture.Middles[i]) * middle * size);
            Vector3 end = second + (Bend(forward, angle + gesture.Ends[i]) * ((distal * size) - (thick * 0.6f)));
            _fingers[i] =
            [
                new Rod(knuckle, first, thick * 1.06f, thick * 0.97f),
                new Rod(first, second, thick * 1.0f, thick * 0.9f),
                new Rod(second, end, thick * 0.9f, thick * 0.74f),
            ];
            Vector3 heel = new Vector3(x * thumbSide * 0.62f, 0.6f, -0.1f) * size;
            palm.Add(new Rod(heel, knuckle - (Vector3.UnitY * 0.3f), 1.25f * size, 1.05f * size));
        }

        _fingers[4] = Thumb(gesture, thumbSide, size, girth, palm);
        palm.Add(new Rod(new Vector3(-0.7f, 0.2f, -0.1f) * size, new Vector3(-0.8f, -4, 0) * size, 1.75f * size, 1.8f * size));
        palm.Add(new Rod(new Vector3(0.7f, 0.2f, -0.1f) * size, new Vector3(0.8f, -4, 0) * size, 1.75f * size, 1.8f * size));
        _palm = [.. palm];
        Size = size;
    }

    /// <summary>Size relative to the average hand.</summary>
    public float Size { get; }

    /// <summary>Last bones, index to little finger and thumb: where nails are.</summary>
    public IEnumerable<(Vector3 From, Vector3 To, float Radius)> LastBones() => _fingers.Select(finger => (finger[^1].From, finger[^1].To, finger[^1].ToRadius));

    /// <summary>Middles of joints and of the palm with the flesh around them, to keep the hand out of other bodies.</summary>
    public IEnumerable<(Vector3 Center, float Radius)> Joints() =>
        _fingers.SelectMany(finger => finger).Concat(_palm).SelectMany(rod => ((Vector3, float)[])[(rod.To, rod.ToRadius), ((rod.From + rod.To) / 2, (rod.FromRadius + rod.ToRadius) / 2)]);

    /// <summary>End of a finger: 0 the index finger, 3 the little finger, 4 the thumb.</summary>
    public Vector3 Tip(int finger) => _fingers[finger][^1].To;

    /// <summary>Box around the hand with some air.</summary>
    public (Vector3 Low, Vector3 High) Bounds()
    {
        var low = new Vector3(float.MaxValue);
        var high = new Vector3(float.MinValue);
        foreach (Rod rod in _fingers.SelectMany(finger => finger).Concat(_palm))
        {
            low = Vector3.Min(low, Vector3.Min(rod.From - new Vector3(rod.FromRadius), rod.To - new Vector3(rod.ToRadius)));
            high = Vector3.Max(high, Vector3.Max(rod.From + new Vector3(rod.FromRadius), rod.To + new Vector3(rod.ToRadius)));
        }

        return (low - new Vector3(0.9f), high + new Vector3(0.9f));
    }

    /// <summary>Distance to the skin, negative inside.</summary>
    public float Distance(Vector3 point)
    {
        float fingers = float.MaxValue;
        foreach (Rod[] finger in _fingers)
        {
            fingers = MathF.Min(fingers, Union(finger, point, FingerSoftness));
        }

        return SmoothMinimum(fingers, Union(_palm, point, PalmSoftness), KnuckleSoftness);
    }

    private static Rod[] Thumb(HandGesture gesture, float side, float size, float girth, List<Rod> palm)
    {
        float thick = 0.98f * size * girth;
        (float sinOut, float cosOut) = MathF.SinCos(gesture.ThumbOut * MathF.PI / 180);
        (float sinIn, float cosIn) = MathF.SinCos(gesture.ThumbIn * MathF.PI / 180);
        Vector3 root = new Vector3(1.7f * side, 1.4f, -0.5f) * size;
        Vector3 along = Vector3.Normalize(new Vector3(sinOut * cosIn * side, cosOut, -sinOut * sinIn - 0.15f));
        Vector3 base1 = root + (along * 4.2f * size);
        Vector3 bent = Vector3.Normalize(along + (new Vector3(-0.35f * side, 0.45f, -0.25f) * (0.4f + sinIn)));
        Vector3 middle = base1 + (bent * 3.1f * size);
        Vector3 last = Vector3.Normalize(bent + (new Vector3(-0.3f * side, 0.2f, -0.1f) * (0.2f + sinIn)));
        Vector3 end = middle + (last * ((2.5f * size) - (thick * 0.6f)));
        palm.Add(new Rod(root, base1, 1.5f * size, 1.1f * size));
        return [new Rod(base1, middle, thick * 1.1f, thick), new Rod(middle, end, thick, thick * 0.78f)];
    }

    private static Vector3 Bend(Vector3 forward, float degrees)
    {
        (float sin, float cos) = MathF.SinCos(degrees * MathF.PI / 180);
        return new Vector3(forward.X * cos, forward.Y * cos, -sin);
    }

    private static float Union(Rod[] rods, Vector3 point, float softness)
    {
        float distance = rods[0].Distance(point);
        for (int i = 1; i < rods.Length; i++)
        {
            distance = SmoothMinimum(distance, rods[i].Distance(point), softness);
        }

        return distance;
    }

    private static float SmoothMinimum(float a, float b, float softness)
    {
        float h = MathF.Max(softness - MathF.Abs(a - b), 0) / softness;
        return MathF.Min(a, b) - (h * h * softness * 0.25f);
    }

    private readonly record struct Rod(Vector3 From, Vector3 To, float FromRadius, float ToRadius)
    {
        private readonly Vector3 _axis = To - From;
        private readonly float _perSquaredLength = 1 / MathF.Max((To - From).LengthSquared(), 1e-6f);

        public float Distance(Vector3 point)
        {
            Vector3 offset = point - From;
            float along = Math.Clamp(Vector3.Dot(offset, _axis) * _perSquaredLength, 0, 1);
            return (offset - (_axis * along)).Length() - (FromRadius + ((ToRadius - FromRadius) * along));
        }
    }
}
