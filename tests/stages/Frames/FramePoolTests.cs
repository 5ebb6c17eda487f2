using AuStream.Stages.Frames;
using AuStream.Testing;

namespace AuStream.Stages.Tests.Frames;

public sealed class FramePoolTests
{
    private const YuvColor Color = YuvColor.Bt601Limited;

    [Fact]
    public void A_returned_frame_is_handed_out_again()
    {
        var pool = new FramePool();
        VideoFrame first = pool.Rent(64, 48, Color);
        first.FileName = "old.png";
        first.Dispose();

        using VideoFrame second = pool.Rent(32, 48, YuvColor.Bt709Full);

        second.ShouldBeSameAs(first);
        (second.Width, second.Height, second.Color, second.FileName).ShouldBe((32, 48, YuvColor.Bt709Full, null));
        second.Buffer.Length.ShouldBe(32 * 48 * 3 / 2);
        pool.Rented.ShouldBe(1);
        pool.IdleBytes.ShouldBe(0);
    }

    [Fact]
    public void A_burst_of_frames_leaves_no_more_than_the_bound()
    {
        var pool = new FramePool(maxIdleBytes: 1_000_000);
        VideoFrame[] burst = [.. Enumerable.Range(0, 20).Select(_ => pool.Rent(640, 360, Color))];

        foreach (VideoFrame frame in burst)
        {
            frame.Dispose();
        }

        pool.Rented.ShouldBe(0);
        pool.IdleBytes.ShouldBeInRange(2 * VideoFrame.ByteCount(640, 360), 1_000_000);
    }

    [Fact]
    public void Buffers_of_a_former_size_give_way_to_those_in_use()
    {
        var pool = new FramePool(maxIdleBytes: 4_000_000);
        DisposeAll([.. Enumerable.Range(0, 12).Select(_ => pool.Rent(640, 360, Color))]);
        DisposeAll([pool.Rent(1280, 720, Color), pool.Rent(1280, 720, Color)]);

        pool.IdleBytes.ShouldBeLessThanOrEqualTo(4_000_000);
        long before = pool.IdleBytes;
        using VideoFrame reused = pool.Rent(1280, 720, Color);
        (before - pool.IdleBytes).ShouldBeGreaterThanOrEqualTo(VideoFrame.ByteCount(1280, 720));
    }

    [Fact]
    public void A_small_picture_does_not_occupy_a_huge_buffer()
    {
        var pool = new FramePool();
        pool.Rent(3840, 2160, Color).Dispose();
        long idle = pool.IdleBytes;

        using VideoFrame small = pool.Rent(320, 180, Color);

        pool.IdleBytes.ShouldBe(idle);
    }

    [Fact]
    public void Disposing_twice_returns_once()
    {
        var pool = new FramePool();
        VideoFrame frame = pool.Rent(2, 2, Color);
        frame.Dispose();
        frame.Dispose();

        pool.Rented.ShouldBe(0);
        Should.Throw<ObjectDisposedException>(() => frame.Y.Length);
        using VideoFrame first = pool.Rent(2, 2, Color);
        using VideoFrame second = pool.Rent(2, 2, Color);
        second.ShouldNotBeSameAs(first);
    }

    [Fact]
    public void Renting_and_returning_allocates_nothing_once_warm()
    {
        var pool = new FramePool();
        for (int round = 0; round < 100; round++)
        {
            DisposeAll(pool.Rent(64, 64, Color), pool.Rent(64, 64, Color));
        }

        AllocationMeter.Least(() =>
        {
            for (int round = 0; round < 1000; round++)
            {
                DisposeAll(pool.Rent(64, 64, Color), pool.Rent(64, 64, Color));
            }
        }).ShouldBe(0);
    }

    [Theory]
    [InlineData(1, 1, 3)]
    [InlineData(3, 5, 27)]
    [InlineData(7680, 4320, 49_766_400)]
    public void Odd_sides_round_the_chroma_planes_up(int width, int height, int bytes)
    {
        using VideoFrame frame = new FramePool().Rent(width, height, Color);

        frame.Buffer.Length.ShouldBe(bytes);
        (frame.Y.Length + frame.Cb.Length + frame.Cr.Length).ShouldBe(bytes);
    }

    [Fact]
    public void Threads_never_share_a_frame()
    {
        var pool = new FramePool();
        int collisions = 0;
        Parallel.For(0, 4, _ =>
        {
            for (int round = 0; round < 5000; round++)
            {
                using VideoFrame frame = pool.Rent(8, 8, Color);
                Span<byte> own = frame.Buffer.Span;
                own.Fill((byte)round);
                if (own.ContainsAnyExcept((byte)round))
                {
                    Interlocked.Increment(ref collisions);
                }
            }
        });

        collisions.ShouldBe(0);
        pool.Rented.ShouldBe(0);
    }

    private static void DisposeAll(params ReadOnlySpan<VideoFrame> frames)
    {
        foreach (VideoFrame frame in frames)
        {
            frame.Dispose();
        }
    }
}
