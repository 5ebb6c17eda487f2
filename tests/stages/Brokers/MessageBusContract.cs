using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using AuStream.Stages.Brokers;

namespace AuStream.Stages.Tests.Brokers;

/// <summary>What every adapter of <see cref="IMessageBus"/> must do. Derive, and bring a harness. Adapters to brokers derive from <see cref="BrokerBusContract"/>.</summary>
public abstract class MessageBusContract
{
    private const string Second = "{\"second\":2}";

    protected static readonly BusRoute Frames = new() { Topic = "test/camera/frames", QualityOfService = QualityOfService.AtMostOnce, ContentType = "text/plain" };
    protected static readonly BusRoute Events = new() { Topic = "test/camera/events", QualityOfService = QualityOfService.AtLeastOnce, ContentType = "text/plain" };
    protected static readonly BusRoute Status = new() { Topic = "test/camera/status", QualityOfService = QualityOfService.AtLeastOnce, Retain = true };

    protected static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <summary>A broker that runs, and a bus to it with the given last will.</summary>
    protected abstract Task<IBusHarness> StartAsync(LastWill? will = null);

    [Fact]
    public async Task A_bus_that_was_not_told_to_connect_delivers_nothing_and_says_so()
    {
        await using IBusHarness harness = await StartAsync();
        harness.Bus.Status.State.ShouldBe(BusState.Disconnected);
        (await harness.Bus.PublishAsync(Frames, Bytes("x"), Stop)).Outcome.ShouldBe(PublishOutcome.Dropped);
        PublishResult result = await harness.Bus.PublishAsync(Events, Bytes("x"), Stop);
        result.Outcome.ShouldBe(PublishOutcome.NotAcknowledged);
        result.Reason.ShouldNotBeNullOrEmpty();
        harness.Bus.Counters.ShouldBe(new BusCounters(0, 1, 0, 1, 0, 0));
    }

    [Fact]
    public async Task Connecting_completes_with_the_state_connected_and_notifies()
    {
        await using IBusHarness harness = await StartAsync();
        ConcurrentQueue<BusState> states = new();
        harness.Bus.StatusChanged += status => states.Enqueue(status.State);
        (await harness.Bus.ConnectAsync(Stop)).ShouldBe(new BusStatus(BusState.Connected));
        harness.Bus.Status.State.ShouldBe(BusState.Connected);
        states.Last().ShouldBe(BusState.Connected);
        states.ShouldNotContain(BusState.Refused);
        harness.Bus.Counters.Connects.ShouldBe(1);
    }

    [Fact]
    public async Task Both_qualities_of_service_arrive_with_their_contents()
    {
        await using IBusHarness harness = await StartAsync();
        await harness.Bus.ConnectAsync(Stop);
        (await harness.Bus.PublishAsync(Frames, Bytes("{\"n\":\"ä\"}"), Stop)).ShouldBe(new PublishResult(PublishOutcome.Sent));
        (await harness.Bus.PublishAsync(Events, Bytes(Second), Stop)).ShouldBe(new PublishResult(PublishOutcome.Acknowledged));
        (await harness.ObserveAsync(2)).ShouldBe([(Frames.Topic, "{\"n\":\"ä\"}"), (Events.Topic, Second)], ignoreOrder: true);
        harness.Bus.Counters.ShouldBe(new BusCounters(1, 0, 1, 0, 0, 1));
    }

    [Fact]
    public async Task The_payload_of_an_unacknowledged_message_may_be_reused_on_return()
    {
        await using IBusHarness harness = await StartAsync();
        await harness.Bus.ConnectAsync(Stop);
        byte[] buffer = new byte[1];
        for (byte i = 0; i < 50; i++)
        {
            buffer[0] = (byte)('0' + i);
            ValueTask<PublishResult> published = harness.Bus.PublishAsync(Frames, buffer, Stop);
            published.IsCompletedSuccessfully.ShouldBeTrue();
            (await published).Outcome.ShouldBe(PublishOutcome.Sent);
        }

        (await harness.ObserveAsync(50)).Select(m => m.Payload[0] - '0').ShouldBe(Enumerable.Range(0, 50));
    }

    [Fact]
    public async Task Messages_published_without_waiting_are_all_acknowledged_and_arrive_in_order()
    {
        await using IBusHarness harness = await StartAsync();
        await harness.Bus.ConnectAsync(Stop);
        Task<PublishResult>[] published =
            [.. Enumerable.Range(0, 500).Select(i => harness.Bus.PublishAsync(Events, Bytes(i.ToString(CultureInfo.InvariantCulture)), Stop).AsTask())];
        PublishResult[] results = await Task.WhenAll(published);
        results.ShouldAllBe(result => result.Outcome == PublishOutcome.Acknowledged);
        IReadOnlyList<(string Topic, string Payload)> observed = await harness.ObserveAsync(500);
        observed.Select(m => int.Parse(m.Payload, CultureInfo.InvariantCulture)).ShouldBe(Enumerable.Range(0, 500));
    }

