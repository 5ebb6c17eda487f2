using System.Numerics;
using AuStream.Synthesis.Heads;
using AuStream.Testing;
using FsCheck;
using FsCheck.Fluent;

namespace AuStream.Synthesis.Tests.Heads;

public class GeometryTests
{
    [Fact]
    public void A_sparse_morph_adds_the_same_as_its_dense_form() => Check.QuickThrowOnFailure(Prop.ForAll(Seeds.Any, seed =>
    {
        var random = new Random(seed);
        var deltas = new Vector3[random.Next(1, 200)];
        for (int i = 0; i < deltas.Length; i++)
        {
            deltas[i] = random.Next(3) == 0 ? RandomVector(random) : Vector3.Zero;
        }

        Vector3[] positions = [.. deltas.Select(_ => RandomVector(random))];
        Vector3[] expected = [.. positions.Select((p, i) => p + (deltas[i] * 0.75f))];
        MorphShape shape = MorphShape.FromDense(deltas, 0);
        shape.AddTo(positions, 0.75f);
        positions.ShouldBe(expected);
        for (int i = 0; i < deltas.Length; i++)
        {
            shape.At(i).ShouldBe(deltas[i]);
        }
    }));

    [Fact]
    public void A_morph_forgets_what_moves_less_than_the_threshold()
    {
        MorphShape shape = MorphShape.FromDense([new Vector3(0.001f, 0, 0)], 0.01f);
        shape.IsEmpty.ShouldBeTrue();
        shape.At(0).ShouldBe(Vector3.Zero);
    }

    [Fact]
    public void A_linear_system_is_solved_even_where_the_first_pivot_is_zero()
    {
        double[] a = [0, 2, 1, 1, 1, 1, 2, 0, 3];
        double[] b = [7, 6, 11];
        DenseSolver.Solve(a, b, 3, 1);
        b.Select(x => Math.Round(x, 12)).ShouldBe([1, 2, 3]);
    }

    [Fact]
    public void A_singular_system_is_refused() =>
        Should.Throw<InvalidOperationException>(() => DenseSolver.Solve([1, 2, 2, 4], [1, 2], 2, 1));

    [Fact]
    public void A_warp_goes_through_its_points_and_moves_little_far_from_them()
    {
        Vector3[] from = [new(0, 0, 0), new(1, 0, 0), new(0, 1, 0), new(0, 0, 1), new(30, 0, 0), new(-30, 0, 0)];
        Vector3[] to = [new(0.2f, 0, 0), new(1.1f, 0, 0), new(0, 1, 0), new(0, 0.1f, 1), new(30, 0, 0), new(-30, 0, 0)];
        var warp = new RadialBasisWarp(from, to, 0);
        for (int i = 0; i < from.Length; i++)
        {
            Vector3.Distance(warp.Apply(from[i]), to[i]).ShouldBeLessThan(1e-4f);
        }

        Vector3.Distance(warp.Apply(new Vector3(0, 28, 0)), new Vector3(0, 28, 0)).ShouldBeLessThan(0.2f);
    }

    [Fact]
    public void The_nearest_vertices_are_the_nearest() => Check.QuickThrowOnFailure(Prop.ForAll(Seeds.Any, seed =>
    {
        var random = new Random(seed);
        Vector3[] points = [.. Enumerable.Range(0, random.Next(4, 60)).Select(_ => RandomVector(random))];
        var search = new NearestVertices(points, Enumerable.Range(0, points.Length));
        Vector3 at = RandomVector(random) * 1.5f;
        var found = new int[4];
        var distances = new float[4];
        search.Find(at, found, distances).ShouldBe(4);
        float[] expected = [.. points.Select(p => Vector3.Distance(p, at)).Order().Take(4)];
        for (int i = 0; i < 4; i++)
        {
            distances[i].ShouldBe(expected[i], 1e-5f);
            Vector3.Distance(points[found[i]], at).ShouldBe(expected[i], 1e-5f);
        }
    }));

    [Fact]
    public void A_sphere_is_found_from_points_on_a_part_of_it()
    {
        var random = new Random(4);
        var center = new Vector3(3.2f, 0.1f, -0.4f);
        Vector3[] points = [.. Enumerable.Range(0, 200).Select(_ => Vector3.Normalize(RandomVector(random) + new Vector3(0, 0, 1.2f))).Select(d => center + (1.55f * d))];
        EyeSphere sphere = SphereFit.Fit(points);
        Vector3.Distance(sphere.Center, center).ShouldBeLessThan(0.002f);
        sphere.Radius.ShouldBe(1.55f, 0.002f);
    }

    [Fact]
    public void The_eyeball_faces_outwards_and_its_texture_is_polar()
    {
        for (int t = 0; t < EyeballMesh.Triangles.Length; t += 3)
        {
            Vector3 a = EyeballMesh.Positions[EyeballMesh.Triangles[t]];
            Vector3 b = EyeballMesh.Positions[EyeballMesh.Triangles[t + 1]];
            Vector3 c = EyeballMesh.Positions[EyeballMesh.Triangles[t + 2]];
            Vector3.Dot(Vector3.Cross(b - a, c - a), a + b + c).ShouldBeGreaterThan(0);
        }

        for (int i = 0; i < EyeballMesh.Triangles.Length; i++)
        {
            Vector3 p = Vector3.Normalize(EyeballMesh.Positions[EyeballMesh.Triangles[i]]);
            float expected = EyeballMesh.TextureRadius(MathF.Acos(Math.Clamp(p.Z, -1, 1)));
            Vector2.Distance(EyeballMesh.TextureCoordinates[i], new Vector2(0.5f)).ShouldBe(expected, 1e-3f);
        }
    }

    private static Vector3 RandomVector(Random random) =>
        new(random.NextSingle() - 0.5f, random.NextSingle() - 0.5f, random.NextSingle() - 0.5f);
}
