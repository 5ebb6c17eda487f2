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
