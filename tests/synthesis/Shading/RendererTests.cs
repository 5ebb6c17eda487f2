using System.Numerics;
using AuStream.Synthesis.Pictures;
using AuStream.Synthesis.Randomness;
using AuStream.Synthesis.Scene;
using AuStream.Synthesis.Shading;
using AuStream.Testing;
using FsCheck;
using FsCheck.Fluent;
using static AuStream.Synthesis.Tests.Shading.TestScene;

namespace AuStream.Synthesis.Tests.Shading;

public class RendererTests
{
    private static readonly Vector3 Front = new(0, 0, -60);

    [Fact]
    public void The_picture_of_a_closed_mesh_has_no_holes() => Prop.ForAll(Seeds.Any, seed =>
    {
        var random = new RandomStream((ulong)seed);
        Vector3 center = new(random.Uniform(-3, 3), random.Uniform(-3, 3), -60);
        float radius = random.Uniform(4, 12);
        LinearImage image = Render(Light(new Vector3(0, 0, 1)), Ball(center, radius, Matte(Vector3.One)));
        for (int y = 0; y < Side; y++)
        {
            int first = -1;
            int last = -1;
            for (int x = 0; x < Side; x++)
            {
                if (At(image, x, y).W > 0.99f)
                {
                    first = first < 0 ? x : first;
                    last = x;
                }
            }

            for (int x = first; x >= 0 && x <= last; x++)
            {
                if (At(image, x, y).W < 0.99f)
                {
                    return false;
                }
            }
        }

        return true;
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_plate_fills_as_much_of_the_picture_as_its_size_and_distance_say()
    {
        // 12 cm at 59.8 cm before a focal length of 100 pixels.
        LinearImage image = Render(Light(new Vector3(0, 0, 1)), Plate(Front, 6, Matte(Vector3.One)));
        float area = image.Pixels.Sum(pixel => pixel.W);
        float side = 12 / 59.8f * 100;
        area.ShouldBe(side * side, side * side * 0.02f);
    }

    [Fact]
    public void Borders_are_smooth()
    {
        LinearImage image = Render(Light(new Vector3(0, 0, 1)), Ball(Front, 8, Matte(Vector3.One)));
        image.Pixels.Count(pixel => pixel.W is > 0.1f and < 0.9f).ShouldBeGreaterThan(20);
    }

    [Fact]
    public void A_surface_is_brighter_where_it_faces_the_light()
    {
        LinearImage image = Render(Light(new Vector3(-1, 0, 0.3f), ambient: 0.05f), Ball(Front, 10, Matte(Vector3.One)));
        At(image, 22, 32).X.ShouldBeGreaterThan(At(image, 42, 32).X * 3);
    }

    [Fact]
    public void White_cloth_that_faces_the_only_light_is_as_bright_as_light_and_surroundings()
    {
        LinearImage image = Render(Light(new Vector3(0, 0, 1), ambient: 0.25f), Plate(Front, 8, Matte(new Vector3(1, 0.5f, 0.25f))));
        Vector4 middle = At(image, 32, 32);
        middle.X.ShouldBe(1.25f, 0.02f);
        middle.Y.ShouldBe(0.625f, 0.02f);
        middle.Z.ShouldBe(0.3125f, 0.02f);
    }

    [Fact]
    public void A_thing_between_light_and_surface_throws_a_shadow()
    {
        ScenePart wall = Plate(new Vector3(0, 0, -70), 14, Matte(Vector3.One));
        ScenePart ball = Ball(new Vector3(-9, 0, -58), 3, Matte(Vector3.One));
        LightRig light = Light(new Vector3(-0.75f, 0, 1), ambient: 0.1f);
        LinearImage without = Render(light, wall);
        LinearImage with = Render(light, wall, ball);

        // The light comes from the left, so the shadow falls where the ball hides the wall from the light, in the middle.
        float darkest = Enumerable.Range(27, 11).Min(x => At(with, x, 32).X / Math.Max(0.01f, At(without, x, 32).X));
        darkest.ShouldBeLessThan(0.3f);
        float shadowless = Enumerable.Range(27, 11).Min(x => At(Render(light with { ShadowStrength = 0 }, wall, ball), x, 32).X / Math.Max(0.01f, At(without, x, 32).X));
        shadowless.ShouldBeGreaterThan(0.5f);
    }

    [Fact]
    public void Creases_are_darker_than_open_ground_when_occlusion_is_on()
    {
        ScenePart ground = Plate(new Vector3(0, 0, -13), 4.5f, Matte(Vector3.One));
        ScenePart ball = Ball(new Vector3(0, 0, -12), 0.9f, Matte(Vector3.One));
        LightRig light = Light(new Vector3(0, 0, 1), ambient: 1, shadow: 0) with { OcclusionStrength = 1, Lights = [new DirectionalLight(Vector3.UnitZ, Vector3.Zero, 0.1f)] };
        LinearImage image = Render(light, ground, ball);
        float besideBall = Enumerable.Range(40, 4).Min(x => At(image, x, 32).X);
        besideBall.ShouldBeLessThan(At(image, 60, 32).X * 0.97f);
    }

    [Fact]
    public void Blended_layers_mix_by_their_coverage_whatever_order_they_come_in()
    {
        ScenePart red = Plate(new Vector3(0, 0, -60), 8, Matte(Vector3.UnitX));
        ScenePart Veil(float z, Vector3 color) => new()
        {
            Positions = [new(-9, -9, z), new(9, -9, z), new(9, 9, z), new(-9, 9, z)],
            Triangles = [0, 1, 2, 0, 2, 3],
            TextureCoordinates = new Vector2[6],
            Material = new Material { Kind = MaterialKind.Cloth, IsBlended = true, IsTwoSided = true, Tint = color, Albedo = new Texture(1, 1, [1, 1, 1, 0.5f]) },
        };
        ScenePart green = Veil(-55, Vector3.UnitY);
        ScenePart blue = Veil(-50, Vector3.UnitZ);
        LightRig light = Light(new Vector3(0, 0, 1), ambient: 0, shadow: 0);
        foreach (ScenePart[] parts in new[] { new[] { red, green, blue }, [blue, green, red] })
        {
            Vector4 pixel = At(Render(light, parts), 32, 32);
            pixel.X.ShouldBe(0.25f, 0.02f);
            pixel.Y.ShouldBe(0.25f, 0.02f);
            pixel.Z.ShouldBe(0.5f, 0.02f);
            pixel.W.ShouldBe(1, 1e-4f);
        }
    }

    [Fact]
    public void A_veil_over_nothing_is_half_covered()
    {
        ScenePart veil = new()
        {
            Positions = [new(-9, -9, -50), new(9, -9, -50), new(9, 9, -50), new(-9, 9, -50)],
            Triangles = [0, 1, 2, 0, 2, 3],
            TextureCoordinates = new Vector2[6],
            Material = new Material { Kind = MaterialKind.Cloth, IsBlended = true, Tint = Vector3.One, Albedo = new Texture(1, 1, [1, 1, 1, 0.5f]) },
        };
        At(Render(Light(new Vector3(0, 0, 1)), veil), 32, 32).W.ShouldBe(0.5f, 0.01f);
    }

    [Fact]
    public void Points_behind_a_surface_are_not_visible_points_on_it_are()
    {
        var renderer = new Renderer();
        renderer.Render([SceneItem.FromMaterial(Ball(Front, 8, Matte(Vector3.One)), Matrix4x4.Identity)], Camera, Light(Vector3.UnitZ), new LinearImage(Side, Side));
        renderer.IsVisible(new Vector3(0, 0, -52), Camera, 1).ShouldBeTrue();
        renderer.IsVisible(new Vector3(0, 0, -68), Camera, 1).ShouldBeFalse();
        renderer.IsVisible(new Vector3(15, 0, -68), Camera, 1).ShouldBeTrue();
        renderer.IsVisible(new Vector3(60, 0, -68), Camera, 1).ShouldBeFalse();
    }

    [Fact]
    public void A_reused_renderer_gives_the_same_bytes_as_a_new_one()
    {
        SceneItem[] first = [SceneItem.FromMaterial(Ball(Front, 12, Matte(Vector3.One)), Matrix4x4.Identity)];
        SceneItem[] second = [SceneItem.FromMaterial(Ball(new Vector3(4, 2, -50), 5, Matte(Vector3.UnitX)), Matrix4x4.Identity)];
        var reused = new Renderer();
        var image = new LinearImage(Side, Side);
        reused.Render(first, Camera, Light(Vector3.UnitX), image);
        reused.Render(second, Camera, Light(Vector3.UnitY), image);
        var fresh = new LinearImage(Side, Side);
        new Renderer().Render(second, Camera, Light(Vector3.UnitY), fresh);
        image.Pixels.ShouldBe(fresh.Pixels);
    }

    [Fact]
    public void A_picture_of_another_size_than_the_camera_is_refused() =>
        Should.Throw<ArgumentException>(() => new Renderer().Render([], Camera, Light(Vector3.UnitZ), new LinearImage(8, 8))).Message.ShouldContain("64×64");
}
