using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using AuStream.Stages.Brokers;
using AuStream.Stages.Brokers.Dapr;

namespace AuStream.Stages.Tests.Brokers.Dapr;

public sealed class DaprBusTests : MessageBusContract
{
    [Fact]
    public async Task A_message_is_a_cloud_event_with_the_schema_as_its_type()
    {
        await using Harness harness = await Harness.StartAsync();
        await harness.Bus.ConnectAsync(Stop);
        BusRoute route = Events with { ContentType = "application/json", UserProperties = [new("schema", "austream.event/1")], Expiry = TimeSpan.FromSeconds(90) };
        await harness.Bus.PublishAsync(route, Bytes("{\"number\":7}"), Stop);
        (string pubSub, string topic, JsonNode published, string query) = harness.Server.Events.ShouldHaveSingleItem();
        pubSub.ShouldBe("pubsub");
        topic.ShouldBe(Events.Topic);
        query.ShouldBe("?metadata.ttlInSeconds=90");
        published["specversion"]!.GetValue<string>().ShouldBe("1.0");
        published["type"]!.GetValue<string>().ShouldBe("austream.event/1");
        published["source"]!.GetValue<string>().ShouldBe("austream/lab/camera-1");
        published["subject"]!.GetValue<string>().ShouldBe(Events.Topic);
        published["datacontenttype"]!.GetValue<string>().ShouldBe("application/json");
        published["data"]!["number"]!.GetValue<int>().ShouldBe(7);
    }

    [Fact]
    public async Task Bytes_are_carried_as_base64_and_the_same_message_has_the_same_id()
    {
        await using Harness harness = await Harness.StartAsync();
        await harness.Bus.ConnectAsync(Stop);
        BusRoute route = Events with { ContentType = "application/x-protobuf", IsText = false };
        byte[] payload = [0, 255, 1];
        await harness.Bus.PublishAsync(route, payload, Stop);
        await harness.Bus.PublishAsync(route, payload, Stop);
        await harness.Bus.PublishAsync(route, new byte[] { 2 }, Stop);
        harness.Server.Events[0].Event["data_base64"]!.GetValue<string>().ShouldBe("AP8B");
        string[] ids = [.. harness.Server.Events.Select(one => one.Event["id"]!.GetValue<string>())];
        ids[1].ShouldBe(ids[0]);
        ids[2].ShouldNotBe(ids[0]);
    }

    [Fact]
    public async Task Another_separator_makes_topics_that_brokers_without_levels_take()
    {
        await using Harness harness = await Harness.StartAsync(options => options with { TopicSeparator = '.' });
        await harness.Bus.ConnectAsync(Stop);
        await harness.Bus.PublishAsync(Events, Bytes("1"), Stop);
        harness.Server.Events.ShouldHaveSingleItem().Topic.ShouldBe("test.camera.events");
    }

    [Fact]
    public async Task Frames_go_several_at_a_time_and_those_that_fail_are_counted()
    {
        await using Harness harness = await Harness.StartAsync();
        await harness.Bus.ConnectAsync(Stop);
        harness.Server.FailsEntry = entry => entry == 1;
        for (int i = 0; i < 100; i++)
        {
            await harness.Bus.PublishAsync(Frames, Bytes("1"), Stop);
        }

        await Eventually(() => harness.Server.Events.Count + harness.Bus.Counters.Dropped == 100);
        harness.Server.BulkRequests.ShouldBeInRange(3, 50);
        harness.Bus.Counters.Dropped.ShouldBe(harness.Server.BulkRequests);
        harness.Bus.Counters.Sent.ShouldBe(100 - harness.Bus.Counters.Dropped);
    }

    [Fact]
    public async Task Nothing_overtakes_an_event_that_was_not_delivered()
    {
        await using Harness harness = await Harness.StartAsync();
        await harness.Bus.ConnectAsync(Stop);
        harness.Server.Failing = (1, 500);
        Task<PublishResult>[] published = [.. Enumerable.Range(0, 10).Select(i => harness.Bus.PublishAsync(Events, Bytes(i.ToString(CultureInfo.InvariantCulture)), Stop).AsTask())];
        PublishResult[] results = await Task.WhenAll(published);
        results.ShouldAllBe(result => result.Outcome == PublishOutcome.NotAcknowledged);
        harness.Server.Events.ShouldBeEmpty();
        await Eventually(async () => (await harness.Bus.PublishAsync(Events, Bytes("again"), Stop)).Outcome == PublishOutcome.Acknowledged);
    }

