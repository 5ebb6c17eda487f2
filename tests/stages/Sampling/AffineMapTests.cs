using AuStream.Stages.Sampling;

namespace AuStream.Stages.Tests.Sampling;

public sealed class AffineMapTests
{
    [Fact]
    public void The_inverse_undoes_the_map_and_then_composes_in_reading_order()
    {
        AffineMap map = new(2, 0.5, -3, -0.25, 1.5, 7);
        AffineMap shift = new(1, 0, 10, 0, 1, 20);

        (double x, double y) = map.Then(shift).Apply(4, 5);
        (double backX, double backY) = map.Inverse().Apply(x - 10, y - 20);

        (x, y).ShouldBe((map.Apply(4, 5).X + 10, map.Apply(4, 5).Y + 20));
        backX.ShouldBe(4, 1e-9);
        backY.ShouldBe(5, 1e-9);
    }

    [Fact]
    public void A_rotated_square_has_its_centre_in_the_middle_of_the_crop_and_turns_clockwise()
    {
        AffineMap map = AffineMap.FromRotatedSquare(100, 50, 64, Math.PI / 2, 32);

        map.Apply(16, 16).ShouldBe((100, 50));
        (double x, double y) = map.Apply(32, 16);
        x.ShouldBe(100, 1e-9);
        y.ShouldBe(82, 1e-9);
        map.Scale.ShouldBe(2, 1e-12);
    }

    [Fact]
    public void A_singular_map_has_no_inverse() =>
        Should.Throw<InvalidOperationException>(() => new AffineMap(1, 2, 0, 2, 4, 0).Inverse());
}
