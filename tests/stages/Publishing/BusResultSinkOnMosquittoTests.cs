using System.Diagnostics;
using System.Text.Json.Nodes;
using AuStream.Stages.Brokers;
using AuStream.Stages.Brokers.Mosquitto;
using AuStream.Stages.Faces;
using AuStream.Stages.Messages;
using AuStream.Stages.Publishing;
using AuStream.Stages.Publishing.Spooling;
using AuStream.Stages.Tests.Brokers;
using AuStream.Testing;

namespace AuStream.Stages.Tests.Publishing;

/// <summary>The sink on a real broker, seen by a consumer in another process.</summary>
public sealed class BusResultSinkOnMosquittoTests
{
    private static readonly BusResultSinkOptions Options = new() { Purpose = "test" };

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_consumer_sees_status_frames_and_events_and_at_the_end_stopped()
    {
        await using MosquittoFixture broker = await MosquittoFixture.StartAsync();
        await using MosquittoSubscriber consumer = await MosquittoSubscriber.StartAsync(broker.Port, "austream/#");
        await using BusResultSink sink = Create(broker.Port);
        (await sink.ConnectAsync(Stop)).State.ShouldBe(BusState.Connected);
        await consumer.WaitForAsync(1, "/status");
        await sink.PublishStatusAsync(new StreamStatus(StreamState.Running), Stop);
        SampleFrames frames = new(SampleFrames.AllActionUnits);
        for (int i = 0; i < 100; i++)
        {
            using FrameFaces frame = frames.Frame(i, (1, i == 0 ? FaceState.Appeared : FaceState.Tracked));
            await sink.PublishFrameAsync(frame, Stop);
        }

        await sink.PublishEventAsync(SampleEvents.Start(1), Stop);
        await sink.CompleteAsync(Stop);
        await consumer.WaitForAsync(all => all.Count > 0 && Field(all[^1], "status") == "stopped");
        consumer.Messages.Count(m => m.Topic == "austream/camera-1/frames").ShouldBe(100 - (int)sink.Counters.FramesDropped);
        consumer.Messages.Where(m => m.Topic == "austream/camera-1/events").Select(m => Field(m, "phase")).ShouldBe(["appeared", "start", "lost"]);
        consumer.Messages.Where(m => m.Topic == "austream/camera-1/status").Select(m => Field(m, "status")).ShouldBe(["starting", "running", "stopped"]);
        consumer.Messages[0].Properties.GetProperty("user-properties").GetProperty("schema").GetString().ShouldBe("austream.status/1");

        await using MosquittoSubscriber late = await MosquittoSubscriber.StartAsync(broker.Port, "austream/#");
        MosquittoSubscriber.ReceivedMessage retained = (await late.WaitForAsync(1)).ShouldHaveSingleItem();
        retained.IsRetained.ShouldBeTrue();
        Field(retained, "status").ShouldBe("stopped");
    }

    [Fact]
    public async Task Through_twenty_cuts_of_the_network_no_event_is_lost_the_order_is_kept_and_duplicates_can_be_told()
    {
        const int count = 5_000;
        await using MosquittoFixture broker = await MosquittoFixture.StartAsync();
        await using MosquittoSubscriber consumer = await MosquittoSubscriber.StartAsync(broker.Port, "austream/+/events");
        using TcpRelay network = new(broker.Port);
        await using BusResultSink sink = Create(network.Port);
        await sink.ConnectAsync(Stop);
        Task cutting = Task.Run(async () =>
        {
            for (int i = 0; i < 20; i++)
            {
                await Task.Delay(40, Stop);
                network.Cut();
                await Task.Delay(10, Stop);
                network.Mend();
            }
        }, Stop);
        for (int i = 1; i <= count; i++)
        {
            await sink.PublishEventAsync(SampleEvents.Start(i), Stop);
            if (i % 25 == 0)
            {
                await Task.Delay(5, Stop);
            }
        }

        await cutting;
        IReadOnlyList<MosquittoSubscriber.ReceivedMessage> received = await consumer.WaitForAsync(all => all.Count >= count && Number(all[^1]) == count, seconds: 30);
        long[] numbers = [.. received.Select(Number)];
        long[] withoutDuplicates = [.. numbers.Distinct()];
        withoutDuplicates.ShouldBe(Enumerable.Range(1, count).Select(i => (long)i));
        foreach (IGrouping<long, MosquittoSubscriber.ReceivedMessage> copies in received.GroupBy(Number).Where(group => group.Count() > 1))
        {
            copies.Select(copy => copy.Payload).Distinct().Count().ShouldBe(1, "a duplicate is the same message to the byte");
        }

        sink.Counters.Connects.ShouldBeGreaterThan(10);
        sink.Counters.EventsLost.ShouldBe(0);
    }

