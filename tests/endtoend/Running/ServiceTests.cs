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

    [Fact]
    public async Task A_lost_camera_degrades_readiness_not_liveness_and_the_other_stream_is_measured()
    {
        await using MosquittoFixture broker = await MosquittoFixture.StartAsync();
        using TemporaryFolder folder = new();
        GeneratedClip.Create(folder, "clip.mp4", seconds: 2);
        string config = Configure(folder, broker.Port, "  - { id: cam, source: clip.mp4, loop: true }\n  - { id: lost, source: 'rtsp://127.0.0.1:1/none' }\nhealth: { port: 0 }");

        using RunningProgram program = RunningProgram.Start("run", "--config", config);
        using HttpClient client = new() { BaseAddress = await HealthAddressAsync(program) };
        await UntilAsync(async () => await Metric(client, "austream_stream_frames_measured_total{stream=\"cam\"}") > 20);

        (await client.GetAsync("/livez")).IsSuccessStatusCode.ShouldBeTrue();
        HttpResponseMessage ready = await client.GetAsync("/readyz");
        ((int)ready.StatusCode).ShouldBe(503);
        (await ready.Content.ReadAsStringAsync()).ShouldContain("stream lost");
        (await Metric(client, "austream_stream_up{stream=\"cam\"}")).ShouldBe(1);
        (await Metric(client, "austream_stream_up{stream=\"lost\"}")).ShouldBe(0);
        (await Metric(client, "austream_sink_sent_total{stream=\"cam\",sink=\"mqtt\",kind=\"frame\"}")).ShouldBeGreaterThan(10);
        (await Metric(client, "austream_sink_bytes_total{stream=\"cam\",sink=\"mqtt\"}")).ShouldBeGreaterThan(1000);
        (await Metric(client, "austream_model_info{model=\"austream-base\",provider=\"cpu\"}")).ShouldBe(1);
        (await Metric(client, "austream_model_batch_size_count{model=\"face_detection_full_range\"}")).ShouldBeGreaterThan(0);
        program.Interrupt();
        (await program.WaitForExitAsync()).ShouldBe(0, program.Output);
    }

    [Fact]
    public async Task A_changed_file_starts_and_stops_streams_without_touching_the_others()
    {
        await using MosquittoFixture broker = await MosquittoFixture.StartAsync();
        using TemporaryFolder folder = new();
        GeneratedClip.Create(folder, "clip.mp4", seconds: 2);
        const string kept = "  - { id: kept, source: clip.mp4, loop: true }\n";
        string config = Configure(folder, broker.Port, kept + "  - { id: old, source: clip.mp4, loop: true }\nhealth: { port: 0 }");
        await using ReceivedMessages received = await ReceivedMessages.SubscribeAsync(broker.Port, "test/#");
        using RunningProgram program = RunningProgram.Start("run", "--config", config);
        await received.UntilAsync(messages => messages.On("kept/frames").Count > 5 && messages.On("old/frames").Count > 5);

        File.WriteAllText(config, "purpose: [");
        await program.WaitForOutputAsync("run on as before");
        Configure(folder, broker.Port, kept + "  - { id: new, source: clip.mp4, loop: true }\nhealth: { port: 0 }");
        await received.UntilAsync(messages => messages.On("new/frames").Count > 5 && Status(messages, "old") == "stopped");
        program.Interrupt();

        (await program.WaitForExitAsync()).ShouldBe(0, program.Output);
        received.On("kept/frames").Select(frame => frame.GetProperty("session").GetString()).Distinct().Count().ShouldBe(1);
    }

    [Fact]
    public async Task Systemd_is_told_that_the_service_is_ready_lives_and_stops()
    {
        await using MosquittoFixture broker = await MosquittoFixture.StartAsync();
        using TemporaryFolder folder = new();
        GeneratedClip.Create(folder, "clip.mp4", seconds: 2);
        string config = Configure(folder, broker.Port, "  - { id: cam, source: clip.mp4, loop: true }\nhealth: { enabled: false }");
        using NotifySocket systemd = new(Path.Combine(folder.Root, "notify"));

        using RunningProgram program = RunningProgram.Start(
            new Dictionary<string, string> { ["NOTIFY_SOCKET"] = systemd.Path, ["WATCHDOG_USEC"] = "400000" }, "run", "--config", config);
        await systemd.UntilAsync(messages => messages.Any(message => message.StartsWith("READY=1", StringComparison.Ordinal)) && messages.Count(message => message == "WATCHDOG=1") >= 3);
        program.Interrupt();

        (await program.WaitForExitAsync()).ShouldBe(0, program.Output);
        await systemd.UntilAsync(messages => messages.Contains("STOPPING=1"));
    }

    private static async Task<Uri> HealthAddressAsync(RunningProgram program)
    {
        const string before = "health and metrics at ";
        await program.WaitForOutputAsync(before);
        string line = program.Output[(program.Output.IndexOf(before, StringComparison.Ordinal) + before.Length)..];
        return new Uri(line[..line.IndexOf(':', line.IndexOf(':', "http://".Length) + 1)]);
    }

    private static async Task<double> Metric(HttpClient client, string series)
    {
        string[] lines = (await client.GetStringAsync("/metrics")).Split('\n');
        string? line = lines.FirstOrDefault(line => line.StartsWith(series + " ", StringComparison.Ordinal));
        return line is null ? double.NaN : double.Parse(line[(series.Length + 1)..], System.Globalization.CultureInfo.InvariantCulture);
    }

    private static async Task UntilAsync(Func<Task<bool>> condition)
    {
        using CancellationTokenSource limit = new(TimeSpan.FromSeconds(60));
        while (!await condition())
        {
            await Task.Delay(100, limit.Token);
        }
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
