using System.Numerics;
using AuStream.Synthesis.Scene;
using AuStream.Synthesis.Skin;

namespace AuStream.Synthesis.Tests.Skin;

public class FaceFrameTests
{
    internal static SkinLayout Layout { get; } = new()
    {
        // The frame itself, squeezed and shifted: as another head's texture might have it.
        Points68 = [.. FaceTemplate.Points68.Select(p => new Vector2(0.1f + (0.7f * p.X), 1 - (0.05f + (0.8f * p.Y))))],
        NeedsPaintedBrows = true,
        IsPhotographic = false,
        TextureSize = 256,
    };

    [Fact]
    public void The_template_is_symmetrical_and_complete()
    {
        FaceTemplate.Points68.Count.ShouldBe(68);
        FaceTemplate.Points68.ShouldAllBe(p => p != Vector2.Zero);
        (FaceTemplate.Points68[36] + FaceTemplate.Points68[45]).X.ShouldBe(1, 1e-6f);
        FaceTemplate.Points68[48].Y.ShouldBe(FaceTemplate.Points68[54].Y);
    }

    [Fact]
    public void Points_of_the_frame_come_to_the_texels_that_the_layout_says()
    {
        var frame = new FaceFrame(Layout, 256);
        for (int i = 0; i < 68; i++)
        {
            Vector2 expected = new(Layout.Points68[i].X * 256, (1 - Layout.Points68[i].Y) * 256);
            Vector2.Distance(frame.ToTexel(FaceTemplate.Points68[i]), expected).ShouldBeLessThan(0.5f);
        }
    }

    [Fact]
    public void There_and_back_is_the_same_place()
    {
        var frame = new FaceFrame(Layout, 256);
        for (int y = 60; y < 200; y += 9)
        {
            for (int x = 60; x < 180; x += 9)
            {
                Vector2.Distance(frame.ToTexel(frame.FromTexel(x, y)), new Vector2(x + 0.5f, y + 0.5f)).ShouldBeLessThan(1);
            }
        }
    }

    [Fact]
    public void A_warp_goes_exactly_through_an_affine_map()
    {
        Vector2 Affine(Vector2 p) => new((0.5f * p.X) - (0.2f * p.Y) + 0.1f, (0.3f * p.X) + (0.9f * p.Y) - 0.2f);
        var warp = new ThinPlateSpline(FaceTemplate.Points68, [.. FaceTemplate.Points68.Select(Affine)]);
        Vector2.Distance(warp.Map(new Vector2(0.37f, 0.61f)), Affine(new Vector2(0.37f, 0.61f))).ShouldBeLessThan(1e-3f);
        Vector2.Distance(warp.Map(new Vector2(0.9f, 0.05f)), Affine(new Vector2(0.9f, 0.05f))).ShouldBeLessThan(1e-3f);
    }

    [Fact]
    public void A_warp_of_points_on_one_line_is_refused() =>
        Should.Throw<ArgumentException>(() => new ThinPlateSpline([Vector2.Zero, Vector2.One, Vector2.One * 2], [Vector2.Zero, Vector2.One, Vector2.UnitX])).Message.ShouldContain("line");
}
