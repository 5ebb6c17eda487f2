using System.Numerics;
using AuStream.Synthesis.ActionUnits;
using AuStream.Synthesis.Heads;
using AuStream.Synthesis.People;
using AuStream.Synthesis.Samples;
using AuStream.Synthesis.Scene;
using AuStream.Synthesis.Shading;

namespace AuStream.Synthesis.Tests.People;

public class BrowPointsTests
{
    [Fact]
    public void Points_of_painted_brows_lie_on_their_hair()
    {
        IctFaceModel model = LoadedAssets.RequireBoth().Ict!;
        var contrast = new List<double>();
        for (ulong seed = 1; seed <= 12; seed++)
        {
            Person person = LoadedAssets.Person(HeadSource.Ict, seed);
            MipTexture albedo = PaintedPerson.Create(person).Skin.Albedo;
            foreach (SkinPoint point in BrowPoints.Of(model, person.Appearance))
            {
                Vector2 at = Coordinates(model.Skin, point);
                contrast.Add(Luminance(albedo, at) / Luminance(albedo, at + new Vector2(0, 0.045f)));
            }
        }

        // Compared with the forehead above: brows as light as the skin are rare, ends are thin.
        contrast.Order().ElementAt(contrast.Count / 2).ShouldBeLessThan(0.75);
    }

    [Theory]
    [InlineData(HeadSource.Ict)]
    [InlineData(HeadSource.MakeHuman)]
    public void Points_go_from_the_right_tail_to_the_left_one_and_rise_with_the_brows(HeadSource source)
    {
        for (ulong seed = 1; seed <= 4; seed++)
        {
            Person person = LoadedAssets.Person(source, seed);
            Vector3[] resting = [.. person.Pose(Expression.Neutral()).Points68.Skip(17).Take(10)];
            resting.Select(p => p.X).ShouldBe(resting.Select(p => p.X).Order());
            resting.Take(5).ShouldAllBe(p => p.X < 0);
            resting.Skip(5).ShouldAllBe(p => p.X > 0);
            var raise = new Expression();
            raise.ActionUnits.SetBoth(1, 1);
            raise.ActionUnits.SetBoth(2, 1);
            Vector3[] raised = [.. person.Pose(raise).Points68.Skip(17).Take(10)];
            raised.Zip(resting, (up, rest) => up.Y - rest.Y).Average().ShouldBeGreaterThan(0.4f);
        }
    }

    [Fact]
    public void Points_of_worn_brows_lie_within_the_mesh_that_carries_the_hair()
    {
        for (ulong seed = 1; seed <= 8; seed++)
        {
            Person person = LoadedAssets.Person(HeadSource.MakeHuman, seed);
            PosedHead head = person.Pose(Expression.Neutral());
            ScenePart brows = head.Parts.Single(p => p.Material.Kind == MaterialKind.Brow);
            foreach (Vector3 point in head.Points68.Skip(17).Take(10))
            {
                brows.Positions.Min(p => Vector3.Distance(p, point)).ShouldBeLessThan(0.9f);
                MathF.Abs(point.X).ShouldBeLessThan(brows.Positions.Max(p => MathF.Abs(p.X)));
            }
        }
    }

    private static Vector2 Coordinates(MeshPart skin, SkinPoint point)
    {
        for (int i = 0; i < skin.Triangles.Length; i += 3)
        {
            if (skin.Vertices[skin.Triangles[i]] == point.A && skin.Vertices[skin.Triangles[i + 1]] == point.B && skin.Vertices[skin.Triangles[i + 2]] == point.C)
            {
                return (skin.TextureCoordinates[i] * (1 - point.WeightB - point.WeightC)) + (skin.TextureCoordinates[i + 1] * point.WeightB) + (skin.TextureCoordinates[i + 2] * point.WeightC);
            }
        }

        throw new InvalidOperationException("The point lies on no triangle of the skin.");
    }

    private static double Luminance(MipTexture albedo, Vector2 at)
    {
        Vector4 color = albedo.Sample(at, 2);
        return (0.2126 * color.X) + (0.7152 * color.Y) + (0.0722 * color.Z);
    }
}
