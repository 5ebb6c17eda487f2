using AuStream.Synthesis.Randomness;
using AuStream.Synthesis.Rasterising;
using AuStream.Testing;
using FsCheck;
using FsCheck.Fluent;

namespace AuStream.Synthesis.Tests.Rasterising;

public class TriangleRasterizerTests
{
    [Fact]
    public void A_right_triangle_covers_exactly_the_samples_inside_it()
    {
        VisibilityBuffer buffer = Buffer(4, 4);
        Draw(buffer, 7, (0, 0), (0, 4), (4, 4));
        
        // The diagonal is a right edge: samples whose middle lies on it belong to the neighbour.
        Picture(buffer).ShouldBe(["....", "7...", "77..", "777."]);
    }

    [Fact]
    public void Samples_on_left_and_top_edges_are_inside_those_on_right_and_bottom_edges_are_not()
    {
        VisibilityBuffer buffer = Buffer(4, 4);

        // A square whose edges run through the middles of samples.
        Draw(buffer, 1, (0.5f, 0.5f), (0.5f, 2.5f), (2.5f, 2.5f));
        Draw(buffer, 1, (0.5f, 0.5f), (2.5f, 2.5f), (2.5f, 0.5f));
        Picture(buffer).ShouldBe(["11..", "11..", "....", "...."]);
    }

    [Fact]
    public void Depth_is_interpolated_linearly_in_reciprocal_depth()
    {
        VisibilityBuffer buffer = Buffer(8, 8);
        TriangleRasterizer.Draw(buffer, Vertex(0, 0, 0.1f), Vertex(0, 8, 0.1f), Vertex(8, 0, 0.5f), 1, twoSided: true);
        buffer.InverseDepth[0].ShouldBe(0.1f + (0.4f * 0.5f / 8), 1e-5f);
        buffer.InverseDepth[5].ShouldBe(0.1f + (0.4f * 5.5f / 8), 1e-5f);
    }

    [Fact]
    public void The_nearer_triangle_wins_whichever_is_drawn_first()
    {
        foreach (bool nearFirst in new[] { true, false })
        {
            VisibilityBuffer buffer = Buffer(2, 2);
            foreach (bool near in new[] { nearFirst, !nearFirst })
            {
                float inverse = near ? 0.5f : 0.25f;
                TriangleRasterizer.Draw(buffer, Vertex(0, 0, inverse), Vertex(0, 4, inverse), Vertex(4, 0, inverse), near ? 1 : 2, twoSided: true);
            }

            buffer.Triangles[0].ShouldBe(1);
        }
    }

    [Fact]
    public void Triangles_seen_from_behind_are_left_out_unless_two_sided()
    {
        VisibilityBuffer buffer = Buffer(4, 4);
        TriangleRasterizer.Draw(buffer, Vertex(0, 0, 1), Vertex(4, 0, 1), Vertex(0, 4, 1), 1, twoSided: false);
        buffer.Triangles[0].ShouldBe(VisibilityBuffer.Empty);
        TriangleRasterizer.Draw(buffer, Vertex(0, 0, 1), Vertex(0, 4, 1), Vertex(4, 0, 1), 2, twoSided: false);
        buffer.Triangles[0].ShouldBe(2);
    }

    [Fact]
    public void Triangles_behind_the_camera_are_left_out()
    {
        VisibilityBuffer buffer = Buffer(4, 4);
        TriangleRasterizer.Draw(buffer, Vertex(0, 0, 1), Vertex(0, 4, 0), Vertex(4, 0, 1), 1, twoSided: true);
        buffer.Triangles[0].ShouldBe(VisibilityBuffer.Empty);
    }

    [Fact]
    public void Triangles_far_larger_than_the_picture_cover_all_of_it()
    {
        VisibilityBuffer buffer = Buffer(40, 9);
        Draw(buffer, 3, (-90_000, -90_000), (-90_000, 300_000), (300_000, -90_000));
        Picture(buffer).ShouldAllBe(row => row == new string('3', 40));
    }

