using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using AuStream.EndToEnd.Tests.Programs;
using AuStream.Stages.Brokers;
using AuStream.Stages.Brokers.Mosquitto;
using AuStream.Testing;

namespace AuStream.EndToEnd.Tests.Publishing;

/// <summary>
/// Events at QoS 1 through kills of the broker and of the publisher: none lost, order kept, duplicates identifiable. The broker is a
/// real one and is killed (SIGKILL); AUSTREAM_FULL_PROOF=1 runs the full size.
/// </summary>
public sealed class NothingLostTests
{
    private static readonly bool IsFull = Environment.GetEnvironmentVariable("AUSTREAM_FULL_PROOF") == "1";
    private static readonly int EventCount = IsFull ? 10_000 : 2_000;
    private static readonly int BrokerKills = IsFull ? 20 : 5;
    private static readonly int PublisherKills = IsFull ? 5 : 2;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Events_survive_kills_of_the_broker_and_of_the_publisher_in_order()
    {
        // What the broker acknowledged is in the consumer's socket: nothing is held back at the broker, which forgets when it is killed.
        await using MosquittoFixture broker = await MosquittoFixture.StartAsync((_, _) => "allow_anonymous true\nmax_inflight_messages 0");
        using TcpRelay network = new(broker.Port);
        using TemporaryFolder folder = new();
        List<Received> received = [];
        long started = Stopwatch.GetTimestamp();
        MosquittoBus consumer = await ConsumeAsync(broker.Port, received);
        RunningProgram publisher = Publish(network.Port, folder);
        int sessions = 1;
        for (int step = 0; step < BrokerKills; step++)
        {
            await UntilAsync(() => Count(received) >= (step + 1) * EventCount / (BrokerKills + 2) || publisher.Process.HasExited);
            broker.Kill();
            network.Cut();
            if (step % (BrokerKills / PublisherKills) == 0 && sessions <= PublisherKills)
            {
                // Killed while the broker is away: whatever it measures meanwhile is on disk only.
                await Task.Delay(100, Stop);
                publisher.Process.Kill(entireProcessTree: true);
                publisher.Dispose();
                publisher = Publish(network.Port, folder);
                sessions++;
                await Task.Delay(300, Stop);
            }

            await consumer.DisposeAsync();
            await broker.StartAgainAsync();
            consumer = await ConsumeAsync(broker.Port, received);
            network.Mend();
        }

        (await publisher.WaitForExitAsync()).ShouldBe(0, publisher.Output);
        await UntilAsync(() => Distinct(received) >= EventCount);
        await consumer.DisposeAsync();
        publisher.Dispose();

        Received[] all = [.. received];
        Received[] first = [.. all.DistinctBy(one => (one.Session, one.Number))];
        TestContext.Current.TestOutputHelper?.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{EventCount} events, {BrokerKills} broker kills, {sessions - 1} publisher kills: {first.Length} distinct, {all.Length - first.Length} duplicates, {Stopwatch.GetElapsedTime(started).TotalSeconds:F1} s"));
        sessions.ShouldBe(PublisherKills + 1);
        first.Select(one => one.Position).ShouldBe(Enumerable.Range(0, EventCount).Select(i => (long)i), "none is lost, and the first copies come in order");
        foreach (IGrouping<(string, long), Received> copies in all.GroupBy(one => (one.Session, one.Number)))
        {
            copies.Select(copy => copy.Text).Distinct().Count().ShouldBe(1, "a duplicate is the same message to the byte");
        }

        foreach (IGrouping<string, Received> session in first.GroupBy(one => one.Session))
        {
            session.Select(one => one.Number).ShouldBe(Enumerable.Range(1, session.Count()).Select(i => (long)i), "numbers have no gaps");
        }

        first.Select(one => one.Event).Distinct().Count().ShouldBe(EventCount);
        first.Select(one => one.Event).ShouldBe(first.Select(one => one.Event).Order(StringComparer.Ordinal), "ids sort in the order of the events, over restarts too");
    }

    [Fact]
    public async Task Two_thousand_messages_per_second_are_published_with_bounded_memory()
    {
        MosquittoFixture.RequireTool("mosquitto");
        ProgramResult result = await AuStreamProgram.RunAsync("bench-messages", "--frames", "1900", "--events", "100", "--seconds", "6", "--json");
        result.ExitCode.ShouldBe(0, result.Errors);
        TestContext.Current.TestOutputHelper?.WriteLine(result.Output);
        JsonElement report = JsonDocument.Parse(result.Output).RootElement;

        // The bounds leave room for a machine that others use too; docs/benchmarks.md has what an idle one does.
        report.GetProperty("messages_per_second").GetDouble().ShouldBeGreaterThan(1000);
        report.GetProperty("events_lost").GetInt64().ShouldBe(0);
        report.GetProperty("events_delivered").GetInt64().ShouldBeGreaterThan(500);
        double growth = report.GetProperty("memory_megabytes_late").GetDouble() - report.GetProperty("memory_megabytes_early").GetDouble();
        growth.ShouldBeLessThan(40);
    }

    private static RunningProgram Publish(int port, TemporaryFolder folder) => RunningProgram.Start(
        "bench-messages", "--broker", "127.0.0.1", "--port", $"{port}", "--prefix", "proof", "--frames", "0", "--events", IsFull ? "600" : "500",
        "--seconds", "0", "--count", $"{EventCount}", "--state", folder.PathOf("state"));

    private static async Task<MosquittoBus> ConsumeAsync(int port, List<Received> received)
    {
        // MQTT 3.1.1, which has no limit on what is under way to a receiver: the broker passes on at once what it acknowledges.
        MosquittoBus consumer = new(new MosquittoBusOptions { Host = "127.0.0.1", Port = port, Version = MqttVersion.V311 });
        await consumer.ConnectAsync(Stop);
        await consumer.SubscribeAsync("proof/+/events", QualityOfService.AtLeastOnce, message => Take(message, received), Stop);
        return consumer;
    }

    private static void Take(ReceivedMessage message, List<Received> received)
    {
        string text = System.Text.Encoding.UTF8.GetString(message.Payload);
        using JsonDocument json = JsonDocument.Parse(text);
        JsonElement root = json.RootElement;
        lock (received)
        {
            received.Add(new Received(
                root.GetProperty("session").GetString()!,
                root.GetProperty("number").GetInt64(),
                root.GetProperty("event").GetString()!,
                (long)Math.Round(root.GetProperty("pts").GetDouble() * 1_000_000),
                text));
        }
    }

    private static int Count(List<Received> received)
    {
        lock (received)
        {
            return received.Count;
        }
    }

    private static int Distinct(List<Received> received)
    {
        lock (received)
        {
            return received.Select(one => one.Position).Distinct().Count();
        }
    }

    private static async Task UntilAsync(Func<bool> condition)
    {
        using CancellationTokenSource limit = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        limit.CancelAfter(TimeSpan.FromSeconds(60));
        while (!condition())
        {
            await Task.Delay(5, limit.Token);
        }
    }

    private sealed record Received(string Session, long Number, string Event, long Position, string Text);
}
