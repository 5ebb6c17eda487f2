using System.Numerics;
using AuStream.Synthesis.People;
using AuStream.Synthesis.Randomness;

namespace AuStream.Synthesis.Skin;

/// <summary>Brows of single hairs over a soft ground, of every height, arch, thickness and density.</summary>
internal static class BrowPainter
{
    public static void Paint(SkinCanvas canvas, PersonAppearance person, RandomStream random)
    {
        BrowShape shape = BrowShape.Draw(random, person);
        PaintSide(canvas, person, shape, random.Split("right"), mirrored: false);
        PaintSide(canvas, person, shape, random.Split("left"), mirrored: true);
    }

    private static void PaintSide(SkinCanvas canvas, PersonAppearance person, BrowShape shape, RandomStream random, bool mirrored)
    {
        Vector2 Place(Vector2 point) => canvas.Frame.ToTexel(mirrored ? new Vector2(1 - point.X, point.Y) : point);

        // Coverage is gathered first, so that crossing hairs do not pile up beyond the hair's own colour.
        var coverage = new Dictionary<int, float>();
        void Cover(int index, float amount) => coverage[index] = 1 - ((1 - coverage.GetValueOrDefault(index)) * (1 - amount));

        Vector2[] line = shape.Line;
        for (int i = 0; i + 1 < line.Length; i++)
        {
            float along = (float)i / (line.Length - 1);
            float radius = shape.Thickness(along) * canvas.Frame.TexelsPerUnit * 0.55f;
            float ground = shape.Ground * BrowShape.Fade(along);
            canvas.Stroke(Place(line[i]), Place(line[i + 1]), Math.Max(0.7f, radius), (index, weight, _) =>
                coverage[index] = Math.Max(coverage.GetValueOrDefault(index), ground * weight));
        }

        int hairs = (int)(shape.HairCount * random.Uniform(0.93f, 1.07f));
        float width = Math.Max(0.45f, 0.017f * canvas.Frame.TexelsPerCentimetre);
        for (int i = 0; i < hairs; i++)
        {
            float along = random.NextUnit();
            if (!random.Chance(BrowShape.Fade(along)))
            {
                continue;
            }

            Vector2 root = shape.At(along) + new Vector2(random.Normal(0, 0.002f), shape.Thickness(along) * random.Normal(0, 0.5f));
            float angle = BrowShape.HairAngle(along) + random.Normal(0, 0.22f);
            float length = random.Uniform(0.010f, 0.024f) * (0.75f + (0.35f * shape.Thickness(along) / 0.012f));
            Vector2 tip = root + (new Vector2(-MathF.Cos(angle), -MathF.Sin(angle)) * length);
            float strength = random.Uniform(0.25f, 0.75f) * shape.Density;
            canvas.Stroke(Place(root), Place(tip), width, (index, weight, t) => Cover(index, weight * strength * (1 - (0.55f * t))));
        }

        foreach ((int index, float amount) in coverage)
        {
            float alpha = Math.Min(0.96f, amount);
            canvas.Colors[index] = Vector3.Lerp(canvas.Colors[index], person.BrowColor, alpha);
            canvas.Heights[index] += alpha * 0.02f;
        }
    }

    /// <summary>One person's brows, drawn on the right side of the face.</summary>
    private sealed class BrowShape
    {
        private float _thickness;
        private float _tail;
        private float _inner;

        public required Vector2[] Line { get; init; }

        public float Ground { get; private init; }

        public float Density { get; private init; }

        public int HairCount { get; private init; }

        public static BrowShape Draw(RandomStream random, PersonAppearance person)
        {
            float lift = random.Normal(0, 0.009f);
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

        public Vector2 At(float along)
        {
            float at = along * (Line.Length - 1);
            int first = Math.Min((int)at, Line.Length - 2);
            return Vector2.Lerp(Line[first], Line[first + 1], at - first);
        }
    }
}