    [Fact]
    public async Task A_program_that_vanishes_is_offline_and_running_again_when_it_is_back()
    {
        await using MosquittoFixture broker = await MosquittoFixture.StartAsync();
        await using MosquittoSubscriber consumer = await MosquittoSubscriber.StartAsync(broker.Port, "austream/+/status");
        using TcpRelay network = new(broker.Port);
        await using BusResultSink sink = Create(network.Port);
        await sink.ConnectAsync(Stop);
        await sink.PublishStatusAsync(new StreamStatus(StreamState.Running), Stop);
        await consumer.WaitForAsync(all => all.Count > 0 && Field(all[^1], "status") == "running");
        network.Cut();
        await consumer.WaitForAsync(all => Field(all[^1], "status") == "offline");
        network.Mend();
        await consumer.WaitForAsync(all => Field(all[^1], "status") == "running");
    }

    [Fact]
    public async Task A_connection_whose_end_the_broker_did_not_notice_cannot_say_offline_later()
    {
        await using MosquittoFixture broker = await MosquittoFixture.StartAsync();
        await using MosquittoSubscriber consumer = await MosquittoSubscriber.StartAsync(broker.Port, "austream/+/status");
        using TcpRelay network = new(broker.Port);
        await using BusResultSink sink = Create(network.Port);
        await sink.ConnectAsync(Stop);
        await sink.PublishStatusAsync(new StreamStatus(StreamState.Running), Stop);
        await consumer.WaitForAsync(all => all.Count > 0 && Field(all[^1], "status") == "running");
        network.CutUnnoticed();

        // The old connection's will comes with the new connection, before the status is said again.
        IReadOnlyList<MosquittoSubscriber.ReceivedMessage> messages = await consumer.WaitForAsync(all => all.Count(m => Field(m, "status") == "running") == 2);
        messages.Select(m => Field(m, "status")).Where(status => status != "starting").ShouldBe(["running", "offline", "running"]);
        broker.Log.ShouldContain("already connected");
    }

    [Fact]
    public async Task Events_that_are_not_authorised_wait_until_they_are()
    {
        await using MosquittoFixture broker = await MosquittoFixture.StartAsync((folder, _) =>
        {
            File.WriteAllText(Path.Combine(folder, "acl"), "topic write other/#\n");
            return $"allow_anonymous true\nacl_file {folder}/acl";
        });
        await using BusResultSink sink = Create(broker.Port);
        await sink.ConnectAsync(Stop);
        await sink.PublishEventAsync(SampleEvents.Start(1), Stop);
        await sink.PublishEventAsync(SampleEvents.Start(2), Stop);
        await Task.Delay(300, Stop);
        sink.Counters.EventsWaiting.ShouldBe(2);
        sink.Counters.EventsRejected.ShouldBe(0);
        await File.WriteAllTextAsync(Path.Combine(broker.Folder, "acl"), "topic readwrite #\n", Stop);
        broker.Reload();
        await using MosquittoSubscriber consumer = await MosquittoSubscriber.StartAsync(broker.Port, "austream/+/events");
        (await consumer.WaitForAsync(2)).Select(Number).ShouldBe([1, 2]);
    }

