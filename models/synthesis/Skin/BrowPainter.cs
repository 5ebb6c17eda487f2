using System.Numerics;
using AuStream.Synthesis.People;
using AuStream.Synthesis.Randomness;

namespace AuStream.Synthesis.Skin;

/// <summary>Brows of single hairs over a soft ground, of every height, arch, thickness and density.</summary>
internal static class BrowPainter
{
    public static void Paint(SkinCanvas canvas, PersonAppearance person)
    {
        BrowShape shape = BrowShape.Of(person);
        RandomStream random = BrowShape.Randomness(person);
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
}
