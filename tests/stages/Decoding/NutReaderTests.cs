using AuStream.Stages.Decoding.Nut;
using AuStream.Stages.Frames;
using FsCheck;
using FsCheck.Fluent;

namespace AuStream.Stages.Tests.Decoding;

public sealed class NutReaderTests(TestClips clips) : IClassFixture<TestClips>
{
    private byte[] Sample => File.ReadAllBytes(clips.Make("sample.nut", "-f lavfi -i testsrc=s=33x21:r=30000/1001 -frames:v 12 -pix_fmt yuv420p -c:v rawvideo"));

    [Fact]
    public void Frames_and_their_times_come_as_written()
    {
        string nut = clips.Make("times.nut", "-f lavfi -i testsrc=s=33x21:r=30000/1001 -frames:v 40 -vf setpts=PTS+mod(N\\,5)*7 -fps_mode passthrough -enc_time_base 1:90000 -pix_fmt yuv420p -c:v rawvideo");
        var reader = new NutReader(File.OpenRead(nut));

        NutVideoStream stream = reader.ReadHeaders()!;
        List<long> times = [];
        List<byte> pixels = [];
        while (reader.TryReadFrame(out long pts, out int size))
        {
            byte[] picture = new byte[size];
            reader.ReadPicture(picture);
            times.Add(pts);
            pixels.AddRange(picture);
        }

        (stream.Width, stream.Height).ShouldBe((33, 21));
        times.Select(time => stream.ToMicroseconds(time - times[0])).ShouldBe(TestClips.ProbeMicroseconds(nut));
        pixels.SequenceEqual(clips.DecodeWithFfmpeg(nut, "null")).ShouldBeTrue();
    }

    [Fact]
    public void A_tiny_frame_whose_beginning_is_left_out_is_restored()
    {
        // 00 00 01 is one of the beginnings that ffmpeg leaves out of small frames.
        string raw = clips.Write("tiny.yuv", [0, 0, 1, 0, 0, 1, 9, 8, 7]);
        string nut = clips.Make("tiny.nut", $"-f rawvideo -pix_fmt yuv420p -s 1x1 -i {raw} -c:v rawvideo");
        var reader = new NutReader(File.OpenRead(nut));
        reader.ReadHeaders();
        List<byte[]> pictures = [];
        while (reader.TryReadFrame(out _, out int size))
        {
            byte[] picture = new byte[size];
            reader.ReadPicture(picture);
            pictures.Add(picture);
        }

        pictures.SelectMany(picture => picture).ShouldBe([0, 0, 1, 0, 0, 1, 9, 8, 7]);
    }

    [Fact]
    public void A_cut_stream_gives_whole_frames_and_then_an_end_or_an_error()
    {
        byte[] sample = Sample;
        for (int length = 0; length < sample.Length; length += length < 300 ? 1 : 97)
        {
            int frames = Read(sample[..length], out Exception? error);
            frames.ShouldBeLessThanOrEqualTo(12);
            (error is null or EndOfStreamException).ShouldBeTrue(error?.ToString());
        }
    }

    [Fact]
    public void A_damaged_stream_never_does_worse_than_a_format_error()
    {
        byte[] sample = Sample;
        Arbitrary<(int Position, byte Value)> damage =
            (from position in Gen.Choose(0, 700) from value in Gen.Choose(0, 255) select (position, (byte)value)).ToArbitrary();
        Prop.ForAll(damage, change =>
        {
            byte[] damaged = [.. sample];
            damaged[change.Position] = change.Value;
            Read(damaged, out Exception? error);
            return error is null or EndOfStreamException or NutFormatException;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(2000));
    }

    [Theory]
    [InlineData(1, 90_000, 3003, 33_367)]
    [InlineData(1001, 30_000, 1, 33_367)]
    [InlineData(1, 15_360, -512, -33_333)]
    [InlineData(1, 48_000, long.MaxValue / 2_000_000, 96_076_792_050_563)]
    public void Ticks_become_the_nearest_microsecond(long numerator, long denominator, long ticks, long microseconds) =>
        new NutVideoStream(1, 1, numerator, denominator).ToMicroseconds(ticks).ShouldBe(microseconds);

    private static int Read(byte[] bytes, out Exception? error)
    {
        error = null;
        int frames = 0;
        try
        {
            var reader = new NutReader(new MemoryStream(bytes));
            NutVideoStream? stream = reader.ReadHeaders();
            while (stream is not null && reader.TryReadFrame(out _, out int size))
            {
                byte[] picture = new byte[Math.Min(size, 1 << 20)];
                reader.ReadPicture(picture);
                frames++;
            }
        }
        catch (Exception caught)
        {
            error = caught;
        }

        return frames;
    }
}
