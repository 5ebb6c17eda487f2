using System.Diagnostics;
using System.Globalization;
using AuStream.Stages.Brokers;
using AuStream.Stages.Brokers.Embedded;
using AuStream.Stages.Brokers.Mosquitto;
using AuStream.Stages.Faces;
using AuStream.Stages.Publishing;
using AuStream.Testing;

namespace AuStream.Stages.Tests.Publishing;

/// <summary>
/// Messages per second from the sink through the embedded broker to a consumer, which counts. The output has the rates;
/// the bounds are far below what an idle machine does, so that they hold on a busy one.
/// </summary>
public sealed class MessageRateTests
{
    private const int Frames = 10_000;
    private const int Events = 5_000;
    private const double LeastPerSecond = 500;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Frames_with_two_faces_and_events_arrive_at_thousands_per_second()
    {
        MosquittoFixture.RequireTool("mosquitto");
        await using EmbeddedBroker broker = await EmbeddedBroker.StartAsync(new EmbeddedBrokerOptions(), cancellationToken: Stop);
        SessionInfo session = SampleFrames.Session();
        BusResultSinkOptions options = new() { Purpose = "test" };
        await using BusResultSink sink = new(
            new MosquittoBus(broker.BusOptions with { Will = BusResultSink.CreateWill(session, options) }),
            session,
            options,
            new EventIdGenerator(TimeProvider.System),
            TimeProvider.System);
        await sink.ConnectAsync(Stop);
        await using MosquittoBus consumer = new(broker.BusOptions);
        await consumer.ConnectAsync(Stop);
        long frames = 0;
        long frameBytes = 0;
        long events = 0;
        await consumer.SubscribeAsync("austream/+/frames", QualityOfService.AtMostOnce, message => { frameBytes += message.Payload.Length; Interlocked.Increment(ref frames); }, Stop);
        await consumer.SubscribeAsync("austream/+/events", QualityOfService.AtLeastOnce, _ => Interlocked.Increment(ref events), Stop);

        using FrameFaces frame = new SampleFrames(SampleFrames.AllActionUnits).Frame(0, (1, FaceState.Tracked), (2, FaceState.Tracked));
        long start = Stopwatch.GetTimestamp();
        while (sink.Counters.FramesSent < Frames)
        {
            // As fast as the connection takes them: a dropped one is offered again.
            long dropped = sink.Counters.FramesDropped;
            await sink.PublishFrameAsync(frame, Stop);
            if (sink.Counters.FramesDropped > dropped)
            {
                await Task.Yield();
            }
        }

        await ArriveAsync(() => Interlocked.Read(ref frames) >= Frames);
        double framesPerSecond = Frames / Stopwatch.GetElapsedTime(start).TotalSeconds;

        start = Stopwatch.GetTimestamp();
        for (int i = 0; i < Events; i++)
        {
            await sink.PublishEventAsync(SampleEvents.Start(i), Stop);
        }

        await ArriveAsync(() => sink.Counters.EventsDelivered >= Events && Interlocked.Read(ref events) >= Events);
        double eventsPerSecond = Events / Stopwatch.GetElapsedTime(start).TotalSeconds;
        TestContext.Current.TestOutputHelper?.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"QoS 0, two faces, {frameBytes / frames} bytes: {framesPerSecond:F0} messages/s; QoS 1 events: {eventsPerSecond:F0} messages/s"));
        framesPerSecond.ShouldBeGreaterThan(LeastPerSecond);
        eventsPerSecond.ShouldBeGreaterThan(LeastPerSecond);
    }

    private static async Task ArriveAsync(Func<bool> arrived)
    {
        using CancellationTokenSource timeout = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        timeout.CancelAfter(TimeSpan.FromSeconds(30));
        while (!arrived())
        {
            await Task.Delay(1, timeout.Token);
        }
    }
}
