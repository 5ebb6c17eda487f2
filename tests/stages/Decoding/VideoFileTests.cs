using AuStream.Stages.Decoding;
using AuStream.Stages.Frames;
using AuStream.Testing;
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
    [InlineData("media/single_face.mp4")]
    [InlineData("media/face_noface.mov")]
    [InlineData("media/no_face.mp4")]
    public async Task Recordings_of_cameras_keep_their_times_too(string recording)
    {
        string clip = SharedMedia.Require(recording);

        List<Picture> pictures = await DecodeAsync(clip);

        pictures.Select(picture => picture.Envelope.PtsMicroseconds).ShouldBe(TestClips.ProbeMicroseconds(clip));
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

    [Fact]
    public async Task A_picture_of_8K_is_decoded_or_scaled_down()
    {
        string clip = clips.Make("8k.avi", "-f lavfi -i color=c=0x804020:s=7680x4320 -frames:v 1 -c:v mjpeg");

        Picture full = (await DecodeAsync(clip)).ShouldHaveSingleItem();
        Picture small = (await DecodeAsync(clip, new SourceOptions { MaxSide = 640 })).ShouldHaveSingleItem();

        (full.Width, full.Height, full.Planes.Length).ShouldBe((7680, 4320, 49_766_400));
        (small.Width, small.Height).ShouldBe((640, 360));
    }

    [Fact]
    public async Task Smaller_pictures_are_not_scaled()
    {
        List<Picture> pictures = await DecodeAsync(clips.MakeLossless(321, 181), new SourceOptions { MaxSide = 322 });

        pictures.ShouldAllBe(picture => picture.Width == 321 && picture.Height == 181);
    }

    [Theory]
    [InlineData(90)]
    [InlineData(180)]
    [InlineData(270)]
    public async Task Video_from_a_turned_phone_comes_upright(int degrees)
    {
        string upright = clips.MakeVideo("turned.mp4", 320, 180, frames: 5);
        string turned = clips.Make($"turned{degrees}.mp4", $"-i {upright} -c copy -metadata:s:v:0 rotate={degrees}");

        List<Picture> pictures = await DecodeAsync(turned);

        bool isUpended = degrees != 180;
        pictures.ShouldAllBe(picture => picture.Width == (isUpended ? 180 : 320) && picture.Height == (isUpended ? 320 : 180));
        pictures.SelectMany(picture => picture.Planes).SequenceEqual(clips.DecodeWithFfmpeg(turned, "format=yuv420p")).ShouldBeTrue();
        Picture first = (await DecodeAsync(upright))[0];

        // This ffmpeg writes the tag as a counter-clockwise rotation.
        byte corner = degrees switch { 90 => first.Luma(319, 0), 180 => first.Luma(319, 179), _ => first.Luma(0, 179) };
        pictures[0].Luma(0, 0).ShouldBe(corner);
    }

    [Theory]
    [InlineData("16/11", 72, 60, 105, 60)]
    [InlineData("8/9", 72, 60, 72, 68)]
    [InlineData("1001/1000", 72, 60, 72, 60)]
    public async Task Pixels_that_are_not_square_become_square(string aspect, int width, int height, int expectedWidth, int expectedHeight)
    {
        string clip = clips.MakeVideo($"sar{aspect.Replace('/', '_')}.mp4", width, height, frames: 3, filter: $"setsar={aspect}");

        List<Picture> pictures = await DecodeAsync(clip);

        pictures.ShouldAllBe(picture => picture.Width == expectedWidth && picture.Height == expectedHeight);
    }

    [Fact]
    public async Task The_description_says_what_is_in_the_file()
    {
        string clip = clips.MakeVideo("described.mp4", 320, 180, frames: 30);
        await using IFrameSource source = await OpenAsync(clip);

        source.Description.ShouldBe(new SourceDescription(clip, SourceKind.File, 320, 180, 30, TimeSpan.FromSeconds(1), 30, "h264"));
    }

    [Fact]
    public async Task Envelopes_carry_the_stream_and_the_clock()
    {
        var time = new ManualTimeProvider();
        await using IFrameSource source = await OpenAsync(clips.MakeVideo("clock.mp4", frames: 4), new SourceOptions { StreamId = "cam" }, time: time);

        List<Picture> pictures = await source.ReadAllAsync();

        pictures.ShouldAllBe(picture => picture.Envelope.StreamId == "cam" && picture.FileName == null);
        pictures.ShouldAllBe(picture => picture.Envelope.ReceivedTimestamp == time.GetTimestamp());
        pictures.ShouldAllBe(picture => picture.Envelope.CapturedAt == time.GetUtcNow().AddMicroseconds(picture.Envelope.PtsMicroseconds));
        pictures[3].Envelope.PtsMicroseconds.ShouldBe(100_000);
    }

    [Fact]
    public async Task A_repeated_file_goes_on_in_time()
    {
        List<Picture> pictures = await DecodeAsync(clips.MakeVideo("repeated.mp4", frames: 10), new SourceOptions { Repeat = 2 });

        long[] times = [.. pictures.Select(picture => picture.Envelope.PtsMicroseconds)];
        times.Length.ShouldBe(30);
        times.ShouldBeInOrder(SortDirection.Ascending);
        times[29].ShouldBeInRange(960_000, 1_000_000);
    }

    [Fact]
    public async Task A_file_in_real_time_takes_its_time()
    {
        long started = TimeProvider.System.GetTimestamp();

        await DecodeAsync(clips.MakeVideo("paced.mp4", frames: 16), new SourceOptions { RealTime = true });

        TimeProvider.System.GetElapsedTime(started).ShouldBeGreaterThan(TimeSpan.FromSeconds(0.45));
    }

    [Fact]
    public async Task Interlaced_frames_are_combined_and_none_is_lost()
    {
        string clip = clips.MakeVideo("interlaced.mkv", 320, 180, frames: 20, encoder: "-c:v ffv1 -field_order tt", filter: "tinterlace=interleave_top,fieldorder=tff");
        int[] combing = new int[2];
        foreach (bool deinterlace in new[] { false, true })
        {
            List<Picture> pictures = await DecodeAsync(clip, new SourceOptions { Deinterlace = deinterlace });
            pictures.Select(picture => picture.Envelope.PtsMicroseconds).ShouldBe(TestClips.ProbeMicroseconds(clip));
            combing[deinterlace ? 1 : 0] = CountCombedPixels(pictures[5]);
        }

        combing[1].ShouldBeLessThan(combing[0] / 2);
    }

    [Fact]
    public async Task A_change_of_the_pictures_shape_is_scaled_and_told()
    {
        string wide = clips.MakeVideo("wide.ts", 320, 180, frames: 8);
        string tall = clips.MakeVideo("tall.ts", 180, 320, frames: 8);
        string joined = clips.Write("joined.ts", [.. File.ReadAllBytes(wide), .. File.ReadAllBytes(tall)]);
        List<SourceWarning> warnings = [];

        List<Picture> pictures = await DecodeAsync(joined, new SourceOptions { OnWarning = warnings.Add });

        pictures.Count.ShouldBe(16);
        pictures.ShouldAllBe(picture => picture.Width == 320 && picture.Height == 180);
        pictures.Select(picture => picture.Envelope.PtsMicroseconds).ShouldBeInOrder(SortDirection.Ascending);
        warnings.ShouldContain(warning => warning.Message.Contains("changes its shape"));
    }

    [Theory]
    [InlineData("cut.mp4", "-movflags +faststart")]
    [InlineData("cut.mkv", "")]
    public async Task Of_a_file_cut_off_everything_decodable_is_delivered_with_a_warning(string name, string muxer)
    {
        string whole = clips.MakeVideo("whole-" + name, frames: 60, encoder: $"{H264} {muxer}");
        string cut = clips.Truncate(whole, 0.6, name);
        List<SourceWarning> warnings = [];

        List<Picture> pictures = await DecodeAsync(cut, new SourceOptions { OnWarning = warnings.Add });

        pictures.Count.ShouldBeInRange(20, 50);
        pictures.Select(picture => picture.Envelope.PtsMicroseconds).ShouldBe(TestClips.ProbeMicroseconds(whole).Take(pictures.Count));
        SourceWarning warning = warnings.ShouldHaveSingleItem();
        warning.Message.ShouldContain("cut off");
        warning.Message.ShouldContain(cut);
    }

    [Fact]
    public async Task Two_enumerations_are_refused()
    {
        await using IFrameSource source = await OpenAsync(clips.MakeVideo("once.mp4", frames: 3));
        await source.ReadAllAsync();

        await Should.ThrowAsync<InvalidOperationException>(() => source.ReadAllAsync());
    }

    [Fact]
    public async Task No_frame_is_left_behind_when_the_consumer_leaves_early()
    {
        var pool = new FramePool();
        await using IFrameSource source = await OpenAsync(clips.MakeVideo("left.mp4", frames: 60), pool: pool);

        (await source.ReadAllAsync(limit: 2)).Count.ShouldBe(2);

        pool.Rented.ShouldBe(0);
    }

    private static int CountCombedPixels(Picture picture)
    {
        int combed = 0;
        for (int y = 1; y < picture.Height - 1; y++)
        {
            for (int x = 0; x < picture.Width; x++)
            {
                int above = picture.Luma(x, y - 1) - picture.Luma(x, y);
                int below = picture.Luma(x, y + 1) - picture.Luma(x, y);
                combed += above * below > 400 ? 1 : 0;
            }
        }

        return combed;
    }
}
