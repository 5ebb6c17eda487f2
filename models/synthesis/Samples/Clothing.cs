using System.Numerics;
using AuStream.Synthesis.Randomness;
using AuStream.Synthesis.Scene;

namespace AuStream.Synthesis.Samples;

/// <summary>Shirts and jumpers around the neck: heads end at the shoulders, pictures do not.</summary>
public static class Clothing
{
    private const int Around = 40;

    // Height, half width, half depth and depth of the middle, in centimetres of head space; the first ring follows the neck.
    private static readonly (float Y, float X, float Z, float Middle)[] Rings =
    [
        (-17.6f, 12.0f, 8.2f, -9.6f), (-19.2f, 16.5f, 9.6f, -9.8f), (-21.2f, 19.6f, 10.8f, -10), (-24, 21.2f, 11.6f, -10), (-30, 22.2f, 12.4f, -9.6f), (-45, 22.5f, 13, -9.4f), (-75, 22, 13, -9.4f),
    ];

    /// <summary>True when a head wears something below the chin already.</summary>
    public static bool IsWornBy(PosedHead head)
    {
        ArgumentNullException.ThrowIfNull(head);
        foreach (ScenePart part in head.Parts)
        {
            if (part.Material.Kind == MaterialKind.Cloth && Array.Exists(part.Positions, p => p.Y < -16))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Something to wear.</summary>
    /// <param name="random">Cut and colours.</param>
    /// <param name="skin">The person's skin part, at rest: the collar lies around its neck.</param>
    public static ScenePart Draw(RandomStream random, ScenePart skin)
    {
        ArgumentNullException.ThrowIfNull(random);
        ArgumentNullException.ThrowIfNull(skin);
        float height = random.Uniform(-16.2f, -13.6f);
        (Vector2 half, float middle) = MeasureNeck(skin, height);
        float loose = random.Uniform(0.4f, 1.6f);
        float breadth = random.Uniform(0.9f, 1.12f);
        float dip = random.Chance(0.4f) ? random.Uniform(1, 4.5f) : 0;
        var positions = new List<Vector3>();
        AddRing(positions, height - 0.4f, half + new Vector2(loose - 0.35f), middle, dip);
        AddRing(positions, height, half + new Vector2(loose), middle, dip);
        foreach ((float y, float x, float z, float ringMiddle) in Rings)
        {
            AddRing(positions, y, new Vector2(Math.Max(x * breadth, half.X + loose + 0.5f), Math.Max(z, half.Y + loose)), ringMiddle, dip * Math.Clamp((y + 24) / 8, 0, 1));
        }

        var triangles = new List<int>();
        var coordinates = new List<Vector2>();
        int rings = positions.Count / Around;
        for (int ring = 0; ring + 1 < rings; ring++)
        {
            for (int i = 0; i < Around; i++)
            {
                int next = (i + 1) % Around;
                int a = (ring * Around) + i;
                int b = (ring * Around) + next;
                triangles.AddRange([a, a + Around, b + Around, a, b + Around, b]);
                Vector2 At(int column, int row) => new((float)column / Around, -positions[(row * Around) + (column % Around)].Y / 75);
                coordinates.AddRange([At(i, ring), At(i, ring + 1), At(i + 1, ring + 1), At(i, ring), At(i + 1, ring + 1), At(i + 1, ring)]);
            }
        }

        return new ScenePart
        {
            Positions = [.. positions],
            Triangles = [.. triangles],
            TextureCoordinates = [.. coordinates],
            Material = new Material { Kind = MaterialKind.Cloth, Albedo = Cloth(random), IsTwoSided = true, Specular = 0.05f },
        };
    }

    private static void AddRing(List<Vector3> positions, float y, Vector2 half, float middle, float dip)
    {
        for (int i = 0; i < Around; i++)
        {
            (float sin, float cos) = MathF.SinCos(MathF.Tau * i / Around);

            // A rounded box rather than an ellipse; a neckline dips in front.
            float front = Math.Max(0, cos);
            Vector2 outline = new(MathF.CopySign(MathF.Pow(MathF.Abs(sin), 0.85f), sin), MathF.CopySign(MathF.Pow(MathF.Abs(cos), 0.85f), cos));
            positions.Add(new Vector3(outline.X * half.X, y - (dip * front * front * front), middle + (outline.Y * half.Y)));
        }
    }

    private static (Vector2 Half, float Middle) MeasureNeck(ScenePart skin, float height)
    {
        float width = 0;
        float front = float.MinValue;
        float back = float.MaxValue;
        foreach (Vector3 p in skin.Positions)
        {
            if (MathF.Abs(p.Y - height) < 0.8f)
            {
                width = Math.Max(width, MathF.Abs(p.X));
                front = Math.Max(front, p.Z);
                back = Math.Min(back, p.Z);
            }
        }

        return width > 0 ? (new Vector2(Math.Clamp(width, 4, 13), Math.Clamp((front - back) / 2, 4, 11)), (front + back) / 2) : (new Vector2(7, 6.5f), -9);
    }

    private static Texture Cloth(RandomStream random)
    {
        const int Size = 64;
        Vector3 main = Color(random);
        Vector3 other = random.Chance(0.5f) ? main * random.Uniform(0.3f, 1.6f) : Color(random);
        int pattern = random.PickIndex([0.55f, 0.2f, 0.1f, 0.15f]);
        int period = 4 << random.Below(3);
        var pixels = new float[Size * Size * 4];
        for (int y = 0; y < Size; y++)
        {
            for (int x = 0; x < Size; x++)
            {
                bool isOther = pattern switch
                {
                    0 => false,
                    1 => y % period < period / 2,
                    2 => x % period < period / 3,
                    _ => (x % period < period / 2) != (y % period < period / 2),
                };
                Vector3 color = Vector3.Clamp((isOther ? other : main) * (1 + random.Normal(0, 0.06f)), new Vector3(0.003f), new Vector3(0.9f));
                int at = ((y * Size) + x) * 4;
                (pixels[at], pixels[at + 1], pixels[at + 2], pixels[at + 3]) = (color.X, color.Y, color.Z, 1);
            }
        }

        return new Texture(Size, Size, pixels);
    }

    private static Vector3 Color(RandomStream random)
    {
        float level = random.Uniform(0.05f, 0.95f);
        var color = new Vector3(random.NextUnit(), random.NextUnit(), random.NextUnit());
        Vector3 mixed = Vector3.Lerp(new Vector3(level), color, 0.8f * random.NextUnit());
        return mixed * mixed;
    }
}
