using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using AuStream.Stages.Decoding;
using AuStream.Stages.Frames;
using Microsoft.AspNetCore.Http;
using static AuStream.Stages.Tests.Decoding.SourceReading;

namespace AuStream.Stages.Tests.Decoding;

public sealed class LiveSourceTests(TestClips clips) : IClassFixture<TestClips>
{
    private static readonly SourceOptions _impatient = new() { OpenTimeout = TimeSpan.FromSeconds(20), StallTimeout = TimeSpan.FromSeconds(1) };

    private byte[] Jpeg => File.ReadAllBytes(clips.Make("camera.jpg", "-f lavfi -i testsrc2=s=64x48 -frames:v 1"));

    [Fact]
    public async Task A_camera_without_clock_is_timed_by_arrival()
    {
        byte[] jpeg = Jpeg;
        await using WebServer server = await WebServer.StartAsync(async (context, _) =>
        {
            await WebServer.SendPicturesAsync(context, jpeg, 8, TimeSpan.FromSeconds(0.02));
            await Task.Delay(500);
            await WebServer.SendPicturesAsync(context, jpeg, 4, TimeSpan.FromSeconds(0.02));
            await WebServer.KeepSilentAsync(context);
        });
        await using IFrameSource source = await OpenAsync($"http://{server.Authority}/video.mjpg");

        List<Picture> pictures = await source.ReadAllAsync(limit: 12);

        (source.Description.Kind, source.Description.Codec, source.Description.Duration).ShouldBe((SourceKind.Live, "mjpeg", null));
        long[] times = [.. pictures.Select(picture => picture.Envelope.PtsMicroseconds)];
        times[0].ShouldBe(0);
        times.ShouldBeInOrder(SortDirection.Ascending);
        long[] gaps = [.. times.Skip(1).Zip(times, (later, earlier) => later - earlier)];
        gaps.Max().ShouldBeGreaterThan(400_000);
        pictures.ShouldAllBe(picture => picture.Color == YuvColor.Bt601Full && picture.FileName == null);
    }

    [Theory]
    [InlineData(404, SourceFault.NotFound, false)]
    [InlineData(401, SourceFault.AccessDenied, false)]
    [InlineData(403, SourceFault.AccessDenied, false)]
    [InlineData(503, SourceFault.ConnectionFailed, true)]
    public async Task A_server_that_says_no_is_understood(int status, SourceFault fault, bool isTransient)
    {
        await using WebServer server = await WebServer.StartAsync((context, _) =>
        {
            context.Response.StatusCode = status;
            return Task.CompletedTask;
        });

        SourceException error = await FailureAsync($"http://admin:geheim@{server.Authority}/video");

        (error.Fault, error.IsTransient).ShouldBe((fault, isTransient));
        error.Message.ShouldContain($"http://admin:***@{server.Authority}/video");
        error.ToString().ShouldNotContain("geheim");
    }

    [Theory]
    [InlineData("http")]
    [InlineData("rtsp")]
    [InlineData("tcp")]
    public async Task A_refused_connection_may_pass(string scheme)
    {
        using var reserved = new Socket(SocketType.Stream, ProtocolType.Tcp);
        reserved.Bind(new IPEndPoint(IPAddress.Loopback, 0));

        SourceException error = await FailureAsync($"{scheme}://user:geheim@127.0.0.1:{((IPEndPoint)reserved.LocalEndPoint!).Port}/live");

        (error.Fault, error.IsTransient).ShouldBe((SourceFault.ConnectionFailed, true));
        error.Message.ShouldContain("refused");
        error.ToString().ShouldNotContain("geheim");
    }

    [Fact]
    public async Task A_server_that_accepts_and_sends_nothing_is_given_up()
    {
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();

        SourceException error = await FailureAsync($"tcp://127.0.0.1:{((IPEndPoint)silent.LocalEndpoint).Port}", new SourceOptions { OpenTimeout = TimeSpan.FromSeconds(0.4) });

        (error.Fault, error.IsTransient).ShouldBe((SourceFault.Stalled, true));
    }

    [Fact]
    public async Task A_camera_that_freezes_is_noticed()
    {
        byte[] jpeg = Jpeg;
        await using WebServer server = await WebServer.StartAsync(async (context, _) =>
        {
            await WebServer.SendPicturesAsync(context, jpeg, 12, TimeSpan.Zero);
            await WebServer.KeepSilentAsync(context);
        });
        var pool = new FramePool();
        await using IFrameSource source = await OpenAsync($"http://{server.Authority}/video.mjpg", _impatient, pool);
        int frames = 0;

        SourceException error = await Should.ThrowAsync<SourceException>(async () =>
        {
            await foreach (VideoFrame frame in source.ReadAsync(TestContext.Current.CancellationToken))
            {
                frames++;
                frame.Dispose();
            }
        });

        (error.Fault, error.IsTransient).ShouldBe((SourceFault.Stalled, true));
        frames.ShouldBe(12);
        pool.Rented.ShouldBe(0);
    }