    [Fact]
    public void A_mesh_of_random_triangles_covers_every_sample_exactly_once() => Prop.ForAll(Seeds.Any, seed =>
    {
        // A grid, jittered by less than a quarter of its cells so that no triangle turns over: neighbours share edges, so a crack or an overlap means the edge rule is broken.
        var random = new RandomStream((ulong)seed);
        const int Cells = 6;
        var grid = new (float X, float Y)[Cells + 1, Cells + 1];
        for (int y = 0; y <= Cells; y++)
        {
            for (int x = 0; x <= Cells; x++)
            {
                grid[x, y] = ((x * 8) + (x is > 0 and < Cells ? random.Uniform(-1.9f, 1.9f) : 0), (y * 8) + (y is > 0 and < Cells ? random.Uniform(-1.9f, 1.9f) : 0));
            }
        }

        var covered = new int[Cells * 8, Cells * 8];
        VisibilityBuffer buffer = Buffer(Cells * 8, Cells * 8);
        for (int y = 0; y < Cells; y++)
        {
            for (int x = 0; x < Cells; x++)
            {
                Count(buffer, covered, grid[x, y], grid[x, y + 1], grid[x + 1, y + 1]);
                Count(buffer, covered, grid[x, y], grid[x + 1, y + 1], grid[x + 1, y]);
            }
        }

        return covered.Cast<int>().All(n => n == 1);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Eight_at_a_time_and_one_at_a_time_give_the_same_samples() => Prop.ForAll(Seeds.Any, seed =>
    {
        // Far-away corners force the long path; the near part of the same triangle goes through the vector path when cut in two.
        var random = new RandomStream((ulong)seed);
        (float X, float Y) a = (random.Uniform(0, 60), random.Uniform(0, 60));
        (float X, float Y) b = (random.Uniform(0, 60), random.Uniform(0, 60));
        (float X, float Y) c = (random.Uniform(0, 60), random.Uniform(0, 60));
        VisibilityBuffer vector = Buffer(60, 60);
        Draw(vector, 1, a, b, c);
        for (int y = 0; y < 60; y++)
        {
            for (int x = 0; x < 60; x++)
            {
                if ((vector.Triangles[(y * vector.Stride) + x] == 1) != Inside(a, b, c, x + 0.5, y + 0.5, out bool isOnEdge) && !isOnEdge)
                {
                    return false;
                }
            }
        }

        return true;
    }).QuickCheckThrowOnFailure();

    private static bool Inside((float X, float Y) a, (float X, float Y) b, (float X, float Y) c, double x, double y, out bool isOnEdge)
    {
        static (double X, double Y) Snap((float X, float Y) p) => (MathF.Round(p.X * 32) / 32, MathF.Round(p.Y * 32) / 32);
        static double Edge((double X, double Y) p, (double X, double Y) q, double x, double y) => ((q.X - p.X) * (y - p.Y)) - ((q.Y - p.Y) * (x - p.X));
        (double X, double Y) sa = Snap(a);
        (double X, double Y) sb = Snap(b);
        (double X, double Y) sc = Snap(c);
        double e0 = Edge(sa, sb, x, y);
        double e1 = Edge(sb, sc, x, y);
        double e2 = Edge(sc, sa, x, y);
        isOnEdge = e0 == 0 || e1 == 0 || e2 == 0;
        return (e0 > 0 && e1 > 0 && e2 > 0) || (e0 < 0 && e1 < 0 && e2 < 0);
    }

    private static void Count(VisibilityBuffer buffer, int[,] covered, (float X, float Y) a, (float X, float Y) b, (float X, float Y) c)
    {
        buffer.Reset(buffer.Width, buffer.Height);
        Draw(buffer, 1, a, b, c);
        for (int y = 0; y < buffer.Height; y++)
        {
            for (int x = 0; x < buffer.Width; x++)
            {
                covered[x, y] += buffer.Triangles[(y * buffer.Stride) + x] == 1 ? 1 : 0;
            }
        }
    }

    private static VisibilityBuffer Buffer(int width, int height)
    {
        var buffer = new VisibilityBuffer();
        buffer.Reset(width, height);
        return buffer;
    }

    private static ScreenVertex Vertex(float x, float y, float inverseDepth) => ScreenVertex.FromSamples(x, y, inverseDepth);

    private static void Draw(VisibilityBuffer buffer, int id, (float X, float Y) a, (float X, float Y) b, (float X, float Y) c) =>
        TriangleRasterizer.Draw(buffer, Vertex(a.X, a.Y, 1), Vertex(b.X, b.Y, 1), Vertex(c.X, c.Y, 1), id, twoSided: true);

    private static string[] Picture(VisibilityBuffer buffer) =>
        [.. Enumerable.Range(0, buffer.Height).Select(y => string.Concat(Enumerable.Range(0, buffer.Width).Select(x =>
            buffer.Triangles[(y * buffer.Stride) + x] is >= 0 and int id ? id.ToString(System.Globalization.CultureInfo.InvariantCulture) : ".")))];
}
