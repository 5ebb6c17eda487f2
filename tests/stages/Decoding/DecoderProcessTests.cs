using System.Globalization;
using AuStream.Stages.Decoding;
using AuStream.Stages.Decoding.Ffmpeg;
using AuStream.Stages.Frames;
using static AuStream.Stages.Tests.Decoding.SourceReading;

namespace AuStream.Stages.Tests.Decoding;

/// <summary>No decoder outlives its use, however it ends.</summary>
[Collection(RunsAlone.Name)]
public sealed class DecoderProcessTests(TestClips clips) : IClassFixture<TestClips>
{
    private static readonly SourceOptions _endless = new() { Repeat = -1 };

    private string Clip => clips.MakeVideo("process.mp4", frames: 30);

    [Fact]
    public async Task A_source_read_to_its_end_leaves_no_process()
    {
        (await DecodeAsync(Clip)).Count.ShouldBe(30);

        Children().ShouldBeEmpty();
    }

    [Fact]
    public async Task A_source_that_is_left_early_leaves_no_process()
    {
        await using IFrameSource source = await OpenAsync(Clip, _endless);
        Children().ShouldHaveSingleItem();

        await source.ReadAllAsync(limit: 40);

        Children().ShouldBeEmpty();
    }

    [Fact]
    public async Task A_source_that_is_never_read_leaves_no_process()
    {
        IFrameSource source = await OpenAsync(Clip, _endless);

        await source.DisposeAsync();
        await source.DisposeAsync();

        Children().ShouldBeEmpty();
    }

    [Fact]
    public async Task Sources_leave_no_open_pipe()
    {
        string noise = clips.Write("noise.mp4", new byte[5000]);
        await DecodeAsync(Clip);
        int before = OpenPipes();

        for (int i = 0; i < 3; i++)
        {
            await DecodeAsync(Clip);
            await FailureAsync(noise);
        }

        // Not even until the next collection: hundreds of outages may come before it.
        OpenPipes().ShouldBeLessThanOrEqualTo(before);
    }

    [Fact]
    public async Task Cancelling_leaves_no_process_and_no_frame()
    {
        var pool = new FramePool();
        using var cancel = new CancellationTokenSource();
        await using IFrameSource source = await OpenAsync(Clip, _endless, pool);

        await Should.ThrowAsync<OperationCanceledException>(async () =>
        {
            await foreach (VideoFrame frame in source.ReadAsync(cancel.Token))
            {
                bool isEnough = frame.Envelope.Sequence == 35;
                frame.Dispose();
                if (isEnough)
                {
                    await cancel.CancelAsync();
                }
            }
        });

        Children().ShouldBeEmpty();
        pool.Rented.ShouldBe(0);
    }

    [Fact]
    public async Task Failures_leave_no_process()
    {
        await FailureAsync(clips.Write("noise.mp4", new byte[5000]));
        clips.Write("pictures/1.jpg", [0xFF, 0xD8, 0xFF, 0xE0, 0, 16, 1, 2, 3, 4, 5, 6, 7, 8]);
        await FailureAsync(Path.Combine(clips.Folder, "pictures"));

        Children().ShouldBeEmpty();
    }

    [Fact]
    public async Task A_decoder_that_is_killed_is_told()
    {
        await using IFrameSource source = await OpenAsync(Clip, _endless);
        int frames = 0;

        SourceException error = await Should.ThrowAsync<SourceException>(async () =>
        {
            await foreach (VideoFrame frame in source.ReadAsync(TestContext.Current.CancellationToken))
            {
                frame.Dispose();
                if (++frames == 10)
                {
                    TestClips.Run("kill", ["-9", Children().ShouldHaveSingleItem().ToString(CultureInfo.InvariantCulture)]);
                }
            }
        });

        error.Fault.ShouldBe(SourceFault.BrokenOff);
        error.Message.ShouldContain("signal 9");
        Children().ShouldBeEmpty();
    }

    [Fact]
    public async Task The_terminals_interrupt_does_not_reach_the_decoder()
    {
        if (!ChildProcessGuard.MakesGroup)
        {
            Assert.Skip("setsid is missing here");
        }

        await using IFrameSource source = await OpenAsync(Clip, _endless);
        int decoder = Children().ShouldHaveSingleItem();

        // Fields of /proc/…/stat after the name: state, parent, group, session.
        StatOf(decoder)[2].ShouldBe(decoder.ToString(CultureInfo.InvariantCulture));
        StatOf(decoder)[3].ShouldNotBe(StatOf(Environment.ProcessId)[3]);
    }

    [Fact]
    public async Task A_decoder_dies_with_the_thread_that_started_it()
    {
        FfmpegExecutable ffmpeg = await FfmpegExecutable.FindAsync(null, TestContext.Current.CancellationToken);
        FfmpegProcess? process = null;
        var starter = new Thread(() =>
        {
            process = FfmpegProcess.Start(
                ffmpeg, ["-nostdin", "-v", "error", "-re", "-f", "lavfi", "-i", "testsrc2=s=64x64", "-f", "nut", "-c:v", "rawvideo", "pipe:1"], new FfmpegLog());

            // The first byte comes from ffmpeg itself: the guard that asks the kernel for its end has done so by then.
            process.Output.ReadByte();
        });
        starter.Start();
        starter.Join();

        // As when this process is killed: its threads end, and nobody asks the decoder to.
        int exitCode = await Task.Run(process!.WaitForExit, TestContext.Current.CancellationToken).WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);
        exitCode.ShouldBe(128 + 9);
        process.Dispose();
        Children().ShouldBeEmpty();
    }

    [Fact]
    public async Task Decoding_allocates_nothing_per_frame()
    {
        string clip = clips.MakeVideo("steady.mp4", 160, 90, frames: 4000);
        await using IFrameSource source = await OpenAsync(clip);
        long before = 0;
        long after = 0;
        await foreach (VideoFrame frame in source.ReadAsync(TestContext.Current.CancellationToken))
        {
            long sequence = frame.Envelope.Sequence;
            frame.Dispose();
            if (sequence == 1000)
            {
                before = GC.GetTotalAllocatedBytes(precise: true);
            }
            else if (sequence == 3900)
            {
                after = GC.GetTotalAllocatedBytes(precise: true);
            }
        }

        // Not zero, since the runtime and the test's host allocate now and then.
        ((after - before) / 2900.0).ShouldBeLessThan(32);
    }

    /// <summary>Decoders of this process, zombies included.</summary>
    private static List<int> Children()
    {
        string parent = Environment.ProcessId.ToString(CultureInfo.InvariantCulture);
        return [.. Directory.GetDirectories("/proc")
            .Select(folder => int.TryParse(Path.GetFileName(folder), out int id) ? id : 0)
            .Where(id => id > 0 && StatOf(id) is [_, string parentOfIt, ..] && parentOfIt == parent)];
    }

    /// <summary>Ends of pipes that this process holds.</summary>
    private static int OpenPipes() => new DirectoryInfo("/proc/self/fd").GetFileSystemInfos().Count(file => file.LinkTarget?.StartsWith("pipe:", StringComparison.Ordinal) == true);

    private static string[] StatOf(int process)
    {
        try
        {
            string stat = File.ReadAllText($"/proc/{process}/stat");
            return stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        }
        catch (IOException)
        {
            return [];
        }
    }
}
