using System.Numerics;
using AuStream.Synthesis.Pictures;
using AuStream.Synthesis.Randomness;

namespace AuStream.Synthesis.Backgrounds;

/// <summary>Paints what lies behind people: walls, rooms, shelves, writing, foliage, blots of light; out of focus or sharp. Keeps buffers; not thread-safe.</summary>
public sealed class BackgroundPainter
{
    private Vector4[] _scratch = [];
    private Vector4[] _sums = [];

    /// <summary>Fills a picture with an opaque background in linear light.</summary>
    /// <param name="random">Decides everything.</param>
    /// <param name="target">Filled completely.</param>
    public void Paint(RandomStream random, LinearImage target)
    {
        ArgumentNullException.ThrowIfNull(random);
        ArgumentNullException.ThrowIfNull(target);
        var brush = new BackgroundBrush(target);
        switch (random.PickIndex([0.22f, 0.18f, 0.25f, 0.12f, 0.11f, 0.12f]))
        {
            case 0:
                PaintWall(random, brush);
                break;
            case 1:
                PaintBlots(random, brush);
                break;
            case 2:
                RoomPainter.Paint(random, brush);
                break;
            case 3:
                ShelfPainter.Paint(random, brush);
                break;
            case 4:
                PaintWriting(random, brush);
                break;
            default:
                PaintFoliage(random, brush);
                break;
        }

        float scale = target.Width / 256f;
        float defocus = random.Chance(0.3f) ? random.Uniform(0, 0.6f) : random.Uniform(0.6f, 5);
        Blur(target, (int)MathF.Round(defocus * scale));
        Shade(random, target);
    }

    /// <summary>Fills a picture with a room, slightly out of focus.</summary>
    /// <param name="random">Decides everything.</param>
    /// <param name="target">Filled completely.</param>
    public void PaintRoom(RandomStream random, LinearImage target)
    {
        ArgumentNullException.ThrowIfNull(random);
        ArgumentNullException.ThrowIfNull(target);
        RoomPainter.Paint(random, new BackgroundBrush(target));
        Blur(target, Math.Max(1, target.Height / 120));
    }

    private static void PaintWall(RandomStream random, BackgroundBrush brush)
    {
        Vector3 color = BackgroundBrush.Color(random, 0.35f);
        brush.Gradient(color * random.Uniform(0.7f, 1.2f), color * random.Uniform(0.6f, 1.1f), random.Uniform(0, MathF.Tau));
        brush.Grain(random, random.Uniform(0, 0.12f), random.Uniform(20, 90));
    }

    private static void PaintBlots(RandomStream random, BackgroundBrush brush)
    {
        Vector3 color = BackgroundBrush.Color(random, 0.7f);
        brush.Gradient(color, BackgroundBrush.Color(random, 0.7f), random.Uniform(0, MathF.Tau));
        int count = 4 + random.Below(28);
        for (int i = 0; i < count; i++)
        {
            Vector2 radius = new(random.Uniform(0.02f, 0.3f), random.Uniform(0.02f, 0.3f));
            brush.Ellipse(new Vector2(random.NextUnit(), random.NextUnit()), radius, BackgroundBrush.Color(random, 0.8f), random.Uniform(0.2f, 0.9f), random.Uniform(0.05f, 0.8f));
        }
    }

    private static void PaintWriting(RandomStream random, BackgroundBrush brush)
    {
        // A board, a slide or a poster with rows of marks as long as words.
        Vector3 wall = BackgroundBrush.Color(random, 0.3f);
        brush.Gradient(wall, wall * 0.8f, random.Uniform(0, MathF.Tau));
        int boards = 1 + random.Below(3);
        for (int i = 0; i < boards; i++)
        {
            Vector2 low = new(random.Uniform(-0.2f, 0.6f), random.Uniform(-0.2f, 0.5f));
            Vector2 high = low + new Vector2(random.Uniform(0.3f, 0.9f), random.Uniform(0.25f, 0.8f));
            bool isDark = random.Chance(0.35f);
            Vector3 board = isDark ? BackgroundBrush.Color(random, 0.4f) * 0.15f : Vector3.Lerp(Vector3.One, BackgroundBrush.Color(random, 0.5f), 0.2f) * 0.8f;
            Vector3 ink = isDark ? new Vector3(0.7f) : BackgroundBrush.Color(random, 0.8f) * 0.12f;
            brush.Rectangle(low, high, board, 1);
            float line = random.Uniform(0.012f, 0.04f);
            for (float y = low.Y + line; y < high.Y - line; y += line * random.Uniform(1.5f, 2.4f))
            {
                float end = random.Uniform(low.X + (0.3f * (high.X - low.X)), high.X - 0.02f);
                for (float x = low.X + 0.02f; x < end;)
                {
                    float word = random.Uniform(0.4f, 4) * line;
                    brush.Rectangle(new Vector2(x, y), new Vector2(Math.Min(x + word, end), y + (line * random.Uniform(0.35f, 0.7f))), ink, random.Uniform(0.5f, 0.95f));
                    x += word + (line * random.Uniform(0.3f, 0.7f));
                }
            }
        }
    }

