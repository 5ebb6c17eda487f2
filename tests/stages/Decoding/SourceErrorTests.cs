using AuStream.Stages.Decoding;
using AuStream.Stages.Decoding.Ffmpeg;
using AuStream.Testing;
using static AuStream.Stages.Tests.Decoding.SourceReading;

namespace AuStream.Stages.Tests.Decoding;

public sealed class SourceErrorTests(TestClips clips) : IClassFixture<TestClips>
{
    [Theory]
    [InlineData("", SourceFault.UnsupportedAddress)]
    [InlineData("   ", SourceFault.UnsupportedAddress)]
    [InlineData("gopher://host/video", SourceFault.UnsupportedAddress)]
    [InlineData("rtsp://", SourceFault.UnsupportedAddress)]
    [InlineData("file://elsewhere/video.mp4", SourceFault.UnsupportedAddress)]
    [InlineData("no-such-file.mp4", SourceFault.NotFound)]
    [InlineData("no-such-folder/video.mp4", SourceFault.NotFound)]
    [InlineData("/dev/video97", SourceFault.NotFound)]
    public async Task An_impossible_address_is_refused_before_anything_is_started(string address, SourceFault fault)
    {
        SourceException error = await FailureAsync(address, new SourceOptions { FfmpegPath = "/no/ffmpeg" });

        error.Fault.ShouldBe(fault);
        error.IsTransient.ShouldBeFalse();
        error.Message.ShouldContain(address.Trim());
    }

    [Fact]
    public async Task A_missing_file_is_told_with_the_place_where_it_was_looked_for()
    {
        SourceException error = await FailureAsync("no-such-file.mp4");

        error.Message.ShouldContain(Path.GetFullPath("no-such-file.mp4"));
    }

    [Fact]
    public async Task A_folder_without_pictures_is_told()
    {
        clips.Write("texts/readme.txt", [1]);

        SourceException error = await FailureAsync(Path.Combine(clips.Folder, "texts"));

        error.Fault.ShouldBe(SourceFault.NoPictures);
        error.Message.ShouldContain("subfolders are not searched");
    }

    [Fact]
    public async Task An_empty_file_is_told() => await ShouldFailAsync(clips.Write("empty.mp4", []), SourceFault.NotAVideo, "0 bytes");

    [Theory]
    [InlineData("text.mp4")]
    [InlineData("text.txt")]
    [InlineData("text.nfo")]
    public async Task Text_is_no_video(string name)
    {
        string file = clips.Write(name, [.. Enumerable.Repeat("Frames, but only in words.\n"u8.ToArray(), 100).SelectMany(line => line)]);

        SourceException error = await FailureAsync(file);

        error.Fault.ShouldBeOneOf(SourceFault.NotAVideo, SourceFault.NoVideoTrack);
        error.IsTransient.ShouldBeFalse();
        error.Message.ShouldContain(file);
    }

    [Fact]
    public async Task Noise_is_no_video()
    {
        byte[] noise = new byte[100_000];
        new Random(1).NextBytes(noise);

        await ShouldFailAsync(clips.Write("noise.mp4", noise), SourceFault.NotAVideo, "noise.mp4");
    }

    [Fact]
    public async Task A_recording_without_its_index_is_told()
    {
        string cut = clips.Truncate(clips.MakeVideo("indexed.mp4", frames: 60), 0.6, "unindexed.mp4");

        await ShouldFailAsync(cut, SourceFault.NotAVideo, "cut off before its index");
    }

    [Fact]
    public async Task A_file_cut_off_within_its_header_is_told()
    {
        string cut = clips.Truncate(clips.MakeVideo("headed.mkv", frames: 10), 0.02, "headless.mkv");

        (await FailureAsync(cut)).Fault.ShouldBe(SourceFault.NotAVideo);
    }

    [Theory]
    [InlineData("sound.m4a", "-f lavfi -i sine=d=0.2 -c:a aac")]
    [InlineData("sound.wav", "-f lavfi -i sine=d=0.2")]
    [InlineData("cover.mp3", "-f lavfi -i sine=d=0.2 -f lavfi -i testsrc=s=64x64:d=0.1 -map 0 -map 1 -c:v mjpeg -frames:v 1 -disposition:v attached_pic")]
    public async Task Sound_alone_has_no_video_track(string name, string arguments) =>
        await ShouldFailAsync(clips.Make(name, arguments), SourceFault.NoVideoTrack, "no video track");

    [Fact]
    public async Task A_file_that_may_not_be_read_is_told()
    {
        string file = clips.Write("secret.mp4", [1, 2, 3]);
        TestClips.Run("chmod", ["000", file]);
        if (Environment.IsPrivilegedProcess)
        {
            Assert.Skip("root may read everything: run the tests as another user for this one");
        }

        await ShouldFailAsync(file, SourceFault.AccessDenied, "chmod");
    }

    [Fact]
    public async Task A_named_pipe_does_not_block()
    {
        string pipe = Path.Combine(clips.Folder, "pipe.mp4");
        TestClips.Run("mkfifo", [pipe]);

        await ShouldFailAsync(pipe, SourceFault.NotAVideo, "no plain file");
    }

    [Theory]
    [InlineData("/no/such/ffmpeg")]
    [InlineData("ffmpeg-that-nobody-has")]
    [InlineData("/bin/true")]
    [InlineData("/etc/passwd")]
    public async Task Without_ffmpeg_the_message_says_how_to_get_it(string path)
    {
        SourceException error = await FailureAsync(clips.MakeVideo("any.mp4", frames: 3), new SourceOptions { FfmpegPath = path });

        error.Fault.ShouldBe(SourceFault.DecoderMissing);
        error.Message.ShouldContain("apt-get install ffmpeg");
        error.Message.ShouldContain(path);
    }

