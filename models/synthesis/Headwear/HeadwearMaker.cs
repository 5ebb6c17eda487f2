using System.Numerics;
using AuStream.Synthesis.People;
using AuStream.Synthesis.Randomness;
using AuStream.Synthesis.Scene;

namespace AuStream.Synthesis.Headwear;

/// <summary>Makes caps, turbans and headscarves that fit any head, in several ways of wearing them.</summary>
internal static class HeadwearMaker
{
    /// <summary>What a person with headwear wears.</summary>
    public static HeadwearKind Draw(RandomStream random, PersonSex sex) => (HeadwearKind)random.PickIndex(
        sex == PersonSex.Male ? [0.25f, 0.3f, 0.22f, 0.2f, 0, 0.03f] : [0.12f, 0.1f, 0.12f, 0.08f, 0.43f, 0.15f]);

    /// <summary>The parts of anything but a hat.</summary>
    /// <param name="kind">What.</param>
    /// <param name="random">Cut, cloth, folds.</param>
    /// <param name="hull">The head.</param>
    /// <param name="follow">Makes a part that lies on the face follow it.</param>
    public static IEnumerable<PersonPart> Make(HeadwearKind kind, RandomStream random, HeadHull hull, Func<ClothShell, Vector2, Material, PersonPart> follow) => kind switch
    {
        HeadwearKind.Headscarf => Headscarf(random, hull, follow, isOpen: false),
        HeadwearKind.Shawl => Headscarf(random, hull, follow, isOpen: true),
        HeadwearKind.Turban => [Turban(random, hull)],
        HeadwearKind.Beanie => [Beanie(random, hull)],
        HeadwearKind.Cap => Cap(random, hull),
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "Hats come from the package."),
    };

    private static IEnumerable<PersonPart> Headscarf(RandomStream random, HeadHull hull, Func<ClothShell, Vector2, Material, PersonPart> follow, bool isOpen)
    {
        float brow = hull.Points68[17..27].Average(p => p.Y);
        float top = brow + (isOpen ? random.Uniform(4, 5.5f) : random.Uniform(2.4f, 4.2f));
        float width = isOpen ? random.Uniform(0.95f, 1.06f) : random.Uniform(0.86f, 0.97f);
        float chin = hull.Points68[8].Y - (isOpen ? random.Uniform(4, 7) : random.Uniform(0.1f, 0.9f));
        float slip = random.Normal(0, 0.25f);
        Vector3 side = hull.Points68[16];
        Vector3 Hem(float angle, float inwards)
        {
            (float sin, float cos) = MathF.SinCos(angle);
            float x = MathF.CopySign(MathF.Pow(MathF.Abs(sin), 0.86f), sin) * (side.X * width - inwards);
            float height = cos > 0 ? top - inwards - side.Y : side.Y - chin - inwards;
            float z = cos > 0 ? hull.Points68[24].Z - 1.2f : isOpen ? hull.Points68[8].Z - 5 : hull.Points68[8].Z - 0.6f;
            return new Vector3(x + slip, side.Y + (MathF.CopySign(MathF.Pow(MathF.Abs(cos), 0.9f), cos) * height), side.Z + ((z - side.Z) * cos * cos) + (MathF.Abs(sin) < 0.999f ? 0.8f * MathF.Abs(sin) : 0));
        }

        Vector3 axis = Vector3.Normalize(new Vector3(0, ((top + chin) / 2) - hull.Center.Y, -hull.Center.Z + 2));
        var folds = new Folds(random, isOpen ? 0.28f : random.Uniform(0.08f, 0.22f));
        float volume = random.Uniform(0.3f, 1.6f);
        float loose = isOpen ? random.Uniform(0.5f, 1.3f) : random.Uniform(0.15f, 0.6f);
        float flare = random.Uniform(0.26f, 0.42f);
        Material cloth = ClothPattern.Material(random);
        var shell = ClothShell.Over(hull, axis, Vector3.UnitY, angle => Hem(angle, 0), 30, 2.95f, (around, way, direction, radius) =>
        {
            float rise = MathF.Min(1, way * 7);
            float back = Math.Clamp(-direction.Z, 0, 1);
            float own = radius + 0.18f + (loose * rise) + (volume * back * rise) + (folds.At(around, way) * rise);
            return MathF.Max(own, Fall(hull, direction, flare) + (folds.At(around, way) * 2 * rise));
        });
        yield return follow(shell, new Vector2(6, 4), cloth);
        if (!isOpen && random.Chance(0.4f))
        {
            // A band below, of another colour, that shows at the forehead.
            float band = random.Uniform(0.5f, 1.4f);
            Material other = ClothPattern.Material(random);
            var under = ClothShell.Over(hull, axis, Vector3.UnitY, angle => Hem(angle, band * MathF.Max(0, MathF.Cos(angle))), 8, 1.9f, (_, _, _, radius) => radius + 0.06f);
            yield return follow(under, new Vector2(4, 2), other);
        }
    }

    // Distance at which cloth that falls from the chin over the shoulders is met: a cone around the neck, cut off below the picture.
    private static float Fall(HeadHull hull, Vector3 direction, float flare)
    {
        if (direction.Y > -0.1f)
        {
            return 0;
        }

        float down = -direction.Y;
        float across = MathF.Sqrt(MathF.Max(0, 1 - (down * down)));
        float floor = (hull.Center.Y + 27) / down;
        float slope = across - (flare * down);
        float cone = 6.9f + (flare * (-9 - hull.Center.Y));
        return slope <= 0.02f ? floor : MathF.Min(floor, cone / slope);
    }

    private static Vector3 Ring(HeadHull hull, float angle, float front, float sides, float back)
    {
        (float sin, float cos) = MathF.SinCos(angle);
        float height = cos > 0 ? sides + ((front - sides) * cos) : sides + ((sides - back) * cos);
        Vector3 level = new(sin, 0, cos);
        return hull.Center + (level * 9) + new Vector3(0, height - hull.Center.Y, 0);
    }

    private static FixedPersonPart Turban(RandomStream random, HeadHull hull)
    {
        float brow = hull.Points68[17..27].Average(p => p.Y);
        float front = brow + random.Uniform(1.6f, 3.6f);
        float sides = hull.Points68[16].Y + random.Uniform(1.5f, 3.5f);
        float bulge = random.Uniform(0.9f, 2.4f);
        float turns = random.Uniform(3, 6);
        float slant = random.Chance(0.5f) ? 1 : -1;
        float ridge = random.Uniform(0.15f, 0.4f);
        var shell = ClothShell.Over(hull, Vector3.Normalize(new Vector3(0, -1, 0.12f)), Vector3.UnitZ, angle => Ring(hull, angle, front, sides, -3), 40, 3.1f, (around, way, _, radius) =>
        {
            float wound = MathF.Abs(MathF.Sin((way * turns * MathF.PI) + (slant * around) + (0.6f * MathF.Sin(around))));
            return radius + 0.4f + (bulge * MathF.Sin(MathF.Min(1, way * 2.2f) * MathF.PI / 2)) + (ridge * wound);
        });
        return Fixed(shell, new Vector2(3, 6), ClothPattern.Material(random));
    }

    private static FixedPersonPart Beanie(RandomStream random, HeadHull hull)
    {
        float brow = hull.Points68[17..27].Average(p => p.Y);
        float front = brow + random.Uniform(1.2f, 3.5f);
        float sides = hull.Points68[16].Y + random.Uniform(-0.5f, 2.5f);
        float fold = random.Chance(0.6f) ? random.Uniform(0.18f, 0.34f) : 0;
        float loose = random.Uniform(0, 2);
        float ribs = random.Chance(0.6f) ? 0.06f : 0;
        var shell = ClothShell.Over(hull, new Vector3(0, -1, 0), Vector3.UnitZ, angle => Ring(hull, angle, front, sides, sides - 2), 28, 3.1f, (around, way, _, radius) =>
            radius + 0.45f + (way < fold ? 0.4f : 0) + (loose * way * way) + (ribs * MathF.Sin(around * 36)));
        return Fixed(shell, new Vector2(12, 6), ClothPattern.Material(random));
    }

    private static IEnumerable<PersonPart> Cap(RandomStream random, HeadHull hull)
    {
        float brow = hull.Points68[17..27].Average(p => p.Y);
        float front = brow + random.Uniform(2.4f, 4);
        float sides = hull.Points68[16].Y + random.Uniform(3.5f, 5);
        float crown = random.Uniform(0.6f, 1.5f);
        var shell = ClothShell.Over(hull, new Vector3(0, -1, 0), Vector3.UnitZ, angle => Ring(hull, angle, front, sides, sides - 1), 20, 3.1f, (_, way, _, radius) =>
            radius + 0.5f + (crown * MathF.Sin(MathF.Min(1, way * 1.6f) * MathF.PI / 2)));
        Material cloth = ClothPattern.Material(random);
        yield return Fixed(shell, new Vector2(6, 4), cloth);
        yield return Peak(random, shell, random.Chance(0.6f) ? cloth : ClothPattern.Material(random), random.Chance(0.12f));
    }

    // A sheet before the forehead, bent at the sides; some wear it at the back.
    private static FixedPersonPart Peak(RandomStream random, ClothShell shell, Material cloth, bool isBackwards)
    {
        const int Columns = 17;
        const int Depth = 5;
        Vector3[] hem = shell.Positions;
        float length = random.Uniform(5.5f, 7.5f);
        float drop = random.Uniform(0.12f, 0.42f);
        float bend = random.Uniform(0.4f, 1.5f);
        var positions = new List<Vector3>();
        for (int row = 0; row <= Depth; row++)
        {
            for (int i = 0; i < Columns; i++)
            {
                float across = (2f * i / (Columns - 1)) - 1;
                int at = ((int)MathF.Round(across * 14) + (isBackwards ? ClothShell.Around / 2 : 0) + ClothShell.Around) % ClothShell.Around;
                float out1 = length * MathF.Sqrt(MathF.Max(0, 1 - (across * across))) * row / Depth;
                Vector3 edge = hem[ClothShell.Around + at];
                positions.Add(edge + new Vector3(0, (-drop * out1) - (bend * across * across * row / Depth), isBackwards ? -out1 : out1));
            }
        }

        var triangles = new List<int>();
        for (int row = 0; row < Depth; row++)
        {
            for (int i = 0; i + 1 < Columns; i++)
            {
                int a = (row * Columns) + i;
                triangles.AddRange([a, a + Columns, a + Columns + 1, a, a + Columns + 1, a + 1]);
            }
        }

        return new FixedPersonPart([.. positions])
        {
            Material = cloth,
            Triangles = [.. triangles],
            TextureCoordinates = new Vector2[triangles.Count],
        };
    }

    private static FixedPersonPart Fixed(ClothShell shell, Vector2 repeats, Material cloth)
    {
        (int[] triangles, Vector2[] coordinates) = shell.Weave(repeats);
        return new FixedPersonPart(shell.Positions) { Material = cloth, Triangles = triangles, TextureCoordinates = coordinates };
    }
}
