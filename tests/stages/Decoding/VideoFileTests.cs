using AuStream.Stages.Decoding;
using AuStream.Stages.Frames;
using static AuStream.Stages.Tests.Decoding.SourceReading;

namespace AuStream.Stages.Tests.Decoding;

public sealed class VideoFileTests(TestClips clips) : IClassFixture<TestClips>
{
    private const string H264 = "-c:v libx264 -preset ultrafast";
    private const string IrregularTimes = "setpts='(N*1001+mod(N*N*37,400))/30000/TB'";

    [Theory]
    [InlineData("constant.mp4", "null", H264)]
    [InlineData("irregular.mp4", IrregularTimes, H264 + " -enc_time_base 1:90000 -video_track_timescale 90000 -bf 2")]
    [InlineData("irregular.mkv", IrregularTimes, H264 + " -enc_time_base 1:1000")]
    [InlineData("irregular.ts", IrregularTimes, H264 + " -enc_time_base 1:90000 -bf 2")]
    [InlineData("irregular.webm", IrregularTimes, "-c:v libvpx -deadline realtime -b:v 1M -enc_time_base 1:1000")]
    [InlineData("gaps.mov", "select='lt(mod(n\\,7)\\,3)'", H264 + " -video_track_timescale 30000")]
    [InlineData("motion.avi", "null", "-c:v mjpeg")]
    public async Task Every_frame_keeps_its_own_exact_time(string name, string filter, string encoder)
    {
        string clip = clips.MakeVideo(name, frames: 20, filter: filter, encoder: encoder);

        List<Picture> pictures = await DecodeAsync(clip);

        pictures.Select(picture => picture.Envelope.PtsMicroseconds).ShouldBe(TestClips.ProbeMicroseconds(clip));
        pictures.Select(picture => picture.Envelope.Sequence).ShouldBe(Enumerable.Range(0, 20).Select(n => (long)n));
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(3, 5)]
    [InlineData(321, 181)]
    [InlineData(640, 360)]
    public async Task Pictures_of_any_size_equal_those_that_ffmpeg_writes(int width, int height)
    {
        string clip = clips.MakeLossless(width, height);

        List<Picture> pictures = await DecodeAsync(clip);

        pictures.Count.ShouldBe(5);
        pictures.ShouldAllBe(picture => picture.Width == width && picture.Height == height);
        pictures.SelectMany(picture => picture.Planes).SequenceEqual(clips.DecodeWithFfmpeg(clip, "format=yuv420p")).ShouldBeTrue();
    }
}
