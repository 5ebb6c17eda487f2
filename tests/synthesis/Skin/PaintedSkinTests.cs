using System.Numerics;
using AuStream.Synthesis.ActionUnits;
using AuStream.Synthesis.People;
using AuStream.Synthesis.Randomness;
using AuStream.Synthesis.Scene;
using AuStream.Synthesis.Skin;

namespace AuStream.Synthesis.Tests.Skin;

public class PaintedSkinTests
{
    private static readonly (int ActionUnit, Vector2 Center, Vector2 Half)[] Places =
    [
        (1, new(0.5f, 0.11f), new(0.1f, 0.06f)), (4, new(0.5f, 0.19f), new(0.05f, 0.04f)), (9, new(0.5f, 0.28f), new(0.07f, 0.05f)),
        (6, new(0.27f, 0.28f), new(0.04f, 0.04f)), (12, new(0.36f, 0.52f), new(0.04f, 0.06f)), (14, new(0.374f, 0.556f), new(0.015f, 0.02f)),
        (15, new(0.375f, 0.6f), new(0.015f, 0.03f)), (17, new(0.5f, 0.68f), new(0.06f, 0.03f)),
    ];

    [Fact]
    public void Each_wrinkling_action_unit_changes_the_relief_where_its_wrinkles_are()
    {
        PaintedSkin skin = Paint(seed: 3);
        var frame = new FaceFrame(FaceFrameTests.Layout, 256);
        Vector4[] resting = skin.Relief.Texels.ToArray();
        foreach ((int actionUnit, Vector2 center, Vector2 half) in Places)
        {
            skin.Express(Strengths(actionUnit, 1));
            Vector4[] expressed = skin.Relief.Texels.ToArray();
            TexelRegion region = frame.Region(center, half);
            double inside = MeanChange(resting, expressed, region);
            double elsewhere = MeanChange(resting, expressed, frame.Region(new Vector2(0.30f, 0.42f), new Vector2(0.02f, 0.02f)));
            inside.ShouldBeGreaterThan(Math.Max(1e-5, 3 * elsewhere), $"AU{actionUnit}");
        }
    }

    [Fact]
    public void A_face_that_relaxes_gets_exactly_its_resting_skin_back()
    {
        PaintedSkin skin = Paint(seed: 5);
        Vector4[] colors = skin.Albedo.Texels.ToArray();
        Vector4[] relief = skin.Relief.Texels.ToArray();
        skin.Express(Strengths(12, 1));
        skin.Albedo.Texels.ToArray().ShouldNotBe(colors);
        skin.Express(new SidedStrengths());
        skin.Albedo.Texels.ToArray().ShouldBe(colors);
        skin.Relief.Texels.ToArray().ShouldBe(relief);
    }

    [Fact]
    public void Repainting_what_changed_gives_the_same_as_painting_anew()
    {
        PaintedSkin stepwise = Paint(seed: 7);
        stepwise.Express(Strengths(4, 0.5f));
        stepwise.Express(Strengths(9, 1));
        stepwise.Express(Strengths(17, 0.8f));
        PaintedSkin direct = Paint(seed: 7);
        direct.Express(Strengths(17, 0.8f));
        stepwise.Albedo.Texels.ToArray().ShouldBe(direct.Albedo.Texels.ToArray());
        stepwise.Relief.Sample(new Vector2(0.5f, 0.4f), 2.5f).ShouldBe(direct.Relief.Sample(new Vector2(0.5f, 0.4f), 2.5f));
    }

    [Fact]
    public void Wrinkles_of_one_side_leave_the_other_side_alone()
    {
        PaintedSkin skin = Paint(seed: 9);
        Vector4[] resting = skin.Relief.Texels.ToArray();
        var strengths = new SidedStrengths { [12, FaceSide.Right] = 1 };
        skin.Express(strengths);
        Vector4[] expressed = skin.Relief.Texels.ToArray();
        var frame = new FaceFrame(FaceFrameTests.Layout, 256);
        MeanChange(resting, expressed, frame.Region(new Vector2(0.36f, 0.52f), new Vector2(0.04f, 0.06f))).ShouldBeGreaterThan(1e-5);
        MeanChange(resting, expressed, frame.Region(new Vector2(0.64f, 0.52f), new Vector2(0.04f, 0.06f))).ShouldBe(0);
    }

