using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using AuStream.Stages.Brokers;
using AuStream.Stages.Brokers.Mosquitto;
using AuStream.Testing;

namespace AuStream.Stages.Tests.Brokers;

public sealed class MosquittoTroubleTests
{
    private static readonly BusRoute Frames = new() { Topic = "test/frames", QualityOfService = QualityOfService.AtMostOnce };
    private static readonly BusRoute Events = new() { Topic = "test/events", QualityOfService = QualityOfService.AtLeastOnce };

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_waits_for_its_acknowledgement_when_the_broker_dies_is_reported_and_nothing_hangs()
    {
        await using MosquittoFixture broker = await MosquittoFixture.StartAsync();
        await using MosquittoBus bus = new(MosquittoHarness.Options(broker.Port) with { MaxInFlight = 3 });
        await bus.ConnectAsync(Stop);
        broker.Freeze();
        Task<PublishResult>[] published = [.. Enumerable.Range(0, 10).Select(_ => bus.PublishAsync(Events, new byte[] { 1 }, Stop).AsTask())];
        published.ShouldAllBe(task => !task.IsCompleted);
        broker.Kill();
        PublishResult[] results = await Task.WhenAll(published).WaitAsync(TimeSpan.FromSeconds(5), Stop);
        results.ShouldAllBe(result => result.Outcome == PublishOutcome.NotAcknowledged);
        bus.Counters.NotAcknowledged.ShouldBe(10);
    }

    [Fact]
    public async Task A_slow_broker_holds_events_back_and_loses_none()
    {
        await using MosquittoFixture broker = await MosquittoFixture.StartAsync();
        await using MosquittoSubscriber subscriber = await MosquittoSubscriber.StartAsync(broker.Port);
        await using MosquittoBus bus = new(MosquittoHarness.Options(broker.Port) with { MaxInFlight = 3 });
        await bus.ConnectAsync(Stop);
        broker.Freeze();
        Task<PublishResult>[] published = [.. Enumerable.Range(0, 50).Select(i => bus.PublishAsync(Events, new[] { (byte)('0' + i) }, Stop).AsTask())];
        broker.Thaw();
        (await Task.WhenAll(published)).ShouldAllBe(result => result.Outcome == PublishOutcome.Acknowledged);
        (await subscriber.WaitForAsync(50)).Select(message => message.Payload[0] - '0').ShouldBe(Enumerable.Range(0, 50));
    }

