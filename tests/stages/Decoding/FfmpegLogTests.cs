using AuStream.Stages.Decoding;
using AuStream.Stages.Decoding.Ffmpeg;

namespace AuStream.Stages.Tests.Decoding;

public sealed class FfmpegLogTests
{
    [Fact]
    public void The_log_of_version_5_is_understood()
    {
        FfmpegLog log = Parse(
            "[info] Input #0, mov,mp4,m4a,3gp,3g2,mj2, from 'file:/x.mov':",
            "[info]   Duration: 01:02:06.40, start: 0.000000, bitrate: 1655 kb/s",
            "[info]   Stream #0:0[0x1](und): Audio: aac (LC) (mp4a / 0x6134706D), 44100 Hz, stereo, fltp, 128 kb/s (default)",
            "[info]   Stream #0:1[0x2](und): Video: hevc (Main), 1 reference frame (hvc1 / 0x31637668), yuv420p(tv, bt709, left), 960x540 (960x544), 1568 kb/s, 26.40 fps, 30 tbr, 15360 tbn (default)",
            "[info] Stream mapping:",
            "[info]   Stream #0:1 -> #0:0 (hevc (native) -> rawvideo (native))",
            "[graph 0 input from stream 0:1 @ 0x55693dd7a9c0] [verbose] w:960 h:540 pixfmt:yuv420p tb:1/15360 fr:30/1 sar:0/1",
            "[info] Output #0, nut, to 'pipe:1':",
            "[info]   Stream #0:0: Video: rawvideo, 1 reference frame (I420 / 0x30323449), yuv420p(tv, bt709, progressive, left), 540x960 (0x0), q=2-31, 186624 kb/s, 30 fps, 61440 tbn (default)");

        InputFacts facts = log.Facts;
        facts.Format.ShouldBe("mov,mp4,m4a,3gp,3g2,mj2");
        facts.Duration.ShouldBe(new TimeSpan(0, 1, 2, 6, 400));
        (facts.Stream.Codec, facts.Stream.FramesPerSecond).ShouldBe(("hevc", 26.4));
        (facts.DecodedWidth, facts.DecodedHeight, facts.DecodedPixelFormat).ShouldBe((960, 540, "yuv420p"));
        facts.OutputPixelFormat.ShouldBe("yuv420p");
        facts.OutputTags.ShouldBe(["tv", "bt709", "progressive", "left"]);
        log.HasChangedShape.ShouldBeFalse();
    }

    [Fact]
    public void The_log_of_version_7_is_understood()
    {
        FfmpegLog log = Parse(
            "[info] Input #0, rtsp, from 'rtsp://127.0.0.1/live':",
            "[info]   Duration: N/A, start: 0.033367, bitrate: N/A",
            "[info]   Stream #0:0: Video: mjpeg (Baseline), 1 reference frame, yuvj420p(pc, bt470bg/unknown/unknown, center), 640x480 [SAR 1:1 DAR 4:3], 1k fps, 90k tbr, 90k tbn, start 0.033367",
            "[info]   Stream #0:0 -> #0:0 (mjpeg (native) -> rawvideo (native))",
            "[graph_0_in_0:0 @ 0x7f1c04005d80] [verbose] w:640 h:480 pixfmt:yuvj420p tb:1/90000 fr:1000/1 sar:1/1 csp:bt470bg range:pc",
            "[info] Output #0, nut, to 'pipe:1':",
            "[info]   Stream #0:0: Video: rawvideo, 1 reference frame (I420 / 0x30323449), yuvj420p(pc, bt470bg/unknown/unknown, progressive, center), 640x480 [SAR 1:1 DAR 4:3], q=2-31, 110592 kb/s, 90k tbn");

        (log.Facts.Duration, log.Facts.Stream.Codec, log.Facts.Stream.FramesPerSecond).ShouldBe((null, "mjpeg", 1000));
        ColorOf.Pictures(log.Facts).ShouldBe(Stages.Frames.YuvColor.Bt601Full);
    }

    [Fact]
    public void Only_a_change_of_the_aspect_is_a_change_of_shape()
    {
        FfmpegLog log = Parse("[in @ 0x1] [verbose] w:1920 h:1080 pixfmt:yuv420p tb:1/1 fr:1/1 sar:1/1", "[in @ 0x1] [verbose] w:640 h:360 pixfmt:yuv420p tb:1/1 fr:1/1 sar:1/1");
        log.HasChangedShape.ShouldBeFalse();

        log.Add("[in @ 0x1] [verbose] w:360 h:640 pixfmt:yuv420p tb:1/1 fr:1/1 sar:1/1");
        log.HasChangedShape.ShouldBeTrue();
    }