    [Fact]
    public async Task A_sink_that_is_killed_leaves_its_events_on_disk_and_the_next_one_publishes_them_first()
    {
        await using MosquittoFixture broker = await MosquittoFixture.StartAsync();
        string folder = Path.Combine(broker.Folder, "spool");
        using (EventSpoolStore store = EventSpoolStore.Open(new EventSpoolOptions { Folder = folder }, TimeProvider.System))
        {
            await using BusResultSink alone = Create(MosquittoFixture.FreePort(), store: store);
            for (int i = 1; i <= 50; i++)
            {
                await alone.PublishEventAsync(SampleEvents.Start(i), Stop);
            }
        }

        await using MosquittoSubscriber consumer = await MosquittoSubscriber.StartAsync(broker.Port, "austream/+/events");
        using EventSpoolStore again = EventSpoolStore.Open(new EventSpoolOptions { Folder = folder }, TimeProvider.System);
        await using BusResultSink next = Create(broker.Port, Options with { Encoding = MessageEncoding.Protobuf }, again);
        await next.ConnectAsync(Stop);
        await consumer.WaitForAsync(50);
        await next.PublishEventAsync(SampleEvents.Start(51), Stop);
        IReadOnlyList<MosquittoSubscriber.ReceivedMessage> received = await consumer.WaitForAsync(51);
        received.Take(50).Select(Number).ShouldBe(Enumerable.Range(1, 50).Select(i => (long)i));
        received.Take(50).ShouldAllBe(message => message.Properties.GetProperty("content-type").GetString() == "application/json");
        received[50].Properties.GetProperty("content-type").GetString().ShouldBe("application/x-protobuf");
        next.Counters.EventsLost.ShouldBe(0);
    }

    [Fact]
    public async Task An_acknowledgement_that_is_lost_makes_a_duplicate_that_is_the_same_to_the_byte()
    {
        await using MosquittoFixture broker = await MosquittoFixture.StartAsync();
        await using MosquittoSubscriber consumer = await MosquittoSubscriber.StartAsync(broker.Port, "austream/+/events");
        using TcpRelay network = new(broker.Port);
        await using BusResultSink sink = Create(network.Port);
        await sink.ConnectAsync(Stop);
        await sink.PublishEventAsync(SampleEvents.Start(1), Stop);
        await consumer.WaitForAsync(1);
        broker.Freeze();
        await sink.PublishEventAsync(SampleEvents.Start(2), Stop);
        await Task.Delay(200, Stop);

        // The broker has the message in its socket, its answer will not arrive.
        network.CutUnnoticed();
        broker.Thaw();
        IReadOnlyList<MosquittoSubscriber.ReceivedMessage> copies = await consumer.WaitForAsync(3);
        copies.Select(Number).ShouldBe([1, 2, 2]);
        copies[2].Payload.ShouldBe(copies[1].Payload);
    }

    [Fact]
    public async Task A_full_disk_degrades_the_status_and_loses_no_event()
    {
        await using SmallDisk disk = await SmallDisk.MountAsync(megabytes: 1);
        await using MosquittoFixture broker = await MosquittoFixture.StartAsync();
        await using MosquittoSubscriber consumer = await MosquittoSubscriber.StartAsync(broker.Port, "austream/#");
        using EventSpoolStore store = EventSpoolStore.Open(
            new EventSpoolOptions { Folder = Path.Combine(disk.Folder, "spool"), RetryInterval = TimeSpan.FromMilliseconds(50) }, TimeProvider.System);
        await using BusResultSink sink = Create(broker.Port, store: store);
        await sink.ConnectAsync(Stop);
        await sink.PublishStatusAsync(new StreamStatus(StreamState.Running), Stop);
        string filler = Path.Combine(disk.Folder, "filler");
        disk.Fill(filler);
        int published = 0;
        for (; published < 1000 || consumer.Messages.All(m => !m.Topic.EndsWith("/status", StringComparison.Ordinal) || Field(m, "status") != "degraded"); published++)
        {
            await sink.PublishEventAsync(SampleEvents.Start(published + 1), Stop);
            published.ShouldBeLessThan(100_000);
            if (published % 100 == 0)
            {
                await Task.Delay(20, Stop);
            }
        }

        Field(consumer.Messages.Last(m => m.Topic.EndsWith("/status", StringComparison.Ordinal)), "reason").ShouldContain("full");
        File.Delete(filler);
        await Task.Delay(100, Stop);
        await sink.PublishEventAsync(SampleEvents.Start(++published), Stop);
        IReadOnlyList<MosquittoSubscriber.ReceivedMessage> events = await consumer.WaitForAsync(published, "/events", seconds: 30);
        events.Select(Number).Distinct().ShouldBe(Enumerable.Range(1, published).Select(i => (long)i));
        sink.Counters.EventsLost.ShouldBe(0);
    }