    [Fact]
    public async Task Waiting_for_a_turn_can_be_cancelled_and_the_message_is_then_never_sent()
    {
        await using MosquittoFixture broker = await MosquittoFixture.StartAsync();
        await using MosquittoSubscriber subscriber = await MosquittoSubscriber.StartAsync(broker.Port);
        await using MosquittoBus bus = new(MosquittoHarness.Options(broker.Port) with { MaxInFlight = 1 });
        await bus.ConnectAsync(Stop);
        broker.Freeze();
        Task<PublishResult> first = bus.PublishAsync(Events, "1"u8.ToArray(), Stop).AsTask();
        using CancellationTokenSource cancel = new();
        Task<PublishResult> second = bus.PublishAsync(Events, "2"u8.ToArray(), cancel.Token).AsTask();
        Task<PublishResult> third = bus.PublishAsync(Events, "3"u8.ToArray(), Stop).AsTask();
        await cancel.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => second);
        broker.Thaw();
        await Task.WhenAll(first, third);
        (await subscriber.WaitForAsync(2)).Select(message => message.Payload).ShouldBe(["1", "3"]);
    }

    [Fact]
    public async Task Frames_that_a_slow_broker_cannot_take_are_dropped_and_counted_and_the_queue_stays_bounded()
    {
        await using MosquittoFixture broker = await MosquittoFixture.StartAsync();
        await using MosquittoBus bus = new(MosquittoHarness.Options(broker.Port) with { MaxQueued = 10 });
        await bus.ConnectAsync(Stop);
        broker.Freeze();
        byte[] large = new byte[256 * 1024];
        int sent = 0;
        int dropped = 0;
        for (int i = 0; i < 200; i++)
        {
            PublishResult result = await bus.PublishAsync(Frames, large, Stop);
            sent += result.Outcome == PublishOutcome.Sent ? 1 : 0;
            dropped += result.Outcome == PublishOutcome.Dropped ? 1 : 0;
        }

        (sent + dropped).ShouldBe(200);
        dropped.ShouldBeGreaterThan(100);
        bus.Counters.Dropped.ShouldBe(dropped);
        broker.Thaw();
        for (int i = 0; i < 500 && (await bus.PublishAsync(Frames, large, Stop)).Outcome != PublishOutcome.Sent; i++)
        {
            await Task.Delay(10, Stop);
        }

        bus.Status.State.ShouldBe(BusState.Connected);
        bus.Counters.Sent.ShouldBe(sent + 1);
    }

    [Fact]
    public async Task A_server_that_accepts_and_says_nothing_is_given_up_in_time()
    {
        using TcpListener silent = new(IPAddress.Loopback, 0);
        silent.Start();
        int port = ((IPEndPoint)silent.LocalEndpoint).Port;
        await using MosquittoBus bus = new(MosquittoHarness.Options(port) with { ConnectTimeout = TimeSpan.FromSeconds(0.3) });
        long start = Stopwatch.GetTimestamp();
        BusStatus status = await bus.ConnectAsync(Stop);
        status.State.ShouldBe(BusState.Disconnected);
        status.Reason!.ShouldContain("no answer within 0.3 s");
        Stopwatch.GetElapsedTime(start).ShouldBeLessThan(TimeSpan.FromSeconds(5));
    }

    [Fact]
    public async Task A_server_that_is_no_broker_is_refused()
    {
        using TcpListener web = new(IPAddress.Loopback, 0);
        web.Start();
        Task serving = Task.Run(async () =>
        {
            while (true)
            {
                using Socket socket = await web.AcceptSocketAsync(Stop);
                await socket.SendAsync("HTTP/1.1 400 Bad Request\r\n\r\n"u8.ToArray());
            }
        }, Stop);
        await using MosquittoBus bus = new(MosquittoHarness.Options(((IPEndPoint)web.LocalEndpoint).Port));
        BusStatus status = await bus.ConnectAsync(Stop).WaitAsync(TimeSpan.FromSeconds(5), Stop);
        status.State.ShouldBe(BusState.Refused, status.Reason);
        web.Stop();
        await Should.ThrowAsync<Exception>(() => serving);
    }

    [Fact]
    public async Task A_host_name_that_does_not_exist_is_named()
    {
        await using MosquittoBus bus = new(MosquittoHarness.Options(1883) with { Host = "broker.invalid" });
        BusStatus status = await bus.ConnectAsync(Stop);
        status.State.ShouldBe(BusState.Disconnected);
        status.Reason!.ShouldContain("mqtt://broker.invalid:1883");
    }

    [Fact]
    public async Task A_broker_that_ends_the_connection_with_a_reason_is_quoted()
    {
        // CONNACK success, then DISCONNECT 0x8B (server shutting down).
        BusStatus[] statuses = await TalkToAsync([0x20, 3, 0, 0, 0], [0xE0, 2, 0x8B, 0]);
        statuses.Select(status => status.State).ShouldBe([BusState.Connecting, BusState.Connected, BusState.Disconnected]);
        statuses[^1].Reason!.ShouldContain("shutting down", Case.Insensitive);
    }

    [Fact]
    public async Task A_broker_that_refuses_with_words_of_its_own_is_quoted()
    {
        // CONNACK 0x87 (not authorised) with a reason string.
        BusStatus[] statuses = await TalkToAsync([0x20, 12, 0, 0x87, 9, 0x1F, 0, 6, .. "unpaid"u8], []);
        statuses.Select(status => status.State).ShouldBe([BusState.Connecting, BusState.Refused]);
        statuses[^1].Reason!.ShouldContain("Not authorized (unpaid)");
    }

    [Fact]
    public async Task Mqtt_5_messages_carry_content_type_expiry_and_user_properties()
    {
        await using MosquittoFixture broker = await MosquittoFixture.StartAsync();
        await using MosquittoSubscriber subscriber = await MosquittoSubscriber.StartAsync(broker.Port);
        await using MosquittoBus bus = new(MosquittoHarness.Options(broker.Port));
        await bus.ConnectAsync(Stop);
        await bus.PublishAsync(
            Events with { ContentType = "application/json", Expiry = TimeSpan.FromMinutes(2), UserProperties = [new("schema", "austream.event/1")] },
            "{}"u8.ToArray(),
            Stop);
        MosquittoSubscriber.ReceivedMessage message = (await subscriber.WaitForAsync(1))[0];
        message.QualityOfService.ShouldBe(1);
        message.Properties.GetProperty("content-type").GetString().ShouldBe("application/json");
        message.Properties.GetProperty("message-expiry-interval").GetInt32().ShouldBeInRange(118, 120);
        message.Properties.GetProperty("user-properties").GetProperty("schema").GetString().ShouldBe("austream.event/1");
    }

    [Fact]
    public async Task A_message_larger_than_the_broker_takes_is_rejected_for_good()
    {
        await using MosquittoFixture broker = await MosquittoFixture.StartAsync((_, _) => "allow_anonymous true\nmax_packet_size 1000");
        await using MosquittoBus bus = new(MosquittoHarness.Options(broker.Port));
        await bus.ConnectAsync(Stop);
        PublishResult result = await bus.PublishAsync(Events, new byte[2000], Stop).AsTask().WaitAsync(TimeSpan.FromSeconds(5), Stop);
        result.Outcome.ShouldBe(PublishOutcome.Rejected);
        result.IsPermanent.ShouldBeTrue();
    }

    [Fact]
    public async Task A_broker_that_is_full_refuses_and_lets_in_when_somebody_left()
    {
        await using MosquittoFixture broker = await MosquittoFixture.StartAsync((_, _) => "allow_anonymous true\nmax_connections 1");
        Stack<MosquittoBus> clients = new();
        BusStatus status;
        do
        {
            // Mosquitto lets in one or two more than it says, depending on who looked whether it listens.
            clients.Push(new MosquittoBus(MosquittoHarness.Options(broker.Port)));
            status = await clients.Peek().ConnectAsync(Stop);
        }
        while (status.State == BusState.Connected && clients.Count < 5);
        await using MosquittoBus refused = clients.Pop();
        status.State.ShouldBe(BusState.Refused, status.Reason);
        status.Reason!.ShouldContain("full");
        (await refused.PublishAsync(Events, new byte[] { 1 }, Stop)).Outcome.ShouldBe(PublishOutcome.NotAcknowledged);
        foreach (MosquittoBus client in clients)
        {
            await client.DisposeAsync();
        }

        await refused.WaitForAsync(BusState.Connected);
    }

    [Fact]
    public async Task A_broker_whose_quota_is_exceeded_rejects_a_message_that_may_be_tried_again()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        await using MosquittoBus bus = new(MosquittoHarness.Options(((IPEndPoint)listener.LocalEndpoint).Port));
        Task connecting = bus.ConnectAsync(Stop);
        using Socket socket = await listener.AcceptSocketAsync(Stop);
        byte[] received = new byte[1000];
        await socket.ReceiveAsync(received);
        await socket.SendAsync(new byte[] { 0x20, 3, 0, 0, 0 });
        await connecting;
        Task<PublishResult> publishing = bus.PublishAsync(Events, new byte[] { 1 }, Stop).AsTask();
        await socket.ReceiveAsync(received);

        // PUBACK 0x97 (quota exceeded) for the packet identifier that follows the topic.
        int topicLength = (received[2] << 8) | received[3];
        await socket.SendAsync(new byte[] { 0x40, 3, received[4 + topicLength], received[5 + topicLength], 0x97 });
        PublishResult result = await publishing.WaitAsync(TimeSpan.FromSeconds(5), Stop);
        result.Outcome.ShouldBe(PublishOutcome.Rejected);
        result.IsPermanent.ShouldBeFalse();
        result.Reason!.ShouldContain("quota", Case.Insensitive);
    }

    [Fact]
    public async Task Disposing_in_the_middle_of_everything_is_quick_and_settles_every_message()
    {
        await using MosquittoFixture broker = await MosquittoFixture.StartAsync();
        MosquittoBus bus = new(MosquittoHarness.Options(broker.Port) with { MaxInFlight = 2, DisconnectTimeout = TimeSpan.FromSeconds(0.2) });
        await bus.ConnectAsync(Stop);
        broker.Freeze();
        Task<PublishResult>[] published = [.. Enumerable.Range(0, 5).Select(_ => bus.PublishAsync(Events, new byte[] { 1 }, Stop).AsTask())];
        long start = Stopwatch.GetTimestamp();
        await bus.DisposeAsync();
        Stopwatch.GetElapsedTime(start).ShouldBeLessThan(TimeSpan.FromSeconds(2));
        (await Task.WhenAll(published)).ShouldAllBe(result => result.Outcome == PublishOutcome.NotAcknowledged);
    }

    /// <summary>A server that answers a CONNECT with the given bytes and hangs up; what the bus said about it, up to the end.</summary>
    private static async Task<BusStatus[]> TalkToAsync(byte[] answer, byte[] more)
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        await using MosquittoBus bus = new(MosquittoHarness.Options(((IPEndPoint)listener.LocalEndpoint).Port) with
        {
            ReconnectDelay = TimeSpan.FromMinutes(1),
            MaxReconnectDelay = TimeSpan.FromMinutes(1),
        });
        List<BusStatus> statuses = [];
        TaskCompletionSource ended = new();
        bus.StatusChanged += status =>
        {
            statuses.Add(status);
            if (status.State is BusState.Disconnected or BusState.Refused)
            {
                ended.TrySetResult();
            }
        };
        Task connecting = bus.ConnectAsync(Stop);
        using (Socket socket = await listener.AcceptSocketAsync(Stop))
        {
            await socket.ReceiveAsync(new byte[1000]);
            await socket.SendAsync(answer);
            await connecting;
            await socket.SendAsync(more);
        }

        await ended.Task.WaitAsync(TimeSpan.FromSeconds(5), Stop);
        return [.. statuses];
    }
}
