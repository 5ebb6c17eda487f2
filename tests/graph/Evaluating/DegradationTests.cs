using AuStream.Pipeline.Evaluating.Measuring;
using AuStream.Stages.Faces;
using AuStream.Stages.Frames;
using AuStream.Stages.Sampling;

namespace AuStream.Graph.Tests.Evaluating;

public sealed class DegradationTests
{
    private readonly FramePool _pool = new();

    [Theory]
    [InlineData("half", 2)]
    [InlineData("quarter", 4)]
    public void Less_resolution_is_the_mean_of_blocks(string id, int block)
    {
        using VideoFrame frame = Picture(16, 12);
        using VideoFrame small = Find(id).Apply(frame, face: null, _pool);

        (small.Width, small.Height).ShouldBe((16 / block, 12 / block));
        double mean = 0;
        for (int i = 0; i < block * block; i++)
        {
            mean += frame.Y[((i / block) * 16) + (i % block)];
        }

        ((double)small.Y[0]).ShouldBe(mean / (block * block), 0.51);
        small.Cb.Length.ShouldBe(small.ChromaWidth * small.ChromaHeight);
    }

    [Fact]
    public void A_box_is_a_fifth_of_the_face_and_black_and_only_there()
    {
        using VideoFrame frame = Picture(100, 100);
        using VideoFrame covered = Find("box-nose").Apply(frame, new PixelBox(20, 10, 50, 80), _pool);

        // Centre (45, 54), 10 wide and 16 high.
        int black = 0;
        for (int y = 0; y < 100; y++)
        {
            for (int x = 0; x < 100; x++)
            {
                bool isInside = x is >= 40 and < 50 && y is >= 46 and < 62;
                byte value = covered.Y[(y * 100) + x];
                value.ShouldBe(isInside ? (byte)0 : frame.Y[(y * 100) + x], $"({x}, {y})");
                black += value == 0 ? 1 : 0;
            }
        }

        black.ShouldBe(160);
        covered.Cb[(25 * 50) + 22].ShouldBe((byte)128);
    }

    [Fact]
    public void Without_a_known_face_there_is_no_box()
    {
        using VideoFrame frame = Picture(40, 40);
        using VideoFrame same = Find("box-mouth").Apply(frame, face: null, _pool);
        same.Y.SequenceEqual(frame.Y).ShouldBeTrue();
    }

    [Fact]
    public void A_random_box_lies_on_the_face_and_at_the_same_place_in_every_run()
    {
        HashSet<int> places = [];
        for (int sequence = 0; sequence < 20; sequence++)
        {
            using VideoFrame frame = Picture(100, 100);
            frame.Envelope = new Envelope("s", sequence, 0, DateTimeOffset.UnixEpoch, 0);
            PixelBox face = new(20, 20, 60, 60);
            using VideoFrame first = Find("box-random").Apply(frame, face, _pool);
            using VideoFrame again = Find("box-random").Apply(frame, face, _pool);
            first.Y.SequenceEqual(again.Y).ShouldBeTrue();
            int black = first.Y.IndexOf((byte)0);
            (black % 100).ShouldBeInRange(20, 80);
            (black / 100).ShouldBeInRange(20, 80);
            places.Add(black);
        }

        places.Count.ShouldBeGreaterThan(15);
    }

    private static Degradation Find(string id) => Degradation.All.Single(one => one.Id == id);

    // Full-range luma from 50 on, so that 0 is the box alone.
    private VideoFrame Picture(int width, int height)
    {
        byte[] rgb = new byte[3 * width * height];
        for (int i = 0; i < rgb.Length; i++)
        {
            rgb[i] = (byte)(50 + (i * 37 % 200));
        }

        return RgbPicture.ToFrame(_pool, rgb, width, height);
    }
}