    [Theory]
    [InlineData(403, PublishOutcome.Rejected, false)]
    [InlineData(404, PublishOutcome.Rejected, false)]
    [InlineData(413, PublishOutcome.Rejected, true)]
    [InlineData(500, PublishOutcome.NotAcknowledged, false)]
    public async Task What_the_sidecar_answers_decides_what_becomes_of_an_event(int status, PublishOutcome outcome, bool isPermanent)
    {
        await using Harness harness = await Harness.StartAsync();
        await harness.Bus.ConnectAsync(Stop);
        harness.Server.Failing = (1, status);
        PublishResult result = await harness.Bus.PublishAsync(Events, Bytes("1"), Stop);
        (result.Outcome, result.IsPermanent).ShouldBe((outcome, isPermanent));
        result.Reason!.ShouldContain(status.ToString(CultureInfo.InvariantCulture));
    }

    [Fact]
    public async Task A_component_that_is_not_there_is_refused_with_those_that_are()
    {
        await using Harness harness = await Harness.StartAsync();
        harness.Server.PubSubs = ["kafka", "redis"];
        BusStatus status = await harness.Bus.ConnectAsync(Stop);
        status.State.ShouldBe(BusState.Refused);
        status.Reason!.ShouldContain("kafka, redis");
        harness.Server.PubSubs = ["pubsub"];
        await harness.Bus.WaitForAsync(BusState.Connected);
    }

    [Fact]
    public async Task A_sidecar_that_is_not_healthy_yet_is_waited_for()
    {
        await using Harness harness = await Harness.StartAsync();
        harness.Server.IsHealthy = false;
        (await harness.Bus.ConnectAsync(Stop)).State.ShouldBe(BusState.Disconnected);
        harness.Server.IsHealthy = true;
        await harness.Bus.WaitForAsync(BusState.Connected);
    }

    [Fact]
    public async Task A_secret_is_read_anew_every_time_and_named_when_it_is_missing()
    {
        await using Harness harness = await Harness.StartAsync();
        using DaprSecretStore store = new(Harness.Endpoint(harness.Server.Port), "vault");
        harness.Server.Secrets["mqtt"] = new() { ["mqtt"] = "one" };
        SecretSource secret = store.Get("mqtt");
        secret.Read().ShouldBe("one");
        harness.Server.Secrets["mqtt"] = new() { ["password"] = "two", ["user"] = "me" };
        store.Get("mqtt/password").Read().ShouldBe("two");
        Should.Throw<MessageBusException>(secret.Read).Message.ShouldContain("password, user");
        Should.Throw<MessageBusException>(store.Get("gone").Read).Message.ShouldContain("there is no such secret");
        secret.ToString().ShouldNotContain("one");
        using DaprSecretStore other = new(Harness.Endpoint(harness.Server.Port), "other");
        Should.Throw<MessageBusException>(other.Get("mqtt").Read).Message.ShouldContain("no such store");
    }

    protected override async Task<IBusHarness> StartAsync(LastWill? will = null) => await Harness.StartAsync();

    private sealed class Harness : IBusHarness
    {
        private readonly Func<DaprBusOptions, DaprBusOptions> _configure;

        private Harness(DaprServer server, Func<DaprBusOptions, DaprBusOptions> configure)
        {
            Server = server;
            _configure = configure;
            Bus = CreateSecondBus();
        }

        public DaprServer Server { get; }

        public IMessageBus Bus { get; }

        public static async Task<Harness> StartAsync(Func<DaprBusOptions, DaprBusOptions>? configure = null) =>
            new(await DaprServer.StartAsync(), configure ?? (options => options));

        public static DaprEndpoint Endpoint(int port) => new() { Address = new Uri($"http://127.0.0.1:{port}") };

        public IMessageBus CreateSecondBus() => new DaprBus(
            _configure(new DaprBusOptions
            {
                Endpoint = Endpoint(Server.Port),
                PubSub = "pubsub",
                Source = "austream/lab/camera-1",
                HealthInterval = TimeSpan.FromMilliseconds(50),
                ReconnectDelay = TimeSpan.FromMilliseconds(20),
                MaxReconnectDelay = TimeSpan.FromMilliseconds(100),
            }),
            TimeProvider.System);

        public async Task<IReadOnlyList<(string Topic, string Payload)>> ObserveAsync(int count)
        {
            await Eventually(() => Server.Events.Count >= count);
            return [.. Server.Events.Select(one => (one.Topic, one.Event["data"] is JsonValue value && value.TryGetValue(out string? text)
                ? text
                : Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(one.Event["data"]!.ToJsonString(s_relaxed)))))];
        }

        public Task TakeBrokerAwayAsync() => Server.StopAsync();

        public Task BringBrokerBackAsync() => Server.StartAgainAsync();

        public Task RefuseEverybodyAsync()
        {
            Server.Token = "another";
            return Task.CompletedTask;
        }

        public Task CutAsync() => throw new NotSupportedException("Requests have no connection.");

        public async ValueTask DisposeAsync()
        {
            await Bus.DisposeAsync();
            await Server.DisposeAsync();
        }

        private static readonly System.Text.Json.JsonSerializerOptions s_relaxed = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    }
}