    [Fact]
    public void Dark_brows_stubble_and_lipstick_are_where_they_belong()
    {
        PaintedSkin skin = Paint(seed: 11);
        var frame = new FaceFrame(FaceFrameTests.Layout, 256);
        float cheek = Luminance(skin, frame, new Vector2(0.33f, 0.38f));
        Luminance(skin, frame, FaceTemplate.Points68[19]).ShouldBeLessThan(cheek * 0.6f);
        Vector4 lip = At(skin, frame, new Vector2(0.5f, 0.625f));
        (lip.X / lip.Y).ShouldBeGreaterThan(2.5f);
    }

    [Fact]
    public void A_side_that_is_no_power_of_two_is_refused() =>
        Should.Throw<ArgumentException>(() => SkinPainter.Paint(Looks(1), FaceFrameTests.Layout, Plate(), 100)).Message.ShouldContain("100");

    [Fact]
    public void Some_faces_are_marked_at_rest_by_folds_that_no_action_unit_made()
    {
        var frame = new FaceFrame(FaceFrameTests.Layout, 128);
        double[] marked = [.. Enumerable.Range(0, 40).Select(i =>
        {
            IReadOnlyList<WrinkleLayer> layers = WrinkleMap.Draw(frame, Looks((ulong)i), new RandomStream((ulong)i));
            return (double)layers.Count(l => l.Resting > 0.15f * l.Moving && l.Resting > 0.004f) / layers.Count;
        })];
        marked.Count(share => share > 0.25).ShouldBeInRange(4, 30);
        marked.Count(share => share < 0.1).ShouldBeGreaterThan(4);
    }

    private static PaintedSkin Paint(ulong seed) => SkinPainter.Paint(Looks(seed), FaceFrameTests.Layout, Plate(), 256);

    private static PersonAppearance Looks(ulong seed) => new()
    {
        Seed = seed,
        Source = HeadSource.Ict,
        Sex = PersonSex.Female,
        Age = 0.4f,
        SkinDarkness = 0.2f,
        SkinColor = new Vector3(0.6f, 0.42f, 0.33f),
        HairColor = new Vector3(0.02f),
        BrowColor = new Vector3(0.02f),
        BrowDensity = 1,
        BrowThickness = 1.2f,
        IsBald = true,
        HasHairMesh = true,
        Stubble = 0,
        StubbleIsGoatee = false,
        HasBeardMesh = false,
        Redness = 0,
        Freckles = 0,
        Moles = 0,
        EyeShadows = 0,
        Oiliness = 0,
        LipColor = new Vector3(0.4f, 0.2f, 0.2f),
        Lipstick = 1,
        LipstickColor = new Vector3(0.5f, 0.03f, 0.05f),
        Eyeliner = 0,
        EyeMakeup = 0,
        EyeMakeupColor = Vector3.Zero,
    };

    private static ScenePart Plate() => new()
    {
        Positions = [Vector3.Zero, Vector3.UnitX, Vector3.UnitY],
        Triangles = [0, 1, 2],
        TextureCoordinates = [Vector2.Zero, Vector2.UnitX, Vector2.UnitY],
        Material = new Material { Kind = MaterialKind.Skin },
    };

    private static SidedStrengths Strengths(int actionUnit, float strength)
    {
        var strengths = new SidedStrengths();
        strengths.SetBoth(actionUnit, strength);
        return strengths;
    }

    private static double MeanChange(Vector4[] before, Vector4[] after, TexelRegion region)
    {
        double sum = 0;
        for (int y = region.Top; y < region.Top + region.Height; y++)
        {
            for (int x = region.Left; x < region.Left + region.Width; x++)
            {
                sum += MathF.Abs(after[(y * 256) + x].Z - before[(y * 256) + x].Z);
            }
        }

        return sum / (region.Width * region.Height);
    }

    private static Vector4 At(PaintedSkin skin, FaceFrame frame, Vector2 point)
    {
        Vector2 texel = frame.ToTexel(point);
        return skin.Albedo.Texels[((int)texel.Y * 256) + (int)texel.X];
    }

    private static float Luminance(PaintedSkin skin, FaceFrame frame, Vector2 point)
    {
        Vector4 color = At(skin, frame, point);
        return (0.2126f * color.X) + (0.7152f * color.Y) + (0.0722f * color.Z);
    }
}
