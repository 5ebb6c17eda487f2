using System.Text;
using System.Text.Json.Nodes;
using AuStream.Stages.Brokers;
using AuStream.Stages.Brokers.InMemory;
using AuStream.Stages.Faces;
using AuStream.Stages.Publishing;
using AuStream.Stages.Tests.Messages;
using AuStream.Testing;

namespace AuStream.Stages.Tests.Publishing;

/// <summary>The sink on a broker in memory, which fails exactly when a test wants it to.</summary>
public sealed class BusResultSinkTests : IAsyncDisposable
{
    private const string Start = "site/austream/camera-1/";
    private static readonly BusResultSinkOptions Options = new() { TopicPrefix = "site/austream", Purpose = "test", MaxWaitingEvents = 100, DrainTimeout = TimeSpan.FromSeconds(5) };

    private readonly InMemoryBroker _broker = new();
    private readonly InMemoryBus _bus;
    private readonly BusResultSink _sink;
    private readonly SampleFrames _frames = new(SampleFrames.AllActionUnits);

    public BusResultSinkTests()
    {
        SessionInfo session = SampleFrames.Session();
        _bus = new InMemoryBus(_broker, BusResultSink.CreateWill(session, Options));
        _sink = new BusResultSink(_bus, session, Options, new EventIdGenerator(TimeProvider.System), TimeProvider.System);
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _sink.DisposeAsync();

    [Fact]
    public async Task Every_frame_becomes_a_message_that_matches_the_schema()
    {
        await _sink.ConnectAsync(Stop);
        await PublishFrameAsync(0);
        await PublishFrameAsync(1, (1, FaceState.Appeared));
        await PublishFrameAsync(2, (1, FaceState.Occluded));
        JsonNode[] frames = Messages("frames");
        frames.Select(frame => frame["sequence"]!.GetValue<long>()).ShouldBe([0, 1, 2]);
        frames.Select(frame => frame["success"]!.GetValue<bool>()).ShouldBe([false, true, false]);
        SchemaCheck schema = Schema("frame");
        frames.ShouldAllBe(frame => schema.Validate(frame).Count == 0);
        BrokeredMessage message = _broker.Messages.First(one => one.Route.Topic.EndsWith("frames", StringComparison.Ordinal));
        message.Route.Topic.ShouldBe(Start + "frames");
        message.Route.QualityOfService.ShouldBe(QualityOfService.AtMostOnce);
        message.Route.ContentType.ShouldBe("application/json");
        _sink.Counters.FramesSent.ShouldBe(3);
    }

    [Fact]
    public async Task Frames_without_a_connection_are_dropped_and_counted()
    {
        await PublishFrameAsync(0);
        await _sink.ConnectAsync(Stop);
        await PublishFrameAsync(1);
        _broker.GoAway();
        await PublishFrameAsync(2);
        _sink.Counters.FramesDropped.ShouldBe(2);
        _sink.Counters.FramesSent.ShouldBe(1);
        Messages("frames").ShouldHaveSingleItem()["sequence"]!.GetValue<int>().ShouldBe(1);
    }

    [Fact]
    public async Task Events_and_comings_and_goings_of_faces_are_numbered_in_one_sequence()
    {
        await _sink.ConnectAsync(Stop);
        await PublishFrameAsync(0, (1, FaceState.Appeared));
        await _sink.PublishEventAsync(SampleEvents.Start(5), Stop);
        await PublishFrameAsync(1, (1, FaceState.Lost));
        JsonNode[] events = await EventsAsync(3);
        events.Select(e => (e["number"]!.GetValue<int>(), e["kind"]!.GetValue<string>(), e["phase"]!.GetValue<string>()))
            .ShouldBe([(1, "face", "appeared"), (2, "action_unit", "start"), (3, "face", "lost")]);
        SchemaCheck schema = Schema("event");
        events.ShouldAllBe(e => schema.Validate(e).Count == 0);
        _broker.Messages.Where(m => m.Route.Topic == Start + "events").ShouldAllBe(m => m.Route.QualityOfService == QualityOfService.AtLeastOnce);
        events[1]["time"]!.GetValue<string>().ShouldBe("2026-11-20T09:30:00.000005Z");
    }

    [Fact]
    public async Task Events_wait_for_a_broker_that_is_away_and_come_in_order_when_it_is_back()
    {
        await _sink.ConnectAsync(Stop);
        await PublishEventsAsync(1, 10);
        await EventsAsync(10);
        _broker.GoAway();
        await PublishEventsAsync(11, 50);
        _sink.Counters.EventsWaiting.ShouldBe(50);
        _broker.ComeBack();
        await PublishEventsAsync(61, 10);
        (await EventsAsync(70)).Select(e => e["number"]!.GetValue<int>()).ShouldBe(Enumerable.Range(1, 70));
        await Eventually(() => _sink.Counters.EventsWaiting == 0);
        _sink.Counters.EventsDelivered.ShouldBe(70);
        _sink.Counters.EventsLost.ShouldBe(0);
        _sink.Counters.Connects.ShouldBe(2);
    }

    [Fact]
    public async Task Events_from_before_the_first_connection_are_delivered()
    {
        await PublishEventsAsync(1, 5);
        await _sink.ConnectAsync(Stop);
        (await EventsAsync(5)).Select(e => e["number"]!.GetValue<int>()).ShouldBe(Enumerable.Range(1, 5));
    }

    [Fact]
    public async Task More_events_than_may_wait_push_out_the_oldest_which_is_counted_seen_in_the_numbers_and_degrades_the_status()
    {
        await _sink.ConnectAsync(Stop);
        await _sink.PublishStatusAsync(new StreamStatus(StreamState.Running), Stop);
        _broker.GoAway();
        await PublishEventsAsync(1, 130);
        _sink.Counters.EventsWaiting.ShouldBe(100);
        _sink.Counters.EventsLost.ShouldBe(30);
        _broker.ComeBack();
        (await EventsAsync(100)).Select(e => e["number"]!.GetValue<int>()).ShouldBe(Enumerable.Range(31, 100));
        JsonNode status = (await StatusesAsync(all => all[^1]["status"]!.GetValue<string>() == "degraded"))[^1];
        status["reason"]!.GetValue<string>().ShouldContain("lost");
    }

    [Fact]
    public async Task The_status_is_retained_from_the_first_connection_on_and_said_again_after_every_one()
    {
        await _sink.ConnectAsync(Stop);
        await StatusesAsync(all => all.Length == 1);
        await _sink.PublishStatusAsync(new StreamStatus(StreamState.Running), Stop);
        await StatusesAsync(all => all.Length == 2);
        _broker.Cut(_bus);
        JsonNode[] statuses = await StatusesAsync(all => all.Length == 4);
        statuses.Select(status => status["status"]!.GetValue<string>()).ShouldBe(["starting", "running", "offline", "running"]);
        SchemaCheck schema = Schema("status");
        statuses.ShouldAllBe(status => schema.Validate(status).Count == 0);
        statuses.ShouldAllBe(status => status["purpose"]!.GetValue<string>() == "test");
        _broker.Messages.Where(m => m.Route.Topic == Start + "status").ShouldAllBe(m => m.Route.Retain);
    }

    [Fact]
    public async Task A_connection_that_is_announced_late_repeats_no_status()
    {
        LateBus late = new(new InMemoryBus(_broker));
        await using BusResultSink sink = new(late, SampleFrames.Session(), Options, new EventIdGenerator(TimeProvider.System), TimeProvider.System);
        await sink.ConnectAsync(Stop);
        await StatusesAsync(all => all.Length == 1);
        late.Announce();
        await sink.PublishEventAsync(SampleEvents.Start(1), Stop);
        await EventsAsync(1);
        await sink.CompleteAsync(Stop);
        Messages("status").Select(status => status["status"]!.GetValue<string>()).ShouldBe(["starting", "stopped"]);
    }

    [Fact]
    public async Task Completing_ends_the_faces_delivers_everything_and_says_stopped_last()
    {
        await _sink.ConnectAsync(Stop);
        await PublishFrameAsync(0, (1, FaceState.Appeared), (2, FaceState.Appeared));
        await PublishEventsAsync(1, 40);
        await _sink.CompleteAsync(Stop);
        JsonNode[] events = Messages("events");
        events.Length.ShouldBe(44);
        events[^2..].ShouldAllBe(e => e["phase"]!.GetValue<string>() == "lost" && e["end_reason"]!.GetValue<string>() == "stream_ended");
        BrokeredMessage last = _broker.Messages[^1];
        last.Route.Topic.ShouldBe(Start + "status");
        JsonNode.Parse(last.Payload)!["status"]!.GetValue<string>().ShouldBe("stopped");
        _bus.Status.State.ShouldBe(BusState.Disconnected);
        await _sink.PublishStatusAsync(new StreamStatus(StreamState.Running), Stop);
        _broker.Messages[^1].ShouldBe(last);
    }

    [Fact]
    public async Task Completing_without_a_broker_ends_in_time_and_keeps_count()
    {
        BusResultSinkOptions hasty = Options with { DrainTimeout = TimeSpan.FromSeconds(0.1) };
        await using BusResultSink sink = new(new InMemoryBus(new InMemoryBroker()), SampleFrames.Session(), hasty, new EventIdGenerator(TimeProvider.System), TimeProvider.System);
        await sink.PublishEventAsync(SampleEvents.Start(1), Stop);
        await sink.CompleteAsync(Stop).AsTask().WaitAsync(TimeSpan.FromSeconds(3), Stop);
        sink.Counters.EventsWaiting.ShouldBe(1);
    }

    [Fact]
    public async Task A_stream_that_is_given_up_says_so()
    {
        await _sink.ConnectAsync(Stop);
        await _sink.DisposeAsync();
        JsonNode status = Messages("status")[^1];
        status["status"]!.GetValue<string>().ShouldBe("stopped");
        status["reason"]!.GetValue<string>().ShouldContain("given up");
    }

    [Fact]
    public async Task Statistics_carry_the_delivery_counters()
    {
        await _sink.ConnectAsync(Stop);
        await PublishFrameAsync(0);
        await _sink.PublishStatisticsAsync(
            new StreamStatistics
            {
                FramesPerSecond = 25,
                LatencyP50Milliseconds = 5,
                LatencyP95Milliseconds = 6,
                LatencyP99Milliseconds = 7.5,
                FramesDecoded = 3,
                FramesMeasured = 1,
                FramesDropped = 2,
                Faces = 0,
            },
            Stop);
        JsonNode message = Messages("stats").ShouldHaveSingleItem();
        Schema("stats").Validate(message).ShouldBeEmpty();
        message["delivery"]!["frames_sent"]!.GetValue<int>().ShouldBe(1);
        message["latency_ms"]!["p99"]!.GetValue<double>().ShouldBe(7.5);
    }

    private static SchemaCheck Schema(string name) =>
        SchemaCheck.Load(Path.Combine(SharedMedia.RepositoryRoot, "docs", "schemas", name + ".schema.json"));

    private static async Task Eventually(Func<bool> condition)
    {
        using CancellationTokenSource timeout = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        timeout.CancelAfter(TimeSpan.FromSeconds(10));
        while (!condition())
        {
            await Task.Delay(2, timeout.Token);
        }
    }

    private JsonNode[] Messages(string kind) =>
    [
        .. _broker.Messages.Where(message => message.Route.Topic == Start + kind).Select(message => JsonNode.Parse(Encoding.UTF8.GetString(message.Payload))!),
    ];

    private async Task<JsonNode[]> EventsAsync(int count)
    {
        await Eventually(() => Messages("events").Length >= count);
        return Messages("events");
    }

    private async Task<JsonNode[]> StatusesAsync(Func<JsonNode[], bool> condition)
    {
        await Eventually(() => Messages("status") is { Length: > 0 } all && condition(all));
        return Messages("status");
    }

    private async Task PublishFrameAsync(long sequence, params (long, FaceState)[] faces)
    {
        using FrameFaces frame = _frames.Frame(sequence, faces);
        await _sink.PublishFrameAsync(frame, Stop);
    }

    private async Task PublishEventsAsync(int first, int count)
    {
        for (int i = first; i < first + count; i++)
        {
            await _sink.PublishEventAsync(SampleEvents.Start(i), Stop);
        }
    }
}
