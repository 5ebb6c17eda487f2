using System.Collections.Concurrent;
using System.Text;
using AuStream.Stages.Brokers;

namespace AuStream.Stages.Tests.Brokers;

/// <summary>What an adapter to a message broker must do beyond <see cref="MessageBusContract"/>: last will, retained messages, subscriptions, no allocation.</summary>
public abstract class BrokerBusContract : MessageBusContract
{
    /// <summary>Managed bytes that the adapter may allocate for a message without acknowledgement: 0 for a product's adapter.</summary>
    protected virtual int AllocationPerFrame => 0;

    [Fact]
    public async Task The_last_will_is_published_for_a_client_that_vanishes()
    {
        await using IBusHarness harness = await StartAsync(new LastWill(Status, Bytes("offline")));
        await harness.Bus.ConnectAsync(Stop);
        await harness.CutAsync();
        (await harness.ObserveAsync(1)).ShouldBe([(Status.Topic, "offline")]);
    }

    [Fact]
    public async Task A_retained_message_reaches_subscribers_that_come_later()
    {
        await using IBusHarness harness = await StartAsync();
        await harness.Bus.ConnectAsync(Stop);
        await harness.Bus.PublishAsync(Status, Bytes("running"), Stop);
        await harness.Bus.PublishAsync(Events, Bytes("gone"), Stop);
        await using IMessageBus second = harness.CreateSecondBus();
        await second.ConnectAsync(Stop);
        ConcurrentQueue<(string, string, bool)> received = new();
        await ((IMessageSubscriber)second).SubscribeAsync(
            "test/+/#", QualityOfService.AtLeastOnce, message => received.Enqueue((message.Topic, Encoding.UTF8.GetString(message.Payload), message.IsRetained)), Stop);
        await Eventually(() => !received.IsEmpty);
        await harness.Bus.PublishAsync(Events, Bytes("live"), Stop);
        await Eventually(() => received.Count >= 2);
        received.ShouldBe([(Status.Topic, "running", true), (Events.Topic, "live", false)]);
    }

    [Fact]
    public async Task A_subscription_survives_a_reconnection_and_only_hears_its_topics()
    {
        await using IBusHarness harness = await StartAsync();
        await harness.Bus.ConnectAsync(Stop);
        ConcurrentQueue<string> received = new();
        await ((IMessageSubscriber)harness.Bus).SubscribeAsync(
            Events.Topic, QualityOfService.AtLeastOnce, message => received.Enqueue(Encoding.UTF8.GetString(message.Payload)), Stop);
        await harness.Bus.PublishAsync(Events, Bytes("before"), Stop);
        await Eventually(() => !received.IsEmpty);
        await harness.CutAsync();
        await harness.Bus.WaitForAsync(BusState.Connected, connects: 2);

        // The subscription is renewed right after the connection: published until it is heard.
        await Eventually(async () =>
        {
            await harness.Bus.PublishAsync(Frames, Bytes("not subscribed"), Stop);
            await harness.Bus.PublishAsync(Events, Bytes("after"), Stop);
            return received.Contains("after");
        });
        received.Distinct().ShouldBe(["before", "after"]);
    }

    [Fact]
    public async Task Publishing_frames_allocates_nothing()
    {
        await using IBusHarness harness = await StartAsync();
        await harness.Bus.ConnectAsync(Stop);
        byte[] payload = new byte[3000];
        Publish(200);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Publish(1000);
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        allocated.ShouldBeLessThanOrEqualTo(AllocationPerFrame * 1000);

        void Publish(int count)
        {
            for (int i = 0; i < count; i++)
            {
                ValueTask<PublishResult> published = harness.Bus.PublishAsync(Frames, payload, CancellationToken.None);
                published.IsCompletedSuccessfully.ShouldBeTrue();
            }
        }
    }

    [Fact]
    public async Task A_request_carries_its_response_topic_and_correlation_data_where_the_protocol_can()
    {
        await using IBusHarness harness = await StartAsync();
        await harness.Bus.ConnectAsync(Stop);
        ConcurrentQueue<(string? ResponseTopic, string Correlation)> received = new();
        await ((IMessageSubscriber)harness.Bus).SubscribeAsync(
            Events.Topic,
            QualityOfService.AtLeastOnce,
            message => received.Enqueue((message.ResponseTopic, Encoding.UTF8.GetString(message.CorrelationData))),
            Stop);
        BusRoute request = Events with { ResponseTopic = "test/answers", CorrelationData = "ab\0c"u8.ToArray(), IsForOneMessage = true };
        for (int i = 0; i < 20; i++)
        {
            (await harness.Bus.PublishAsync(request with { }, Bytes("?"), Stop)).Outcome.ShouldBe(PublishOutcome.Acknowledged);
        }

        await Eventually(() => received.Count == 20);
        received.Distinct().ShouldBe([CarriesRequests ? ("test/answers", "ab\0c") : (null, "")]);
    }

    /// <summary>True when the protocol has requests (MQTT 5).</summary>
    protected virtual bool CarriesRequests => true;
}
