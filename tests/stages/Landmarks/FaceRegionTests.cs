using System.Numerics;
using AuStream.Stages.Detection;
using AuStream.Stages.Faces;
using AuStream.Stages.Landmarks;

namespace AuStream.Stages.Tests.Landmarks;

public sealed class FaceRegionTests
{
    [Fact]
    public void A_detection_gives_one_and_a_half_times_its_box_with_level_eyes()
    {
        FaceKeypoints points = default;
        (points[0], points[1], points[2], points[3]) = (100, 100, 140, 140);

        FaceRegion region = FaceRegion.FromDetection(new FaceDetection(new PixelBox(80, 90, 100, 120), 1, points));

        region.ShouldBe(new FaceRegion(130, 150, 180, MathF.PI / 4));
        region.Move(5, -5).ShouldBe(new FaceRegion(135, 145, 180, MathF.PI / 4));
        region.Scale(0.5f).ShouldBe(new FaceRegion(130, 150, 90, MathF.PI / 4));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(35)]
    [InlineData(-80)]
    public void The_region_of_a_tilted_face_is_the_upright_ones_turned(float roll)
    {
        FaceRegion upright = FaceRegion.FromLandmarks(SyntheticFace.Turned(0, 0, 0, 2, 300, 200, 0, new Random(1)));
        FaceRegion tilted = FaceRegion.FromLandmarks(SyntheticFace.Turned(0, 0, roll, 2, 300, 200, 0, new Random(1)));

        upright.Side.ShouldBe(1.5f * 2 * 120, 0.01f);
        tilted.Side.ShouldBe(upright.Side, 0.01f);
        (tilted.Radians - upright.Radians).ShouldBe(roll * MathF.PI / 180, 1e-4f);
        tilted.CenterX.ShouldBe(300, 0.01f);
        tilted.CenterY.ShouldBe(200, 0.01f);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(50)]
    public void The_region_of_true_points_turns_with_them_and_reaches_to_the_hairline(float roll)
    {
        // An upright face 100 wide, brows at 0 and chin at 120, eyes at 20.
        Vector2[] upright = new Vector2[68];
        Array.Fill(upright, new Vector2(50, 60));
        (upright[0], upright[16], upright[8], upright[19]) = (new(0, 30), new(100, 30), new(50, 120), new(40, 0));
        (upright[36], upright[45]) = (new(20, 20), new(80, 20));
        Matrix3x2 turn = Matrix3x2.CreateRotation(roll * MathF.PI / 180, new Vector2(50, 60));

        FaceRegion region = FaceRegion.FromPoints68(Array.ConvertAll(upright, point => Vector2.Transform(point, turn)));

        region.Radians.ShouldBe(roll * MathF.PI / 180, 1e-4f);
        region.Side.ShouldBe((0.573f * 100) + (1.225f * 120), 0.01f);
        Vector2 middle = Vector2.Transform(new Vector2(50, 60 + (0.018f * 100) - (0.129f * 120)), turn);
        region.CenterX.ShouldBe(middle.X, 0.01f);
        region.CenterY.ShouldBe(middle.Y, 0.01f);
    }

    [Fact]
    public void A_mesh_knows_its_bounds_and_the_distance_of_the_eyes()
    {
        FaceMesh mesh = new();
        SyntheticFace.Turned(0, 0, 0, 2, 300, 200, 0, new Random(1)).CopyTo(mesh.Points, 0);

        PixelBox bounds = mesh.Bounds();
        bounds.X.ShouldBe(200, 0.01f);
        bounds.Width.ShouldBe(200, 0.01f);
        bounds.Height.ShouldBe(240, 0.01f);
        mesh.InterOcularDistance().ShouldBe(2 * 44, 0.01f);
    }
}
