using System.Diagnostics;
using System.Text.Json.Nodes;
using AuStream.EndToEnd.Tests.Programs;
using AuStream.Stages.Tests.Brokers.Dapr;
using AuStream.Testing;

namespace AuStream.EndToEnd.Tests.Publishing;

/// <summary><c>austream run</c> beside a sidecar as Dapr describes its API.</summary>
public sealed class DaprServiceTests
{
    [Fact]
    public async Task A_stream_is_published_as_cloud_events_with_its_status_first_and_last()
    {
        await using DaprServer dapr = await DaprServer.StartAsync();
        using TemporaryFolder folder = new();
        GeneratedClip.Create(folder, "clip.mp4", seconds: 1);
        string config = folder.Write("run.yaml", $$"""
            purpose: a test
            state_folder: state
            dapr: { pubsub: pubsub, http_port: {{dapr.Port}}, topic_separator: . }
            streams:
              - { id: cam, source: clip.mp4, realtime: true }
            """);
        ProgramResult result = await AuStreamProgram.RunAsync("run", "--config", config);
        result.ExitCode.ShouldBe(0, result.Errors);
        string[] statuses = [.. dapr.Events.Where(one => one.Topic == "austream.cam.status").Select(one => one.Event["data"]!["status"]!.GetValue<string>())];
        statuses[0].ShouldBe("starting");
        statuses[^1].ShouldBe("stopped");
        JsonNode[] frames = [.. dapr.Events.Where(one => one.Topic == "austream.cam.frames").Select(one => one.Event)];
        frames.Length.ShouldBeGreaterThan(10);
        frames.ShouldAllBe(frame => frame["type"]!.GetValue<string>() == "austream.frame/1" && frame["source"]!.GetValue<string>() == "austream/local/cam");
        result.Errors.ShouldNotContain("publishing to mqtt");
    }

    [Fact]
    public async Task A_brokers_password_comes_from_a_secret_store_and_is_printed_nowhere()
    {
        await using DaprServer dapr = await DaprServer.StartAsync();
        dapr.Secrets["mqtt-password"] = new() { ["mqtt-password"] = "correct horse" };
        await using MosquittoFixture broker = await MosquittoFixture.StartAsync((brokerFolder, _) =>
        {
            string path = Path.Combine(brokerFolder, "passwords");
            using Process tool = Process.Start(MosquittoFixture.RequireTool("mosquitto_passwd"), ["-b", "-c", path, "austream", "correct horse"]);
            tool.WaitForExit();
            return $"allow_anonymous false\npassword_file {path}";
        });
        using TemporaryFolder folder = new();
        GeneratedClip.Create(folder, "clip.mp4", seconds: 1);
        string config = folder.Write("run.yaml", $$"""
            purpose: a test
            state_folder: state
            broker: { host: 127.0.0.1, port: {{broker.Port}}, user: austream, password_dapr_secret: mqtt-password }
            dapr: { secret_store: vault, http_port: {{dapr.Port}} }
            streams:
              - { id: cam, source: clip.mp4 }
            """);
        ProgramResult result = await AuStreamProgram.RunAsync("run", "--config", config);
        result.ExitCode.ShouldBe(0, result.Errors);
        result.Errors.ShouldContain("Connected");
        string audit = await File.ReadAllTextAsync(folder.PathOf("state/audit.jsonl"), TestContext.Current.CancellationToken);
        $"{result.Errors}{result.Output}{audit}".ShouldNotContain("horse");
    }
}
