using System.Numerics;
using AuStream.Synthesis.People;
using AuStream.Synthesis.Randomness;

namespace AuStream.Synthesis.Skin;

/// <summary>One person's brows in the painters' frame, drawn on the right side of the face; the left one is its mirror image. Immutable.</summary>
internal sealed class BrowShape
{
    private float _thickness;
    private float _tail;
    private float _inner;

    /// <summary>The middle of the brow from the tail to the inner end.</summary>
    public required Vector2[] Line { get; init; }

    /// <summary>Coverage of the soft ground under the hairs, 0–1.</summary>
    public float Ground { get; private init; }

    /// <summary>Strength of the hairs, 0–1.</summary>
    public float Density { get; private init; }

    /// <summary>Hairs of one brow.</summary>
    public int HairCount { get; private init; }

    /// <summary>The stream that decides a person's brows.</summary>
    public static RandomStream Randomness(PersonAppearance person) => new RandomStream(person.Seed).Split("brows");

    /// <summary>A person's brows: always the same for the same person.</summary>
    public static BrowShape Of(PersonAppearance person)
    {
        RandomStream random = Randomness(person);
        // The points that ICT-FaceKit calls brows lie on the bone; hair grows lower, and its heights differ less than the bone's do already.
        float lift = random.Normal(-0.018f, 0.005f);
        float arch = random.Normal(0.002f, 0.008f);
        float slope = random.Normal(0, 0.007f);
        float inner = random.Normal(0, 0.009f);
        float outer = random.Normal(0, 0.012f);
        Span<Vector2> points = stackalloc Vector2[5];
        for (int i = 0; i < 5; i++)
        {
            float t = i / 4f;
            points[i] = FaceTemplate.Points68[17 + i]
                + new Vector2((t * t * inner) + ((1 - t) * (1 - t) * outer), -lift - (arch * MathF.Sin(MathF.PI * (0.25f + (0.6f * (1 - t))))) + (slope * ((2 * t) - 1)));
        }

        float density = person.BrowDensity;
        return new BrowShape
        {
            Line = Curve.Through(points, 6),
            _thickness = 0.0125f * person.BrowThickness,
            _tail = random.Uniform(0.25f, 0.8f),
            _inner = random.Uniform(0.55f, 1.05f),
            Ground = density * random.Uniform(0.25f, 0.55f),
            Density = 0.55f + (0.45f * density),
            HairCount = (int)(density * person.BrowThickness * random.Uniform(260, 420)),
        };
    }

    /// <summary>Half height at a position from the tail (0) to the inner end (1).</summary>
    public float Thickness(float along)
    {
        float body = along < 0.75f ? float.Lerp(_tail, 1, MathF.Sqrt(along / 0.75f)) : float.Lerp(1, _inner, (along - 0.75f) / 0.25f);
        return _thickness * body;
    }

    /// <summary>Density towards both ends.</summary>
    public static float Fade(float along) => Math.Clamp(along * 9, 0.15f, 1) * Math.Clamp((1.03f - along) * 8, 0, 1);

    /// <summary>Direction of growth in radians: 0 points outwards, a quarter turn upwards.</summary>
    public static float HairAngle(float along) => along > 0.86f ? float.Lerp(0.5f, 1.35f, (along - 0.86f) / 0.14f) : float.Lerp(-0.35f, 0.5f, along / 0.86f);

    /// <summary>The middle of the brow at a position from the tail (0) to the inner end (1).</summary>
    public Vector2 At(float along)
    {
        float at = along * (Line.Length - 1);
        int first = Math.Min((int)at, Line.Length - 2);
        return Vector2.Lerp(Line[first], Line[first + 1], at - first);
    }
}