    [Fact]
    public async Task No_frame_waits_for_the_ones_after_it()
    {
        byte[] jpeg = Jpeg;
        using var received = new SemaphoreSlim(0);
        await using WebServer server = await WebServer.StartAsync(async (context, _) =>
        {
            await WebServer.SendPicturesAsync(context, jpeg, 30, TimeSpan.FromMilliseconds(5));
            for (int picture = 0; picture < 10; picture++)
            {
                await received.WaitAsync(context.RequestAborted);
                await WebServer.SendPicturesAsync(context, jpeg, 1, TimeSpan.Zero);
            }

            await WebServer.KeepSilentAsync(context);
        });
        await using IFrameSource source = await OpenAsync($"http://{server.Authority}/video.mjpg", new SourceOptions { StallTimeout = TimeSpan.FromSeconds(10) });
        int frames = 0;

        // A decoder that holds back even one frame would never see the next one sent.
        await foreach (VideoFrame frame in source.ReadAsync(TestContext.Current.CancellationToken))
        {
            frame.Dispose();
            frames++;
            if (frames >= 30)
            {
                received.Release();
            }

            if (frames == 40)
            {
                break;
            }
        }

        frames.ShouldBe(40);
    }

    [Fact]
    public async Task A_slow_consumer_is_no_stall()
    {
        byte[] jpeg = Jpeg;
        await using WebServer server = await WebServer.StartAsync((context, _) => WebServer.SendPicturesAsync(context, jpeg, 12, TimeSpan.Zero));
        await using IFrameSource source = await OpenAsync($"http://{server.Authority}/video.mjpg", _impatient);
        await using IAsyncEnumerator<VideoFrame> frames = source.ReadAsync(TestContext.Current.CancellationToken).GetAsyncEnumerator();
        (await frames.MoveNextAsync()).ShouldBeTrue();
        frames.Current.Dispose();
        await Task.Delay(_impatient.StallTimeout * 1.5);

        for (int rest = 0; rest < 11; rest++)
        {
            (await frames.MoveNextAsync()).ShouldBeTrue();
            frames.Current.Dispose();
        }
    }

    [Fact]
    public async Task A_film_on_the_web_is_a_file()
    {
        string clip = clips.MakeVideo("web.mp4", frames: 20, encoder: "-c:v libx264 -preset ultrafast -movflags +faststart");
        await using WebServer server = await WebServer.ServeFolderAsync(clips.Folder);
        await using IFrameSource source = await OpenAsync($"http://{server.Authority}/web.mp4");

        List<Picture> pictures = await source.ReadAllAsync();

        (source.Description.Kind, source.Description.FrameCount).ShouldBe((SourceKind.File, 20L));
        pictures.Select(picture => picture.Envelope.PtsMicroseconds).ShouldBe(TestClips.ProbeMicroseconds(clip));
    }

    [Fact]
    public async Task Of_a_stream_in_several_qualities_the_best_is_taken()
    {
        string small = clips.MakeVideo("small.ts", 160, 90, frames: 30);
        clips.MakeVideo("large.ts", 320, 180, frames: 30);
        foreach (string quality in new[] { "small", "large" })
        {
            clips.Write(quality + ".m3u8", System.Text.Encoding.ASCII.GetBytes($"#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1.0,\n{quality}.ts\n#EXT-X-ENDLIST\n"));
        }

        clips.Write("both.m3u8", "#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=100000,RESOLUTION=160x90\nsmall.m3u8\n#EXT-X-STREAM-INF:BANDWIDTH=400000,RESOLUTION=320x180\nlarge.m3u8\n"u8.ToArray());
        await using WebServer server = await WebServer.ServeFolderAsync(clips.Folder);

        List<Picture> pictures = await DecodeAsync($"http://{server.Authority}/both.m3u8");

        pictures.Select(picture => picture.Envelope.PtsMicroseconds).ShouldBe(TestClips.ProbeMicroseconds(small));
        pictures.ShouldAllBe(picture => picture.Width == 320);
    }

