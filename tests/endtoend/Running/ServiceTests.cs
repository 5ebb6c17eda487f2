using System.Text.Json;
using AuStream.EndToEnd.Tests.Programs;
using AuStream.Testing;

namespace AuStream.EndToEnd.Tests.Running;

public sealed class ServiceTests
{
    [Fact]
    public async Task A_consumer_in_another_process_gets_every_frame_of_a_file_and_the_end()
    {
        await using MosquittoFixture broker = await MosquittoFixture.StartAsync();
        using TemporaryFolder folder = new();
        GeneratedClip.Create(folder, "clip.mp4", seconds: 2);
        string config = Configure(folder, broker.Port, "  - { id: cam, source: clip.mp4 }");
        await using ReceivedMessages received = await ReceivedMessages.SubscribeAsync(broker.Port, "test/#");

        using RunningProgram program = RunningProgram.Start("run", "--config", config);
        int exitCode = await program.WaitForExitAsync();

        exitCode.ShouldBe(0, program.Output);
        await received.UntilAsync(messages => messages.On("cam/frames").Count == 50 && Status(messages) == "stopped");
        IReadOnlyList<JsonElement> frames = received.On("cam/frames");
        frames.Select(frame => frame.GetProperty("sequence").GetInt64()).ShouldBe(Enumerable.Range(0, 50).Select(i => (long)i));
        frames.Select(frame => Math.Round(frame.GetProperty("pts").GetDouble(), 2)).ShouldBe(Enumerable.Range(0, 50).Select(i => Math.Round(i * 0.04, 2)));
        frames.ShouldAllBe(frame => frame.GetProperty("faces").GetArrayLength() == 0);
        received.On("cam/status").ShouldContain(status => status.GetProperty("purpose").GetString() == "a test");
    }

    [Fact]
    public async Task Interrupting_ends_every_stream_in_order_with_exit_code_0_and_no_process_left()
    {
        await using MosquittoFixture broker = await MosquittoFixture.StartAsync();
        using TemporaryFolder folder = new();
        string clip = GeneratedClip.Create(folder, "endless clip.mp4", seconds: 2);
        string config = Configure(folder, broker.Port, "  - { id: one, source: 'endless clip.mp4', loop: true }\n  - { id: two, source: 'endless clip.mp4', loop: true }");
        await using ReceivedMessages received = await ReceivedMessages.SubscribeAsync(broker.Port, "test/#");

        using RunningProgram program = RunningProgram.Start("run", "--config", config);
        await received.UntilAsync(messages => messages.On("one/frames").Count > 60 && messages.On("two/frames").Count > 60);
        program.Interrupt();
        int exitCode = await program.WaitForExitAsync();

        exitCode.ShouldBe(0, program.Output);
        await received.UntilAsync(messages => Status(messages, "one") == "stopped" && Status(messages, "two") == "stopped");
        Decoders(clip).ShouldBeEmpty();
    }

    [Fact]
    public async Task Killing_the_program_makes_the_broker_say_offline_and_ends_the_decoder()
    {
        await using MosquittoFixture broker = await MosquittoFixture.StartAsync();
        using TemporaryFolder folder = new();
        string clip = GeneratedClip.Create(folder, "killed.mp4", seconds: 2);
        string config = Configure(folder, broker.Port, "  - { id: cam, source: killed.mp4, loop: true }");
        await using ReceivedMessages received = await ReceivedMessages.SubscribeAsync(broker.Port, "test/#");

        using RunningProgram program = RunningProgram.Start("run", "--config", config);
        await received.UntilAsync(messages => messages.On("cam/frames").Count > 10);
        program.Process.Kill(entireProcessTree: false);

        await received.UntilAsync(messages => Status(messages) == "offline");
        await UntilAsync(() => Decoders(clip).Count == 0);
    }

    [Fact]
    public async Task A_broker_that_dies_and_comes_back_is_published_to_again()
    {
        await using MosquittoFixture broker = await MosquittoFixture.StartAsync();
        using TemporaryFolder folder = new();
        GeneratedClip.Create(folder, "clip.mp4", seconds: 2);
        string config = Configure(folder, broker.Port, "  - { id: cam, source: clip.mp4, loop: true }");
        await using ReceivedMessages received = await ReceivedMessages.SubscribeAsync(broker.Port, "test/#");

        using RunningProgram program = RunningProgram.Start("run", "--config", config);
        await received.UntilAsync(messages => messages.On("cam/frames").Count > 10);
        broker.Kill();
        await broker.StartAgainAsync();
        int before = received.On("cam/frames").Count;
        await received.UntilAsync(messages => messages.On("cam/frames").Count > before + 20);
        program.Interrupt();

        (await program.WaitForExitAsync()).ShouldBe(0, program.Output);
    }

    [Fact]
    public async Task A_stream_that_cannot_be_read_fails_alone_and_is_said_in_the_exit_code()
    {
        await using MosquittoFixture broker = await MosquittoFixture.StartAsync();
        using TemporaryFolder folder = new();
        GeneratedClip.Create(folder, "clip.mp4", seconds: 1);
        string config = Configure(folder, broker.Port, "  - { id: cam, source: clip.mp4 }\n  - { id: gone, source: gone.mp4 }");
        await using ReceivedMessages received = await ReceivedMessages.SubscribeAsync(broker.Port, "test/#");

        using RunningProgram program = RunningProgram.Start("run", "--config", config);
        int exitCode = await program.WaitForExitAsync();

        exitCode.ShouldBe(66);
        program.Output.ShouldContain("gone.mp4");
        await received.UntilAsync(messages => messages.On("cam/frames").Count == 25);
    }

    [Fact]
    public async Task Check_starts_nothing()
    {
        using TemporaryFolder folder = new();
        string config = Configure(folder, 1, "  - { id: cam, source: gone.mp4 }");

        ProgramResult result = await AuStreamProgram.RunAsync("run", "--config", config, "--check");

        result.ExitCode.ShouldBe(0, result.Errors);
        result.Output.ShouldContain("1 stream");
    }

    private static string Configure(TemporaryFolder folder, int port, string streams) => folder.Write("run.yaml", $$"""
        purpose: a test
        state_folder: state
        broker: { host: 127.0.0.1, port: {{port}}, prefix: test }
        streams:
        {{streams}}
        """);

    private static string? Status(ReceivedMessages messages, string stream = "cam") =>
        messages.On(stream + "/status") is { Count: > 0 } statuses ? statuses[^1].GetProperty("status").GetString() : null;

    private static List<string> Decoders(string clip) =>
        [.. Directory.EnumerateDirectories("/proc").Where(folder => int.TryParse(Path.GetFileName(folder), out _)).Where(folder => CommandLineOf(folder).Contains(clip, StringComparison.Ordinal))];

    private static string CommandLineOf(string folder)
    {
        try
        {
            return File.ReadAllText(Path.Combine(folder, "cmdline"));
        }
        catch (IOException)
        {
            return "";
        }
    }

    private static async Task UntilAsync(Func<bool> condition)
    {
        using CancellationTokenSource limit = new(TimeSpan.FromSeconds(30));
        while (!condition())
        {
            await Task.Delay(50, limit.Token);
        }
    }
}