    private static void PaintFoliage(RandomStream random, BackgroundBrush brush)
    {
        Vector3 sky = new Vector3(0.45f, 0.6f, 0.9f) * random.Uniform(0.5f, 1.2f);
        Vector3 leaf = new Vector3(random.Uniform(0.03f, 0.25f), random.Uniform(0.12f, 0.35f), random.Uniform(0.02f, 0.1f));
        brush.Gradient(sky, leaf, MathF.PI / 2);
        int count = 60 + random.Below(160);
        for (int i = 0; i < count; i++)
        {
            float size = random.Uniform(0.01f, 0.1f);
            Vector2 at = new(random.Uniform(-0.05f, 1.05f), random.Uniform(0.1f, 1.1f));
            brush.Ellipse(at, new Vector2(size, size * random.Uniform(0.4f, 1)), leaf * random.Uniform(0.3f, 1.9f), random.Uniform(0.3f, 0.95f), random.Uniform(0.1f, 0.6f));
        }
    }

    private static void Shade(RandomStream random, LinearImage image)
    {
        // The background has its own light, brighter or darker than the person's.
        float level = MathF.Exp(Math.Clamp(random.Normal(-0.25f, 0.6f), -1.8f, 1.1f));
        var factor = new Vector4(level, level, level, 1);
        var least = new Vector4(0.002f, 0.002f, 0.002f, 1);
        foreach (ref Vector4 pixel in image.Pixels.AsSpan())
        {
            // Opaque before and after.
            pixel = Vector4.Max(pixel * factor, least).WithElement(3, 1);
        }
    }

    // Three box blurs come close to a lens' disc and cost the same for any radius.
    private void Blur(LinearImage image, int radius)
    {
        if (radius < 1)
        {
            return;
        }

        if (_scratch.Length < image.Pixels.Length)
        {
            _scratch = new Vector4[image.Pixels.Length];
        }

        for (int pass = 0; pass < 2; pass++)
        {
            BoxRows(image.Pixels, _scratch, image.Width, image.Height, radius);
            BoxColumns(_scratch, image.Pixels, image.Width, image.Height, radius);
        }
    }

    private static void BoxRows(ReadOnlySpan<Vector4> source, Span<Vector4> target, int width, int height, int radius)
    {
        float scale = 1f / ((2 * radius) + 1);
        for (int y = 0; y < height; y++)
        {
            ReadOnlySpan<Vector4> row = source.Slice(y * width, width);
            Span<Vector4> result = target.Slice(y * width, width);
            Vector4 sum = Vector4.Zero;
            for (int k = -radius; k <= radius; k++)
            {
                sum += row[Math.Clamp(k, 0, width - 1)];
            }

            for (int x = 0; x < width; x++)
            {
                result[x] = sum * scale;
                sum += row[Math.Min(x + radius + 1, width - 1)] - row[Math.Max(x - radius, 0)];
            }
        }
    }

    // The sums of all columns move down together: memory is read and written along rows.
    private void BoxColumns(ReadOnlySpan<Vector4> source, Span<Vector4> target, int width, int height, int radius)
    {
        if (_sums.Length < width)
        {
            _sums = new Vector4[width];
        }

        float scale = 1f / ((2 * radius) + 1);
        Span<Vector4> sums = _sums.AsSpan(0, width);
        sums.Clear();
        for (int k = -radius; k <= radius; k++)
        {
            ReadOnlySpan<Vector4> row = source.Slice(Math.Clamp(k, 0, height - 1) * width, width);
            for (int x = 0; x < sums.Length; x++)
            {
                sums[x] += row[x];
            }
        }

        for (int y = 0; y < height; y++)
        {
            Span<Vector4> result = target.Slice(y * width, width);
            ReadOnlySpan<Vector4> entering = source.Slice(Math.Min(y + radius + 1, height - 1) * width, width);
            ReadOnlySpan<Vector4> leaving = source.Slice(Math.Max(y - radius, 0) * width, width);
            for (int x = 0; x < sums.Length; x++)
            {
                Vector4 sum = sums[x];
                result[x] = sum * scale;
                sums[x] = sum + (entering[x] - leaving[x]);
            }
        }
    }
}
