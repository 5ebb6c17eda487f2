using AuStream.Synthesis.Cameras;
using AuStream.Synthesis.Randomness;
using AuStream.Testing;
using FsCheck;
using FsCheck.Fluent;

namespace AuStream.Synthesis.Tests.Cameras;

public class BlockCodecTests
{
    [Fact]
    public void The_transform_is_the_textbook_cosine_transform() => Prop.ForAll(Seeds.Any, seed =>
    {
        float[] block = Random(seed, 64);
        float[] fast = [.. block];
        BlockTransform.Forward(fast);
        for (int v = 0; v < 8; v++)
        {
            for (int u = 0; u < 8; u++)
            {
                double sum = 0;
                for (int y = 0; y < 8; y++)
                {
                    for (int x = 0; x < 8; x++)
                    {
                        sum += block[(y * 8) + x] * Math.Cos(((2 * x) + 1) * u * Math.PI / 16) * Math.Cos(((2 * y) + 1) * v * Math.PI / 16);
                    }
                }

                double scale = 0.25 * (u == 0 ? Math.Sqrt(0.5) : 1) * (v == 0 ? Math.Sqrt(0.5) : 1);
                if (Math.Abs((sum * scale) - fast[(v * 8) + u]) > 1e-4)
                {
                    return false;
                }
            }
        }

        return true;
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void The_inverse_transform_gives_the_block_back() => Prop.ForAll(Seeds.Any, seed =>
    {
        float[] block = Random(seed, 64);
        float[] there = [.. block];
        BlockTransform.Forward(there);
        BlockTransform.Inverse(there);
        return block.Zip(there).All(pair => Math.Abs(pair.First - pair.Second) < 1e-5);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Jpeg_steps_are_those_of_libjpeg()
    {
        // Quality 50 is the standard's own table; 75 halves it, 25 doubles it.
        BlockCodec.JpegSteps(50, isChroma: false)[..4].ShouldBe([16f, 11, 10, 16]);
        BlockCodec.JpegSteps(75, isChroma: false)[..4].ShouldBe([8f, 6, 5, 8]);
        BlockCodec.JpegSteps(25, isChroma: true)[..4].ShouldBe([34f, 36, 48, 94]);
        BlockCodec.JpegSteps(100, isChroma: false).ShouldAllBe(step => step == 1);
    }

    [Fact]
    public void The_best_quality_changes_grey_pictures_by_no_more_than_rounding()
    {
        PlanarImage image = Grey(37, 21, seed: 4);
        float[] before = image[0].ToArray();
        new BlockCodec().Process(image, BlockCodec.JpegSteps(100, isChroma: false), BlockCodec.JpegSteps(100, isChroma: true), 3, 5, 0.5f);
        float[] after = image[0].ToArray();
        before.Zip(after).Max(pair => Math.Abs(pair.First - pair.Second)).ShouldBeLessThan(4 / 255f);
        before.Zip(after).Average(pair => Math.Abs(pair.First - pair.Second)).ShouldBeLessThan(0.6f / 255);
    }

    [Fact]
    public void Worse_quality_loses_more()
    {
        float last = 0;
        foreach (int quality in new[] { 95, 75, 50, 20 })
        {
            PlanarImage image = Grey(64, 64, seed: 9);
            float[] before = image[0].ToArray();
            new BlockCodec().Process(image, BlockCodec.JpegSteps(quality, isChroma: false), BlockCodec.JpegSteps(quality, isChroma: true), 0, 0, 0.5f);
            float loss = before.Zip(image[0].ToArray()).Average(pair => Math.Abs(pair.First - pair.Second));
            loss.ShouldBeGreaterThan(last);
            last = loss;
        }
    }

    private static PlanarImage Grey(int width, int height, int seed)
    {
        var image = new PlanarImage();
        image.Resize(width, height);
        float[] values = Random(seed, width * height);
        for (int plane = 0; plane < 3; plane++)
        {
            for (int i = 0; i < values.Length; i++)
            {
                image[plane][i] = 0.2f + (0.6f * Math.Abs(values[i]));
            }
        }

        return image;
    }

    private static float[] Random(int seed, int count)
    {
        var random = new RandomStream((ulong)seed);
        var values = new float[count];
        for (int i = 0; i < count; i++)
        {
            values[i] = random.Uniform(-1, 1);
        }

        return values;
    }
}
