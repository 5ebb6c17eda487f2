using System.Numerics;
using AuStream.Synthesis.Randomness;

namespace AuStream.Synthesis.Backgrounds;

/// <summary>Rooms: wall and floor, windows, doors, pictures, lamps, furniture, blinds.</summary>
internal static class RoomPainter
{
    public static void Paint(RandomStream random, BackgroundBrush brush)
    {
        Vector3 wall = BackgroundBrush.Color(random, 0.35f);
        brush.Gradient(wall * random.Uniform(0.75f, 1.2f), wall * random.Uniform(0.5f, 1), random.Uniform(0, MathF.Tau));
        if (random.Chance(0.5f))
        {
            // A corner: the second wall gets other light.
            float corner = random.Uniform(0.1f, 0.9f);
            bool isLeft = random.Chance(0.5f);
            brush.Rectangle(new Vector2(isLeft ? 0 : corner, 0), new Vector2(isLeft ? corner : 1, 1), wall * random.Uniform(0.35f, 1.3f), 0.7f);
        }

        float floor = random.Uniform(0.7f, 1.2f);
        brush.Rectangle(new Vector2(0, floor), Vector2.One, BackgroundBrush.Color(random, 0.4f) * 0.6f, 0.95f);
        int objects = 1 + random.Below(6);
        for (int i = 0; i < objects; i++)
        {
            switch (random.Below(6))
            {
                case 0:
                    PaintWindow(random, brush);
                    break;
                case 1:
                    PaintPicture(random, brush);
                    break;
                case 2:
                    PaintDoor(random, brush);
                    break;
                case 3:
                    PaintLamp(random, brush);
                    break;
                case 4:
                    PaintPlant(random, brush);
                    break;
                default:
                    PaintFurniture(random, brush);
                    break;
            }
        }
    }

    private static void PaintWindow(RandomStream random, BackgroundBrush brush)
    {
        Vector2 low = new(random.Uniform(-0.2f, 0.8f), random.Uniform(-0.1f, 0.25f));
        Vector2 high = low + new Vector2(random.Uniform(0.15f, 0.5f), random.Uniform(0.25f, 0.6f));
        Vector3 sky = new Vector3(0.85f, 0.95f, 1.1f) * random.Uniform(0.5f, 2.2f);
        Vector3 frame = BackgroundBrush.Color(random, 0.2f);
        brush.Rectangle(low - new Vector2(0.012f), high + new Vector2(0.012f), frame, 1);
        brush.Rectangle(low, high, sky, 1);
        if (random.Chance(0.4f))
        {
            for (float y = low.Y; y < high.Y; y += 0.025f)
            {
                brush.Rectangle(new Vector2(low.X, y), new Vector2(high.X, y + 0.012f), frame * 0.9f, 0.8f);
            }
        }
        else
        {
            float middle = (low.X + high.X) / 2;
            brush.Rectangle(new Vector2(middle - 0.006f, low.Y), new Vector2(middle + 0.006f, high.Y), frame, 1);
            float bar = random.Uniform(low.Y + 0.05f, high.Y - 0.05f);
            brush.Rectangle(new Vector2(low.X, bar), new Vector2(high.X, bar + 0.01f), frame, 1);
        }
    }

    private static void PaintPicture(RandomStream random, BackgroundBrush brush)
    {
        Vector2 low = new(random.Uniform(-0.1f, 0.9f), random.Uniform(0, 0.4f));
        Vector2 high = low + new Vector2(random.Uniform(0.08f, 0.3f), random.Uniform(0.08f, 0.3f));
        brush.Rectangle(low - new Vector2(0.01f), high + new Vector2(0.01f), BackgroundBrush.Color(random, 0.5f) * 0.5f, 1);
        brush.Rectangle(low, high, BackgroundBrush.Color(random, 0.9f), 1);
        for (int i = 0; i < 5; i++)
        {
            Vector2 at = new(random.Uniform(low.X, high.X), random.Uniform(low.Y, high.Y));
            Vector2 reach = Vector2.Min(at - low, high - at);
            brush.Ellipse(at, Vector2.Max(reach * random.Uniform(0.3f, 1), new Vector2(0.004f)), BackgroundBrush.Color(random, 1), 0.8f, random.Uniform(0.05f, 0.9f));
        }
    }

    private static void PaintDoor(RandomStream random, BackgroundBrush brush)
    {
        float left = random.Uniform(-0.1f, 0.85f);
        float top = random.Uniform(0, 0.25f);
        Vector3 color = BackgroundBrush.Color(random, 0.5f);
        brush.Rectangle(new Vector2(left - 0.015f, top - 0.015f), new Vector2(left + 0.265f, 1), color * 1.3f, 1);
        brush.Rectangle(new Vector2(left, top), new Vector2(left + 0.25f, 1), color, 1);
        brush.Ellipse(new Vector2(left + 0.225f, 0.62f), new Vector2(0.012f), new Vector3(0.6f, 0.55f, 0.45f), 1, 0.3f);
    }

    private static void PaintLamp(RandomStream random, BackgroundBrush brush)
    {
        Vector2 at = new(random.NextUnit(), random.Uniform(0, 0.5f));
        Vector3 light = new Vector3(1.2f, 1, 0.75f) * random.Uniform(0.8f, 3);
        float radius = random.Uniform(0.02f, 0.08f);
        brush.Ellipse(at, new Vector2(radius * 5), light, 0.35f, 1);
        brush.Ellipse(at, new Vector2(radius), light * 1.5f, 1, 0.3f);
    }

    private static void PaintPlant(RandomStream random, BackgroundBrush brush)
    {
        Vector2 root = new(random.NextUnit(), random.Uniform(0.5f, 1));
        for (int i = 0; i < 26; i++)
        {
            Vector2 at = root + new Vector2(random.Normal(0, 0.06f), -random.Uniform(0, 0.3f));
            brush.Ellipse(at, new Vector2(random.Uniform(0.01f, 0.045f), random.Uniform(0.008f, 0.03f)), new Vector3(0.05f, 0.16f, 0.04f) * random.Uniform(0.4f, 2), 0.9f, 0.25f);
        }
    }

    private static void PaintFurniture(RandomStream random, BackgroundBrush brush)
    {
        Vector2 low = new(random.Uniform(-0.3f, 0.9f), random.Uniform(0.3f, 0.9f));
        Vector2 high = low + new Vector2(random.Uniform(0.15f, 0.7f), random.Uniform(0.2f, 0.7f));
        Vector3 color = BackgroundBrush.Color(random, 0.7f) * 0.7f;
        brush.Rectangle(low, high, color, 1);
        brush.Rectangle(low, new Vector2(high.X, low.Y + 0.02f), color * 1.6f, 1);
    }
}
