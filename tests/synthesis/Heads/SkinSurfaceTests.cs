using System.Numerics;
using AuStream.Synthesis.Heads;
using AuStream.Testing;
using FsCheck;
using FsCheck.Fluent;

namespace AuStream.Synthesis.Tests.Heads;

public class SkinSurfaceTests
{
    private const int Side = 6;

    [Fact]
    public void A_place_found_by_its_texture_coordinates_lies_there_and_is_its_own_nearest() => Check.QuickThrowOnFailure(Prop.ForAll(Seeds.Any, seed =>
    {
        var random = new Random(seed);
        (MeshPart skin, Vector3[] positions) = Sheet(random);
        var surface = new SkinSurface(skin, Vector2.Zero, Vector2.One);
        var coordinates = new Vector2(random.NextSingle(), random.NextSingle());
        Vector3 place = surface.Find(coordinates).ShouldNotBeNull().On(positions);
        // The sheet's x and y are ten times its texture coordinates.
        Vector2.Distance(new Vector2(place.X, place.Y), coordinates * 10).ShouldBeLessThan(1e-3f);
        Vector3.Distance(surface.Nearest(place, positions).On(positions), place).ShouldBeLessThan(1e-3f);
    }));

    [Fact]
    public void A_point_above_the_skin_is_brought_down_onto_it()
    {
        (MeshPart skin, Vector3[] positions) = Sheet(new Random(4));
        positions = [.. positions.Select(p => p with { Z = 0 })];
        var surface = new SkinSurface(skin, Vector2.Zero, Vector2.One);
        Vector3.Distance(surface.Nearest(new Vector3(3.3f, 4.7f, 2), positions).On(positions), new Vector3(3.3f, 4.7f, 0)).ShouldBeLessThan(1e-3f);
    }

    [Fact]
    public void Outside_of_the_rectangle_there_is_no_place()
    {
        (MeshPart skin, _) = Sheet(new Random(5));
        SkinSurface around = SkinSurface.Around(skin, [new(0.2f, 0.2f), new(0.3f, 0.25f)], 0.05f);
        around.Find(new Vector2(0.25f, 0.22f)).ShouldNotBeNull();
        around.Find(new Vector2(0.9f, 0.9f)).ShouldBeNull();
        around.Find(new Vector2(-0.1f, 0.5f)).ShouldBeNull();
    }

    /// <summary>A bumpy square sheet of triangles, ten wide, whose texture coordinates are its x and y.</summary>
    private static (MeshPart Skin, Vector3[] Positions) Sheet(Random random)
    {
        var positions = new Vector3[(Side + 1) * (Side + 1)];
        for (int i = 0; i < positions.Length; i++)
        {
            positions[i] = new Vector3(i % (Side + 1) * 10f / Side, i / (Side + 1) * 10f / Side, random.NextSingle());
        }

        var triangles = new List<int>();
        for (int y = 0; y < Side; y++)
        {
            for (int x = 0; x < Side; x++)
            {
                int at = (y * (Side + 1)) + x;
                triangles.AddRange([at, at + 1, at + Side + 1, at + 1, at + Side + 2, at + Side + 1]);
            }
        }

        Vector2[] coordinates = [.. triangles.Select(v => new Vector2(positions[v].X, positions[v].Y) / 10)];
        return (new MeshPart([.. Enumerable.Range(0, positions.Length)], [.. triangles], coordinates, null), positions);
    }
}