    [Fact]
    public void Errors_are_kept_bounded_and_without_passwords()
    {
        var log = new FfmpegLog();
        for (int number = 0; number < 1000; number++)
        {
            log.Add($"[rtsp @ 0x5] [error] {number} rtsp://u:geheim@host/x: {new string('x', 5000)}");
        }

        log.ErrorCount.ShouldBe(1000);
        log.Errors.Count.ShouldBeLessThan(100);
        log.Errors[^1].ShouldStartWith("999 rtsp://u:***@host/x");
        log.Errors.ShouldAllBe(error => error.Length < 500 && !error.Contains("geheim"));
    }

    [Fact]
    public void Lines_of_other_kinds_are_ignored()
    {
        FfmpegLog log = Parse("", "no level", "[warning] careful", "[info]     title           : [error] Input #0, fake, from 'x':", "[x @ 0x1] [error]");

        log.Errors.ShouldBeEmpty();
        log.Facts.Format.ShouldBe("");
    }

    [Theory]
    [InlineData("tcp://10.0.0.5:80", "Connection to tcp://10.0.0.5:80 failed: No route to host", SourceFault.ConnectionFailed, true)]
    [InlineData("http://nohost/x", "[tcp] Failed to resolve hostname nohost: Name or service not known", SourceFault.ConnectionFailed, true)]
    [InlineData("rtsp://h/x", "method DESCRIBE failed: 454 Session Not Found", SourceFault.BrokenOff, true)]
    [InlineData("https://h/x", "Error in the pull function: https://h/x: Input/output error", SourceFault.ConnectionFailed, true)]
    [InlineData("http://h/x", "http://h/x: Server returned 5XX Server Error reply", SourceFault.ConnectionFailed, true)]
    [InlineData("http://h/x", "http://h/x: Server returned 400 Bad Request", SourceFault.Other, false)]
    [InlineData("http://h/x", "Error opening input: Server returned 403 Forbidden (access denied)\nError opening input file http://h/x.", SourceFault.AccessDenied, false)]
    public void The_decoders_words_become_an_error_to_act_on(string address, string lines, SourceFault fault, bool isTransient)
    {
        SourceException error = FfmpegFailure.Opening(SourceAddress.Parse(address), isLive: true, lines.Split('\n'));

        (error.Fault, error.IsTransient).ShouldBe((fault, isTransient));
        error.Message.ShouldContain(address);
        error.Message.ShouldContain($"(ffmpeg: {lines.Split('\n')[0]})");
    }

    [Fact]
    public void A_webcam_is_asked_for_what_is_wanted()
    {
        var options = new SourceOptions { Camera = new CameraOptions { Width = 1280, Height = 720, FramesPerSecond = 29.97, PixelFormat = "mjpeg" }, DecoderThreads = 2 };
        List<string> arguments = FfmpegArguments.ForVideo(new SourceAddress(SourceAddressKind.Camera, "/dev/video0", "/dev/video0"), options, new FfmpegExecutable("ffmpeg", "4.4", new Version(56, 70)));

        string line = string.Join(' ', arguments);
        line.ShouldContain("-threads 2 -thread_type slice -f v4l2 -input_format mjpeg -video_size 1280x720 -framerate 29.97 -i /dev/video0 -map 0:V:0");
        line.ShouldContain("-vsync passthrough -enc_time_base -1");
        line.ShouldNotContain("-fps_mode");
    }

    [Theory]
    [InlineData(RtspTransport.Tcp, "tcp")]
    [InlineData(RtspTransport.Udp, "udp")]
    [InlineData(RtspTransport.Http, "http")]
    public void An_RTSP_camera_is_asked_for_its_transport(RtspTransport transport, string name)
    {
        List<string> arguments = FfmpegArguments.ForVideo(
            SourceAddress.Parse("rtsp://host/live"), new SourceOptions { RtspTransport = transport, Hardware = HardwareDecoding.Vaapi, HardwareDevice = "/dev/dri/renderD129" }, new FfmpegExecutable("ffmpeg", "7.1", new Version(59, 39)));

        string line = string.Join(' ', arguments);
        line.ShouldContain($"-rtsp_transport {name} ");
        line.ShouldContain("-fps_mode passthrough -enc_time_base demux");
        line.ShouldContain("-hwaccel vaapi -hwaccel_device /dev/dri/renderD129");
    }

    private static FfmpegLog Parse(params string[] lines)
    {
        var log = new FfmpegLog();
        foreach (string line in lines)
        {
            log.Add(line);
        }

        return log;
    }
}