    [Fact]
    public async Task An_event_that_can_never_be_delivered_does_not_hold_up_the_others()
    {
        await using MosquittoFixture broker = await MosquittoFixture.StartAsync((_, _) => "allow_anonymous true\nmax_packet_size 700");
        await using MosquittoSubscriber consumer = await MosquittoSubscriber.StartAsync(broker.Port, "austream/+/events");
        await using BusResultSink sink = Create(broker.Port);
        await sink.ConnectAsync(Stop);
        await sink.PublishEventAsync(SampleEvents.Start(1), Stop);
        await sink.PublishEventAsync(SampleEvents.Start(2) with { EventId = new string('X', 700) }, Stop);
        await sink.PublishEventAsync(SampleEvents.Start(3), Stop);
        (await consumer.WaitForAsync(2)).Select(Number).ShouldBe([1, 3]);
        sink.Counters.EventsRejected.ShouldBe(1);
    }

    [Fact]
    public async Task A_broker_that_answers_no_more_does_not_keep_the_program_from_ending()
    {
        await using MosquittoFixture broker = await MosquittoFixture.StartAsync();
        BusResultSink sink = Create(broker.Port, Options with { DrainTimeout = TimeSpan.FromSeconds(0.3) });
        await sink.ConnectAsync(Stop);
        broker.Freeze();
        await sink.PublishEventAsync(SampleEvents.Start(1), Stop);
        long start = Stopwatch.GetTimestamp();
        await sink.CompleteAsync(Stop);
        await sink.DisposeAsync();
        Stopwatch.GetElapsedTime(start).ShouldBeLessThan(TimeSpan.FromSeconds(4));
        sink.Counters.EventsWaiting.ShouldBe(1);
    }

    [Fact]
    public async Task A_frame_allocates_nothing_from_the_sink_to_the_network()
    {
        await using MosquittoFixture broker = await MosquittoFixture.StartAsync();
        await using BusResultSink sink = Create(broker.Port);
        await sink.ConnectAsync(Stop);
        SampleFrames frames = new(SampleFrames.AllActionUnits);
        using FrameFaces frame = frames.Frame(0, (1, FaceState.Tracked), (2, FaceState.Tracked));
        Publish(200);
        AllocationMeter.Least(() => Publish(1000)).ShouldBe(0);
        sink.Counters.FramesSent.ShouldBeGreaterThan(100);

        void Publish(int count)
        {
            for (int i = 0; i < count; i++)
            {
                ValueTask published = sink.PublishFrameAsync(frame, CancellationToken.None);
                published.IsCompletedSuccessfully.ShouldBeTrue();
            }
        }
    }

    private static BusResultSink Create(int port, BusResultSinkOptions? options = null, EventSpoolStore? store = null)
    {
        SessionInfo session = SampleFrames.Session();
        MosquittoBusOptions bus = MosquittoHarness.Options(port) with { Will = BusResultSink.CreateWill(session, options ?? Options), DisconnectTimeout = TimeSpan.FromSeconds(1) };
        return new BusResultSink(new MosquittoBus(bus), session, options ?? Options, new EventIdGenerator(TimeProvider.System), TimeProvider.System, store: store);
    }

    private static string Field(MosquittoSubscriber.ReceivedMessage message, string name) => JsonNode.Parse(message.Payload)![name]?.GetValue<string>() ?? string.Empty;

    private static long Number(MosquittoSubscriber.ReceivedMessage message) => JsonNode.Parse(message.Payload)!["number"]!.GetValue<long>();
}
