using System.Text;
using System.Text.Json;
using AuStream.EndToEnd.Tests.Programs;
using AuStream.Pipeline.Auditing;
using AuStream.Stages.Brokers;
using AuStream.Stages.Brokers.Mosquitto;
using AuStream.Testing;

namespace AuStream.EndToEnd.Tests.Publishing;

/// <summary>What <c>austream run</c> publishes, records and obeys, seen from outside.</summary>
public sealed class PublishingServiceTests
{
    private static readonly string Clip = Path.Combine(SharedMedia.RepositoryRoot, "pipeline", "Demonstrating", "clips", "demo.mp4");

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_stream_whose_source_never_opened_says_so_and_is_recorded()
    {
        await using MosquittoFixture broker = await MosquittoFixture.StartAsync();
        using TemporaryFolder folder = new();
        string config = Configure(folder, broker.Port, "", "  - { id: gone, source: gone.mp4 }");
        await using ReceivedMessages received = await ReceivedMessages.SubscribeAsync(broker.Port, "test/#");

        using RunningProgram program = RunningProgram.Start("run", "--config", config);
        (await program.WaitForExitAsync()).ShouldBe(66, program.Output);

        await received.UntilAsync(messages => messages.On("gone/status").Count >= 2);
        received.On("gone/status").Select(status => Text(status, "status")).ShouldBe(["starting", "stopped"]);
        Text(received.On("gone/status")[^1], "reason").ShouldContain("gone.mp4");
        string[] audit = await File.ReadAllLinesAsync(folder.PathOf("state/audit.jsonl"), Stop);
        audit.Select(line => Text(JsonDocument.Parse(line).RootElement, "what")).ShouldBe(["start", "session_started", "status", "session_ended", "stop"]);
        JsonElement start = JsonDocument.Parse(audit[0]).RootElement;
        Text(start, "purpose").ShouldBe("a test");
        Text(start, "configuration_sha256").ShouldBe(Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(await File.ReadAllBytesAsync(config, Stop))));
        Text(start, "model_sha256").Length.ShouldBe(64);
        AuditLog.FindBreak(audit).ShouldBeNull();
    }

    [Fact]
    public async Task Events_measured_while_the_broker_was_away_are_published_by_the_next_run()
    {
        int port = MosquittoFixture.FreePort();
        using TemporaryFolder folder = new();
        string config = Configure(folder, port, "privacy: { mode: events-only }", $"  - {{ id: cam, source: '{Clip}', max_faces: 1 }}");
        ProgramResult alone = await AuStreamProgram.RunAsync("run", "--config", config);
        alone.ExitCode.ShouldBe(0, alone.Errors);
        alone.Errors.ShouldContain("were not delivered before the end");

        await using MosquittoFixture broker = await MosquittoFixture.StartAsync();
        await using ReceivedMessages received = await ReceivedMessages.SubscribeAsync(broker.Port, "test/#");
        await File.WriteAllTextAsync(config, (await File.ReadAllTextAsync(config, Stop)).Replace($"port: {port}", $"port: {broker.Port}", StringComparison.Ordinal), Stop);
        ProgramResult second = await AuStreamProgram.RunAsync("run", "--config", config);
        second.ExitCode.ShouldBe(0, second.Errors);

        await received.UntilAsync(messages => messages.On("cam/status").Any(status => Text(status, "status") == "stopped"));
        string[] sessions = [.. received.On("cam/events").Select(one => Text(one, "session")).Distinct()];
        sessions.Length.ShouldBe(2);
        sessions.ShouldBe(sessions.Order(StringComparer.Ordinal));
        foreach (string session in sessions)
        {
            JsonElement[] events = [.. received.On("cam/events").Where(one => Text(one, "session") == session)];
            events.Select(one => one.GetProperty("number").GetInt64()).ShouldBe(Enumerable.Range(1, events.Length).Select(i => (long)i));
            events.Count(one => Text(one, "phase") == "start").ShouldBe(events.Count(one => Text(one, "phase") == "end"));
        }

        received.On("cam/frames").ShouldBeEmpty("events-only");
        Text(received.On("cam/status")[^1], "privacy").ShouldBe("events-only");
    }

    [Fact]
    public async Task Commands_stop_and_start_a_stream_and_are_answered_and_recorded()
    {
        await using MosquittoFixture broker = await MosquittoFixture.StartAsync();
        using TemporaryFolder folder = new();
        GeneratedClip.Create(folder, "clip.mp4", seconds: 2);
        string config = Configure(folder, broker.Port, "commands: [ stop, start ]", "  - { id: cam, source: clip.mp4, loop: true }");
        await using ReceivedMessages received = await ReceivedMessages.SubscribeAsync(broker.Port, "test/#");
        using RunningProgram program = RunningProgram.Start("run", "--config", config);
        await received.UntilAsync(messages => messages.On("cam/frames").Count > 10);
        await program.WaitForOutputAsync("listens for commands");

        await SendAsync(broker.Port, """{"schema":"austream.command/1","id":"1","command":"stop"}""");
        await received.UntilAsync(messages => messages.On("cam/replies").Count == 1);
        await received.UntilAsync(messages => Text(messages.On("cam/status")[^1], "status") == "stopped");
        Text(received.On("cam/status")[^1], "reason").ShouldBe("stopped by a command");
        int frames = received.On("cam/frames").Count;
        await SendAsync(broker.Port, """{"schema":"austream.command/1","id":"2","command":"set_threshold","action_unit":"AU12","threshold":2}""");
        await SendAsync(broker.Port, """{"schema":"austream.command/1","id":"3","command":"start"}""");
        await received.UntilAsync(messages => messages.On("cam/frames").Count > frames + 10);

        received.On("cam/replies").Select(reply => Text(reply, "status")).ShouldBe(["done", "rejected", "done"]);
        received.On("cam/status").Select(status => Text(status, "session")).Distinct().Count().ShouldBe(2);
        program.Interrupt();
        (await program.WaitForExitAsync()).ShouldBe(0, program.Output);
        string[] audit = await File.ReadAllLinesAsync(folder.PathOf("state/audit.jsonl"), Stop);
        audit.Count(line => line.Contains("\"what\":\"command\"", StringComparison.Ordinal)).ShouldBe(2);
        AuditLog.FindBreak(audit).ShouldBeNull();
    }

    [Fact]
    public async Task Commands_change_how_a_stream_measures()
    {
        await using MosquittoFixture broker = await MosquittoFixture.StartAsync();
        using TemporaryFolder folder = new();
        string config = Configure(folder, broker.Port, "commands: [ set_threshold, enrol_neutral ]", $"  - {{ id: cam, source: '{Clip}', max_faces: 1, loop: true }}");
        await using ReceivedMessages received = await ReceivedMessages.SubscribeAsync(broker.Port, "test/#");
        using RunningProgram program = RunningProgram.Start("run", "--config", config);
        await program.WaitForOutputAsync("listens for commands");
        await received.UntilAsync(messages => messages.On("cam/frames").Any(HasPresence));

        await SendAsync(broker.Port, """{"schema":"austream.command/1","id":"1","command":"set_threshold","action_unit":"AU12","threshold":0.01}""");
        await SendAsync(broker.Port, """{"schema":"austream.command/1","id":"2","command":"set_threshold","action_unit":"AU99","threshold":1}""");
        await SendAsync(broker.Port, """{"schema":"austream.command/1","id":"3","command":"enrol_neutral"}""");
        await received.UntilAsync(messages => messages.On("cam/replies").Count == 3);
        received.On("cam/replies").Take(2).Select(reply => Text(reply, "status")).ShouldBe(["done", "failed"]);
        JsonElement enrolment = received.On("cam/replies")[2];
        (Text(enrolment, "status") == "done" || Text(enrolment, "reason").Length > 0).ShouldBeTrue(enrolment.ToString());
        int before = received.On("cam/frames").Count;
        await received.UntilAsync(messages => messages.On("cam/frames").Count > before + 30);
        JsonElement[] smiles = [.. received.On("cam/frames").Skip(before + 5).SelectMany(Smiles)];
        smiles.ShouldNotBeEmpty();
        foreach (JsonElement unit in smiles.Where(unit => Math.Abs(unit.GetProperty("intensity").GetDouble() - 0.01) > 0.001))
        {
            unit.GetProperty("presence").GetBoolean().ShouldBe(unit.GetProperty("intensity").GetDouble() > 0.01, unit.ToString());
        }

        received.On("cam/events").Where(one => Text(one, "end_reason") == "threshold_changed").ShouldAllBe(one => Text(one, "phase") == "end");

        static IEnumerable<JsonElement> Smiles(JsonElement frame) =>
            from face in frame.GetProperty("faces").EnumerateArray()
            where face.TryGetProperty("action_units", out _)
            select face.GetProperty("action_units").GetProperty("AU12");
        static bool HasPresence(JsonElement frame) => Smiles(frame).Any();
    }

    [Fact]
    public async Task In_the_aggregate_mode_nothing_is_published_or_written_about_a_single_face()
    {
        await using MosquittoFixture broker = await MosquittoFixture.StartAsync();
        using TemporaryFolder folder = new();
        string config = Configure(
            folder, broker.Port, "privacy: { mode: aggregate, interval_seconds: 1 }\noutput_folder: out\noutput_messages: true", $"  - {{ id: cam, source: '{Clip}', max_faces: 1 }}");
        await using ReceivedMessages received = await ReceivedMessages.SubscribeAsync(broker.Port, "test/#");
        ProgramResult result = await AuStreamProgram.RunAsync("run", "--config", config);
        result.ExitCode.ShouldBe(0, result.Errors);
        await received.UntilAsync(messages => messages.On("cam/status").Any(status => Text(status, "status") == "stopped"));

        // One person is no group: frames were measured, and nothing is told.
        received.On("cam/stats").ShouldAllBe(stats => !HasField(stats, "faces"));
        received.On("cam/frames").Concat(received.On("cam/events")).Concat(received.On("cam/groups")).ShouldBeEmpty();
        string[] files = [.. Directory.EnumerateFiles(folder.PathOf("out"), "*", SearchOption.AllDirectories).Select(file => Path.GetFileName(file)!).Order()];
        files.Except(["stats.jsonl"]).ShouldBe(["status.jsonl"]);
    }

    [Fact]
    public async Task Binary_messages_are_published_and_files_stay_text()
    {
        await using MosquittoFixture broker = await MosquittoFixture.StartAsync();
        await using MosquittoBus consumer = new(new MosquittoBusOptions { Host = "127.0.0.1", Port = broker.Port });
        await consumer.ConnectAsync(Stop);
        List<AuStream.Stages.Messages.Binary.Frame> frames = [];
        await consumer.SubscribeAsync("test/cam/frames", QualityOfService.AtLeastOnce, message => frames.Add(AuStream.Stages.Messages.Binary.Frame.Parser.ParseFrom(message.Payload)), Stop);
        using TemporaryFolder folder = new();
        GeneratedClip.Create(folder, "clip.mp4", seconds: 1);
        string config = Configure(folder, broker.Port, "encoding: protobuf\noutput_folder: out\noutput_messages: true", "  - { id: cam, source: clip.mp4 }", "frame_qos: 1");
        ProgramResult result = await AuStreamProgram.RunAsync("run", "--config", config);
        result.ExitCode.ShouldBe(0, result.Errors);
        frames.Select(frame => frame.Sequence).ShouldBe(Enumerable.Range(0, 25).Select(i => (long)i));
        string written = Directory.EnumerateFiles(folder.PathOf("out"), "frames.jsonl", SearchOption.AllDirectories).ShouldHaveSingleItem();
        (await File.ReadAllLinesAsync(written, Stop)).Length.ShouldBe(25);
    }

    [Fact]
    public async Task After_a_kill_the_files_hold_everything_up_to_the_last_second()
    {
        await using MosquittoFixture broker = await MosquittoFixture.StartAsync();
        using TemporaryFolder folder = new();
        string config = Configure(folder, broker.Port, "output_folder: out\noutput_messages: true", $"  - {{ id: cam, source: '{Clip}', max_faces: 1, loop: true }}");
        await using ReceivedMessages received = await ReceivedMessages.SubscribeAsync(broker.Port, "test/#");
        using RunningProgram program = RunningProgram.Start("run", "--config", config);
        await received.UntilAsync(messages => messages.On("cam/events").Count(one => Text(one, "phase") == "end") >= 4 && Pts(messages) > 5);
        program.Process.Kill(entireProcessTree: true);
        await program.Process.WaitForExitAsync(Stop);
        await received.UntilAsync(messages => Text(messages.On("cam/status")[^1], "status") == "offline");
        double last = Pts(received);

        string Read(string name) => File.ReadAllText(Directory.EnumerateFiles(folder.PathOf("out"), name, SearchOption.AllDirectories).ShouldHaveSingleItem());
        string csv = Read("frames.csv");
        csv.ShouldEndWith("\n");
        double.Parse(csv.TrimEnd().Split('\n')[^1].Split(',')[2], System.Globalization.CultureInfo.InvariantCulture).ShouldBeGreaterThan(last - 1);
        string lines = Read("frames.jsonl");
        lines.ShouldEndWith("\n");
        JsonDocument.Parse(lines.TrimEnd().Split('\n')[^1]).RootElement.GetProperty("pts").GetDouble().ShouldBeGreaterThan(last - 1);
        JsonElement[] ended = [.. received.On("cam/events").Where(one => Text(one, "phase") == "end")];
        string table = Read("events.tsv");
        ended.ShouldAllBe(one => table.Contains(Text(one, "event")));
        JsonElement[] settled = [.. ended.Where(one => one.GetProperty("pts").GetDouble() < last - 1)];
        settled.ShouldNotBeEmpty();
        string eaf = Read("annotations.eaf");
        System.Xml.Linq.XDocument.Parse(eaf).Descendants("ALIGNABLE_ANNOTATION").Count().ShouldBeGreaterThanOrEqualTo(settled.Length);
        string events = Read("events.jsonl");
        received.On("cam/events").Where(one => Text(one, "kind") == "action_unit").ShouldAllBe(one => events.Contains($"\"event\":\"{Text(one, "event")}\""));
    }

    [Fact]
    public async Task A_state_folder_that_cannot_be_written_is_refused_by_name()
    {
        using TemporaryFolder folder = new();
        folder.Write("state", "not a folder");
        string config = Configure(folder, 1, "", "  - { id: cam, source: gone.mp4 }");
        ProgramResult result = await AuStreamProgram.RunAsync("run", "--config", config);
        result.ExitCode.ShouldBe(1);
        result.Errors.ShouldContain("audit log");
        result.Errors.ShouldContain(folder.PathOf("state"));
    }

    [Fact]
    public async Task A_spool_that_cannot_be_written_is_said_in_the_status_and_measuring_goes_on()
    {
        await using MosquittoFixture broker = await MosquittoFixture.StartAsync();
        using TemporaryFolder folder = new();
        folder.Write("state/events.spool/in the way", "");
        GeneratedClip.Create(folder, "clip.mp4", seconds: 1);
        string config = Configure(folder, broker.Port, "", "  - { id: cam, source: clip.mp4 }");
        await using ReceivedMessages received = await ReceivedMessages.SubscribeAsync(broker.Port, "test/#");
        ProgramResult result = await AuStreamProgram.RunAsync("run", "--config", config);
        result.ExitCode.ShouldBe(0, result.Errors);
        await received.UntilAsync(messages => messages.On("cam/frames").Count == 25);
        received.On("cam/status").ShouldContain(status => Text(status, "status") == "degraded" && Text(status, "reason").Contains("memory only", StringComparison.Ordinal));
    }

    private static string Configure(TemporaryFolder folder, int port, string further, string streams, string broker = "keep_alive_seconds: 15") => folder.Write("run.yaml", $$"""
        purpose: a test
        state_folder: state
        broker: { host: 127.0.0.1, port: {{port}}, prefix: test, {{broker}} }
        {{further}}
        streams:
        {{streams}}
        """);

    private static async Task SendAsync(int port, string command)
    {
        await using MosquittoBus bus = new(new MosquittoBusOptions { Host = "127.0.0.1", Port = port });
        await bus.ConnectAsync(Stop);
        BusRoute route = new() { Topic = "test/cam/commands", QualityOfService = QualityOfService.AtLeastOnce };
        await bus.PublishAsync(route, Encoding.UTF8.GetBytes(command), Stop);
    }

    private static bool HasField(JsonElement message, string name) => message.TryGetProperty(name, out _);

    private static double Pts(ReceivedMessages messages) => messages.On("cam/frames") is { Count: > 0 } frames ? frames[^1].GetProperty("pts").GetDouble() : 0;

    private static string Text(JsonElement message, string name) => message.TryGetProperty(name, out JsonElement value) ? value.GetString() ?? "" : "";
}