    [Fact]
    public async Task A_broker_that_goes_away_is_noticed_and_connected_again_when_it_is_back()
    {
        await using IBusHarness harness = await StartAsync();
        await harness.Bus.ConnectAsync(Stop);
        await harness.TakeBrokerAwayAsync();
        BusStatus away = await harness.Bus.WaitForAsync(BusState.Disconnected);
        away.Reason.ShouldNotBeNullOrEmpty();
        (await harness.Bus.PublishAsync(Frames, Bytes("lost"), Stop)).Outcome.ShouldBe(PublishOutcome.Dropped);
        (await harness.Bus.PublishAsync(Events, Bytes("kept by the caller"), Stop)).Outcome.ShouldBe(PublishOutcome.NotAcknowledged);

        await harness.BringBrokerBackAsync();
        await harness.Bus.WaitForAsync(BusState.Connected);
        (await harness.Bus.PublishAsync(Events, Bytes("again"), Stop)).Outcome.ShouldBe(PublishOutcome.Acknowledged);
        (await harness.ObserveAsync(1)).ShouldBe([(Events.Topic, "again")]);
        harness.Bus.Counters.Connects.ShouldBe(2);
    }

    [Fact]
    public async Task A_broker_that_is_away_at_first_is_an_outcome_and_connected_when_it_comes()
    {
        await using IBusHarness harness = await StartAsync();
        await harness.TakeBrokerAwayAsync();
        BusStatus first = await harness.Bus.ConnectAsync(Stop);
        first.State.ShouldBe(BusState.Disconnected);
        first.Reason.ShouldNotBeNullOrEmpty();
        await harness.BringBrokerBackAsync();
        await harness.Bus.WaitForAsync(BusState.Connected);
    }

    [Fact]
    public async Task A_refused_connection_is_not_a_connection()
    {
        await using IBusHarness harness = await StartAsync();
        await harness.RefuseEverybodyAsync();
        ConcurrentQueue<BusState> states = new();
        harness.Bus.StatusChanged += status => states.Enqueue(status.State);
        BusStatus status = await harness.Bus.ConnectAsync(Stop);
        status.State.ShouldBe(BusState.Refused);
        status.Reason.ShouldNotBeNullOrEmpty();
        states.ShouldNotContain(BusState.Connected);
        (await harness.Bus.PublishAsync(Frames, Bytes("x"), Stop)).Outcome.ShouldBe(PublishOutcome.Dropped);
        (await harness.Bus.PublishAsync(Events, Bytes("x"), Stop)).Outcome.ShouldBe(PublishOutcome.NotAcknowledged);
        harness.Bus.Counters.Connects.ShouldBe(0);
    }

    [Fact]
    public async Task Disconnecting_sends_what_was_handed_over_and_keeps_the_last_will_back()
    {
        await using IBusHarness harness = await StartAsync(new LastWill(Status, Bytes("offline")));
        await harness.Bus.ConnectAsync(Stop);
        for (int i = 0; i < 100; i++)
        {
            await harness.Bus.PublishAsync(Frames, Bytes("frame"), Stop);
        }

        await harness.Bus.DisconnectAsync();
        harness.Bus.Status.ShouldBe(new BusStatus(BusState.Disconnected));
        IMessageBus second = harness.CreateSecondBus();
        await second.ConnectAsync(Stop);
        await second.PublishAsync(Events, Bytes("end"), Stop);
        IReadOnlyList<(string Topic, string Payload)> observed = await harness.ObserveAsync(101);
        observed.Count(m => m.Payload == "frame").ShouldBe(100);
        observed.ShouldNotContain(m => m.Topic == Status.Topic);
        await second.DisposeAsync();
    }

    [Fact]
    public async Task A_disconnected_bus_stays_disconnected_and_cannot_be_connected_again()
    {
        await using IBusHarness harness = await StartAsync();
        await harness.Bus.ConnectAsync(Stop);
        await harness.Bus.DisconnectAsync();
        await harness.Bus.DisconnectAsync();
        (await harness.Bus.PublishAsync(Events, Bytes("x"), Stop)).Outcome.ShouldBe(PublishOutcome.NotAcknowledged);
        await Should.ThrowAsync<ObjectDisposedException>(async () => await harness.Bus.ConnectAsync(Stop));
    }

    [Fact]
    public async Task A_bus_that_never_connected_can_be_disposed()
    {
        await using IBusHarness harness = await StartAsync();
        await harness.Bus.DisposeAsync();
    }

    [Theory]
    [InlineData("")]
    [InlineData("test/+/frames")]
    [InlineData("test/#")]
    public async Task A_topic_with_wildcards_is_refused_by_name(string topic)
    {
        await using IBusHarness harness = await StartAsync();
        BusRoute route = Events with { Topic = topic };
        await harness.Bus.ConnectAsync(Stop);
        MessageBusException exception = await Should.ThrowAsync<MessageBusException>(async () => await harness.Bus.PublishAsync(route, Bytes("x"), Stop));
        exception.Message.ShouldContain($"'{topic}'");
    }

    [Fact]
    public async Task Publishing_with_a_cancelled_token_is_cancelled()
    {
        await using IBusHarness harness = await StartAsync();
        await harness.Bus.ConnectAsync(Stop);
        await Should.ThrowAsync<OperationCanceledException>(async () => await harness.Bus.PublishAsync(Events, Bytes("x"), new CancellationToken(true)));
    }

    protected static ReadOnlyMemory<byte> Bytes(string text) => Encoding.UTF8.GetBytes(text);

    protected static Task Eventually(Func<bool> condition) => Eventually(() => Task.FromResult(condition()));

    protected static async Task Eventually(Func<Task<bool>> condition)
    {
        using CancellationTokenSource timeout = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        timeout.CancelAfter(TimeSpan.FromSeconds(10));
        while (!await condition())
        {
            await Task.Delay(5, timeout.Token);
        }
    }
}
