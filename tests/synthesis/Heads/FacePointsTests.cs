using System.Numerics;
using AuStream.Synthesis.Assets;
using AuStream.Synthesis.Heads;

namespace AuStream.Synthesis.Tests.Heads;

public class FacePointsTests
{
    [Fact]
    public void Points_are_moved_along_the_skin_alike_on_both_sides()
    {
        SynthesisAssets assets = LoadedBoth();
        foreach ((HeadRig rig, (int Point, int Mirrored, float Inwards, float Up)[] moved) in ((HeadRig, (int, int, float, float)[])[])
            [(assets.Ict!.Rig, FacePoints.Ict), (assets.MakeHuman.Rig, FacePoints.MakeHuman)])
        {
            for (int point = 0; point < 68; point++)
            {
                Vector3 vertex = rig.Neutral[rig.Landmarks68[point]];
                Vector3 place = rig.Points68[point].On(rig.Neutral);
                int entry = Array.FindIndex(moved, move => move.Point == point || move.Mirrored == point);
                if (entry < 0)
                {
                    place.ShouldBe(vertex);
                    continue;
                }

                // Skin slopes, so that a step to the side is one to the front or the back as well.
                (int right, int left, float inwards, float up) = moved[entry];
                (place.Y - vertex.Y).ShouldBe(up, 0.16f, $"point {point}");
                (MathF.Abs(vertex.X) - MathF.Abs(place.X)).ShouldBe(inwards, 0.12f, $"point {point}");
                Vector3 other = rig.Points68[point == right ? left : right].On(rig.Neutral);
                Vector3.Distance(place, other with { X = -other.X }).ShouldBeLessThan(0.12f, $"point {point} and its mirror image");
            }
        }
    }

    private static SynthesisAssets LoadedBoth() => People.LoadedAssets.RequireBoth();
}