    [Fact]
    public async Task A_picture_on_the_web_is_a_picture()
    {
        _ = Jpeg;
        await using WebServer server = await WebServer.ServeFolderAsync(clips.Folder);
        await using IFrameSource source = await OpenAsync($"http://{server.Authority}/camera.jpg?size=full");

        Picture picture = (await source.ReadAllAsync()).ShouldHaveSingleItem();

        source.Description.Kind.ShouldBe(SourceKind.Pictures);
        (picture.FileName, picture.Width, picture.Color).ShouldBe(("camera.jpg", 64, YuvColor.Bt601Full));
    }

    [Fact]
    public async Task Datagrams_are_received()
    {
        using var probe = new UdpClient(new IPEndPoint(IPAddress.Loopback, 0));
        int port = ((IPEndPoint)probe.Client.LocalEndPoint!).Port;
        probe.Close();
        Task<IFrameSource> opening = OpenAsync($"udp://127.0.0.1:{port}", _impatient);
        using Process sender = Process.Start("ffmpeg", $"-nostdin -v error -re -f lavfi -i testsrc2=s=160x90:r=30 -c:v mpeg2video -g 10 -f mpegts udp://127.0.0.1:{port}?pkt_size=1316");
        await using IFrameSource source = await opening;
        await using IAsyncEnumerator<VideoFrame> frames = source.ReadAsync(TestContext.Current.CancellationToken).GetAsyncEnumerator();
        long last = -1;
        for (int count = 0; count < 10; count++)
        {
            (await frames.MoveNextAsync()).ShouldBeTrue();
            (frames.Current.Width, frames.Current.Height).ShouldBe((160, 90));
            frames.Current.Envelope.PtsMicroseconds.ShouldBeGreaterThan(last);
            last = frames.Current.Envelope.PtsMicroseconds;
            frames.Current.Dispose();
        }

        sender.Kill();
        await sender.WaitForExitAsync();

        SourceException error = await Should.ThrowAsync<SourceException>(async () =>
        {
            while (await frames.MoveNextAsync())
            {
                frames.Current.Dispose();
            }
        });
        error.Fault.ShouldBe(SourceFault.Stalled);
    }

    [Fact]
    public async Task An_RTSP_camera_keeps_the_times_that_it_sends()
    {
        (IReadOnlyList<byte[][]> units, uint[] times) = MakeRtp();
        await using var server = new RtspServer(units, times, "admin:geheim");
        await using IFrameSource source = await OpenAsync($"rtsp://admin:geheim@127.0.0.1:{server.Port}/live");
        List<long> seen = [];

        await Should.ThrowAsync<SourceException>(async () =>
        {
            await foreach (VideoFrame frame in source.ReadAsync(TestContext.Current.CancellationToken))
            {
                seen.Add(frame.Envelope.PtsMicroseconds);
                frame.Dispose();
            }

            throw new SourceException("the stream ended");
        });

        source.Description.Kind.ShouldBe(SourceKind.Live);
        source.Description.Uri.ShouldBe($"rtsp://admin:***@127.0.0.1:{server.Port}/live");

        // The first picture is left out: ffmpeg loses its time.
        seen.ShouldBe(times.Skip(1).Select(time => (long)Math.Round((time - times[1]) * 1_000_000m / 90_000, MidpointRounding.AwayFromZero)));
    }

    [Theory]
    [InlineData("/nowhere", "admin:geheim@", SourceFault.NotFound)]
    [InlineData("/live", "admin:falsch@", SourceFault.AccessDenied)]
    [InlineData("/live", "", SourceFault.AccessDenied)]
    public async Task An_RTSP_camera_that_says_no_is_understood(string path, string credentials, SourceFault fault)
    {
        await using var server = new RtspServer([], [], "admin:geheim");

        SourceException error = await FailureAsync($"rtsp://{credentials}127.0.0.1:{server.Port}{path}");

        (error.Fault, error.IsTransient).ShouldBe((fault, false));
        error.ToString().ShouldNotContain("geheim");
        error.ToString().ShouldNotContain("falsch");
    }

    private (IReadOnlyList<byte[][]> Units, uint[] Times) MakeRtp()
    {
        string raw = clips.MakeVideo("camera.h264", 160, 90, frames: 40, encoder: "-c:v libx264 -preset ultrafast -tune zerolatency -x264-params slices=1:repeat-headers=1 -g 10 -f h264");
        IReadOnlyList<byte[][]> units = RtspServer.SplitPictures(File.ReadAllBytes(raw));
        units.Count.ShouldBe(40);

        // As irregular as a camera that lengthens its exposure in the dark.
        return (units, [.. Enumerable.Range(0, 40).Select(n => (uint)(123_456 + (n * 3000) + (n * n * 37 % 900)))]);
    }
}
