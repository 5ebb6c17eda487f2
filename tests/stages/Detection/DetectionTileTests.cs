using AuStream.Stages.Detection;
using AuStream.Stages.Faces;
using FsCheck;
using FsCheck.Fluent;

namespace AuStream.Stages.Tests.Detection;

public sealed class DetectionTileTests
{
    [Theory]
    [InlineData(640, 360, 1)]
    [InlineData(959, 700, 1)]
    [InlineData(1920, 1080, 1 + (4 * 2))]
    [InlineData(3840, 2160, 1 + (4 * 2))]
    public void Pictures_get_as_many_tiles_as_their_size_asks_for(int width, int height, int count)
    {
        List<DetectionTile> tiles = [];
        DetectionTile.Plan(width, height, TilingMode.Auto, 640, tiles);

        tiles.Count.ShouldBe(count);
        tiles[0].Side.ShouldBe(Math.Max(width, height));
        DetectionTile.Plan(width, height, TilingMode.Off, 640, tiles);
        tiles.Count.ShouldBe(1);
    }

    [Fact]
    public void Every_small_face_lies_whole_in_some_tile() => Prop.ForAll<int>(seed =>
    {
        Random random = new(seed);
        int width = random.Next(960, 5000);
        int height = random.Next(300, 5000);
        List<DetectionTile> tiles = [];
        DetectionTile.Plan(width, height, TilingMode.Auto, 640, tiles);
        float side = 0.2f * tiles[^1].Side * random.NextSingle();
        PixelBox face = new(random.NextSingle() * (width - side), random.NextSingle() * (height - side), side, side);

        tiles.Skip(1).Any(tile => Contains(tile, face) && !tile.Cuts(face, width, height)).ShouldBeTrue($"{width}×{height}, {face}");
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_box_at_an_inner_side_of_a_tile_is_cut_but_not_at_the_side_of_the_picture()
    {
        DetectionTile tile = new(480, 0, 640);
        tile.Cuts(new PixelBox(485, 200, 50, 50), 1920, 1080).ShouldBeTrue();
        tile.Cuts(new PixelBox(600, 0, 50, 50), 1920, 1080).ShouldBeFalse();
        tile.Cuts(new PixelBox(600, 600, 50, 50), 1920, 1080).ShouldBeTrue();
        tile.Cuts(new PixelBox(600, 200, 50, 50), 1920, 1080).ShouldBeFalse();
    }

    [Fact]
    public void The_wide_tile_has_the_picture_in_its_middle_and_cuts_nothing() => Prop.ForAll<int>(seed =>
    {
        Random random = new(seed);
        int width = random.Next(16, 5000);
        int height = random.Next(16, 5000);
        var tile = DetectionTile.Around(width, height);

        tile.Side.ShouldBe(2 * Math.Max(width, height));
        (tile.X + (tile.Side / 2)).ShouldBe(width / 2f);
        (tile.Y + (tile.Side / 2)).ShouldBe(height / 2f);
        tile.Cuts(new PixelBox(-5, -5, width + 10, height + 10), width, height).ShouldBeFalse();
    }).QuickCheckThrowOnFailure();

    private static bool Contains(in DetectionTile tile, in PixelBox box) =>
        box.X >= tile.X && box.Y >= tile.Y && box.X + box.Width <= tile.X + tile.Side && box.Y + box.Height <= tile.Y + tile.Side;
}
