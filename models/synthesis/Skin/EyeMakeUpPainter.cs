using System.Numerics;
using AuStream.Synthesis.People;
using AuStream.Synthesis.Randomness;

namespace AuStream.Synthesis.Skin;

/// <summary>The dark line of lashes along the lids, eyeliner and eye shadow.</summary>
internal static class EyeMakeUpPainter
{
    public static void Paint(SkinCanvas canvas, PersonAppearance person, RandomStream random, bool isPhotograph)
    {
        float ground = isPhotograph ? 0.25f : 0.55f;
        float upper = Math.Min(0.97f, ground + (0.5f * person.Eyeliner));
        float lower = Math.Min(0.9f, (ground * 0.45f) + (0.35f * person.Eyeliner * random.NextUnit()));
        float width = random.Uniform(0.025f, 0.045f) + (0.05f * person.Eyeliner * random.NextUnit());
        foreach (bool mirrored in (ReadOnlySpan<bool>)[false, true])
        {
            PaintLine(canvas, [36, 37, 38, 39], upper, width, mirrored);
            PaintLine(canvas, [36, 41, 40, 39], lower, width * 0.6f, mirrored);
        }

        if (person.EyeMakeup > 0)
        {
            float height = random.Uniform(0.010f, 0.022f);
            foreach (float x in (ReadOnlySpan<float>)[0.355f, 0.645f])
            {
                canvas.Mix(new Vector2(x, 0.262f), new Vector2(0.045f, height), person.EyeMakeupColor, person.EyeMakeup);
            }
        }
    }

    private static void PaintLine(SkinCanvas canvas, ReadOnlySpan<int> points, float strength, float centimetres, bool mirrored)
    {
        Span<Vector2> line = stackalloc Vector2[points.Length];
        for (int i = 0; i < points.Length; i++)
        {
            Vector2 point = FaceTemplate.Points68[points[i]];
            line[i] = mirrored ? new Vector2(1 - point.X, point.Y) : point;
        }

        Vector2[] curve = Curve.Through(line, 6);
        var coverage = new Dictionary<int, float>();
        float radius = Math.Max(0.5f, centimetres * canvas.Frame.TexelsPerCentimetre);
        for (int i = 0; i + 1 < curve.Length; i++)
        {
            // Thin at the inner corner.
            float along = (float)i / curve.Length;
            float amount = strength * Math.Clamp((1.05f - along) * 5, 0, 1);
            canvas.Stroke(canvas.Frame.ToTexel(curve[i]), canvas.Frame.ToTexel(curve[i + 1]), radius, (index, weight, _) =>
                coverage[index] = Math.Max(coverage.GetValueOrDefault(index), amount * weight));
        }

        foreach ((int index, float amount) in coverage)
        {
            canvas.Colors[index] = Vector3.Lerp(canvas.Colors[index], new Vector3(0.012f, 0.009f, 0.008f), amount);
        }
    }
}
