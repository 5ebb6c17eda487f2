using System.Numerics;
using AuStream.Synthesis.Randomness;

namespace AuStream.Synthesis.Backgrounds;

/// <summary>Shelves with books, boxes and bottles.</summary>
internal static class ShelfPainter
{
    public static void Paint(RandomStream random, BackgroundBrush brush)
    {
        Vector3 wood = BackgroundBrush.Color(random, 0.5f) * 0.8f;
        brush.Gradient(wood * 0.4f, wood * 0.25f, random.Uniform(0, MathF.Tau));
        float step = random.Uniform(0.16f, 0.34f);
        for (float y = random.Uniform(-0.1f, 0.1f); y < 1.1f; y += step)
        {
            float x = random.Uniform(-0.05f, 0.02f);
            while (x < 1)
            {
                float width = random.Uniform(0.012f, 0.06f);
                float height = step * random.Uniform(0.45f, 0.88f);
                Vector3 color = BackgroundBrush.Color(random, 0.9f) * 0.8f;
                if (!random.Chance(0.12f))
                {
                    var low = new Vector2(x, y + step - 0.02f - height);
                    var high = new Vector2(x + width, y + step - 0.02f);
                    brush.Rectangle(low, high, color, 1);
                    brush.Rectangle(low, new Vector2(low.X + (width * 0.2f), high.Y), color * 1.4f, 0.6f);
                    float label = random.Uniform(low.Y, high.Y - 0.02f);
                    brush.Rectangle(new Vector2(x + (width * 0.15f), label), new Vector2(x + (width * 0.85f), label + 0.02f), BackgroundBrush.Color(random, 0.4f), 0.7f);
                }

                x += width + random.Uniform(0, 0.008f);
            }

            brush.Rectangle(new Vector2(0, y + step - 0.02f), new Vector2(1, y + step), wood, 1);
        }
    }
}
