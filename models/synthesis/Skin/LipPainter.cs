using System.Numerics;
using AuStream.Synthesis.People;
using AuStream.Synthesis.Randomness;

namespace AuStream.Synthesis.Skin;

/// <summary>Lips: their red, fine vertical folds, the darker line between them, and lipstick.</summary>
internal static class LipPainter
{
    private static readonly Vector2[] Outline = Curve.Around([.. FaceTemplate.Points68.Skip(48).Take(12)], 4);
    private static readonly Vector2[] Opening = Curve.Around([.. FaceTemplate.Points68.Skip(60)], 4);

    /// <summary>How far a point of the frame lies inside the lips' outline: 1 well inside, 0 outside.</summary>
    public static float Coverage(Vector2 point, float softness) => Math.Clamp((SignedDistance(Outline, point) / softness) + 0.5f, 0, 1);

    public static void Paint(SkinCanvas canvas, PersonAppearance person, RandomStream random, bool isPhotograph)
    {
        float natural = isPhotograph ? 0 : random.Uniform(0.55f, 1);
        float edge = random.Uniform(0.006f, 0.016f);
        float lipstickEdge = random.Uniform(0.004f, 0.008f);
        float seam = random.Uniform(0.25f, 0.6f);
        float folds = random.Uniform(0.004f, 0.014f);
        float shade = random.Uniform(0.03f, 0.12f);
        (int X, int Y) grain = SkinCanvas.TileOffset(random);
        TexelRegion region = canvas.Frame.Region(new Vector2(0.5f, 0.565f), new Vector2(0.16f, 0.12f));
        for (int y = region.Top; y < region.Top + region.Height; y++)
        {
            for (int x = region.Left; x < region.Left + region.Width; x++)
            {
                Vector2 point = canvas.Frame.FromTexel(x, y);
                float distance = SignedDistance(Outline, point);
                float lips = Math.Clamp((distance / edge) + 0.5f, 0, 1);
                if (lips <= 0)
                {
                    continue;
                }

                int at = (y * canvas.Size) + x;
                float inner = Math.Clamp((SignedDistance(Opening, point) / 0.02f) + 0.7f, 0, 1);

                // Folds run from the outline to the opening: noise that is long along y.
                float fold = NoiseTile.Mottling.At((x * 3) + grain.X, (y / 3) + grain.Y);
                Vector3 color = Vector3.Lerp(canvas.Colors[at], person.LipColor * (1 + (shade * fold)), lips * natural);
                float painted = Math.Clamp((distance / lipstickEdge) + 0.5f, 0, 1) * person.Lipstick;
                color = Vector3.Lerp(color, person.LipstickColor * (1 + (shade * 0.6f * fold)), painted * 0.9f);
                color *= 1 - (inner * seam * 0.7f);
                canvas.Colors[at] = color;
                canvas.Heights[at] += folds * fold * lips;
            }
        }
    }

    // Positive inside, in units of the frame.
    private static float SignedDistance(Vector2[] polygon, Vector2 point)
    {
        float nearest = float.MaxValue;
        bool inside = false;
        for (int i = 0, j = polygon.Length - 1; i < polygon.Length; j = i++)
        {
            Vector2 a = polygon[j];
            Vector2 edge = polygon[i] - a;
            Vector2 offset = point - a;
            float t = Math.Clamp(Vector2.Dot(offset, edge) / (edge.LengthSquared() + 1e-12f), 0, 1);
            nearest = Math.Min(nearest, (offset - (edge * t)).LengthSquared());
            if ((polygon[i].Y > point.Y) != (a.Y > point.Y) && point.X < a.X + (edge.X * (point.Y - a.Y) / edge.Y))
            {
                inside = !inside;
            }
        }

        float distance = MathF.Sqrt(nearest);
        return inside ? distance : -distance;
    }
}