    [Fact]
    public async Task A_decoder_that_says_nothing_is_given_up()
    {
        // A program that answers for its version like ffmpeg, and then hangs.
        string fake = clips.Write("hanging-ffmpeg", "#!/bin/sh\n[ \"$1\" = -version ] && echo 'ffmpeg version 7.1' && echo 'libavutil 59. 39.100' && exit\nexec sleep 600\n"u8.ToArray());
        TestClips.Run("chmod", ["u+x", fake]);
        string clip = clips.MakeVideo("any.mp4", frames: 3);

        SourceException error = await FailureAsync(clip, new SourceOptions { FfmpegPath = fake, OpenTimeout = TimeSpan.FromMilliseconds(300) });

        error.Fault.ShouldBe(SourceFault.Stalled);
        error.Message.ShouldContain("0.3 s");
    }

    [Fact]
    public async Task A_decoder_that_writes_nonsense_is_told()
    {
        string fake = clips.Write("babbling-ffmpeg", "#!/bin/sh\n[ \"$1\" = -version ] && echo 'ffmpeg version 7.1' && echo 'libavutil 59. 39.100' && exit\nexec echo 'moo moo moo moo'\n"u8.ToArray());
        TestClips.Run("chmod", ["u+x", fake]);

        (await FailureAsync(clips.MakeVideo("any.mp4", frames: 3), new SourceOptions { FfmpegPath = fake })).Fault.ShouldBe(SourceFault.Other);
    }

    [Fact]
    public async Task Hardware_that_is_not_there_is_told()
    {
        if (File.Exists("/dev/nvidiactl"))
        {
            Assert.Skip("this machine has an NVIDIA device");
        }

        SourceException error = await FailureAsync(clips.MakeVideo("any.mp4", frames: 3), new SourceOptions { Hardware = HardwareDecoding.Cuda });

        error.Fault.ShouldBe(SourceFault.HardwareUnavailable);
        error.Message.ShouldContain("turn hardware decoding off");
    }

    [Fact]
    public async Task Hardware_if_there_is_any_falls_back_to_the_processor()
    {
        string clip = clips.MakeVideo("any.mp4", frames: 3);

        (await DecodeAsync(clip, new SourceOptions { Hardware = HardwareDecoding.Auto })).Count.ShouldBe(3);
    }

    [Fact]
    public async Task Options_out_of_range_are_named()
    {
        string clip = clips.MakeVideo("any.mp4", frames: 3);
        foreach ((SourceOptions options, string field) in new[]
        {
            (new SourceOptions { StreamId = " " }, "StreamId"),
            (new SourceOptions { MaxSide = 3 }, "MaxSide"),
            (new SourceOptions { Repeat = -2 }, "Repeat"),
            (new SourceOptions { OpenTimeout = TimeSpan.Zero }, "OpenTimeout"),
            (new SourceOptions { StallTimeout = TimeSpan.FromSeconds(-1) }, "StallTimeout"),
            (new SourceOptions { HardwareDevice = "0" }, "HardwareDevice"),
            (new SourceOptions { Hardware = (HardwareDecoding)99 }, "Hardware"),
            (new SourceOptions { DecoderThreads = -1 }, "DecoderThreads"),
            (new SourceOptions { Camera = new CameraOptions { Width = 640 } }, "Width"),
            (new SourceOptions { Camera = new CameraOptions { FramesPerSecond = 0 } }, "FramesPerSecond"),
            (new SourceOptions { Camera = new CameraOptions { PixelFormat = "-i x" } }, "PixelFormat"),
        })
        {
            (await Should.ThrowAsync<ArgumentException>(() => OpenAsync(clip, options))).Message.ShouldContain(field);
        }
    }

    [Fact]
    public async Task Cancelling_an_opening_ends_it()
    {
        using var cancel = new CancellationTokenSource(TimeSpan.FromMilliseconds(200));

        // A port on which nobody ever sends.
        Task opening = SourceFactory.OpenAsync("udp://127.0.0.1:1?localport=0", new SourceOptions(), new(), TimeProvider.System, cancel.Token);

        await Should.ThrowAsync<OperationCanceledException>(() => opening);
    }

    [Theory]
    [InlineData("4.4.2-0ubuntu0.22.04.1", "56. 70.100", false, false)]
    [InlineData("5.0.1", "57. 17.100", false, false)]
    [InlineData("N-47683-g0e8eb07980-static", "56. 24.101", false, false)]
    [InlineData("5.1.9-0+deb12u1", "57. 28.100", true, false)]
    [InlineData("6.1.1-3ubuntu5", "58. 29.100", true, true)]
    [InlineData("n7.1", "59. 39.100", true, true)]
    public void Versions_tell_how_frame_times_are_asked_for(string version, string library, bool hasFpsMode, bool hasNamedTimeBases)
    {
        var ffmpeg = FfmpegExecutable.Understand("ffmpeg", $"ffmpeg version {version} Copyright (c)\nbuilt with gcc\nlibavutil      {library} / {library}\nlibavcodec     1. 2.3 / 1. 2.3\n");

        (ffmpeg.Version, ffmpeg.HasFpsMode, ffmpeg.HasNamedTimeBases).ShouldBe((version, hasFpsMode, hasNamedTimeBases));
    }

    private static async Task ShouldFailAsync(string source, SourceFault fault, string words)
    {
        SourceException error = await FailureAsync(source);
        error.Fault.ShouldBe(fault);
        error.IsTransient.ShouldBeFalse();
        error.Message.ShouldContain(source);
        error.Message.ShouldContain(words);
    }
}
