using AuStream.Graph.Tests.Fakes;
using AuStream.Pipeline.Graph;
using AuStream.Stages.ActionUnits;
using AuStream.Stages.Decoding;
using AuStream.Stages.Frames;
using AuStream.Stages.Publishing;

namespace AuStream.Graph.Tests.Streams;

public sealed class StreamGraphTests
{
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(20);
    private readonly FramePool _pool = new();

    [Fact]
    public async Task A_file_yields_every_frame_in_order_exactly_once()
    {
        RecordingSink sink = new();
        StreamGraph graph = Create(new ScriptedSource(_pool, 500), sink);

        await graph.RunAsync(CancellationToken.None).WaitAsync(s_limit);

        sink.Frames.ShouldBe(Enumerable.Range(0, 500).Select(i => (long)i));
        sink.FacesPerFrame.ShouldAllBe(faces => faces == 1);
        sink.Completions.ShouldBe(1);
        graph.Metrics.FramesIn.ShouldBe(500);
        graph.Metrics.FramesOut.ShouldBe(500);
        graph.Metrics.FramesDropped().ShouldBe(0);
        _pool.Rented.ShouldBe(0);
    }

    [Fact]
    public async Task An_empty_source_completes_every_sink_without_a_frame()
    {
        RecordingSink sink = new();

        await Create(new ScriptedSource(_pool, 0), sink).RunAsync(CancellationToken.None).WaitAsync(s_limit);

        sink.Frames.ShouldBeEmpty();
        sink.Completions.ShouldBe(1);
    }

    [Fact]
    public async Task A_slow_sink_makes_a_file_wait()
    {
        RecordingSink sink = new() { BeforeFrame = _ => Task.Delay(2) };
        StreamGraph graph = Create(new ScriptedSource(_pool, 60), sink);

        await graph.RunAsync(CancellationToken.None).WaitAsync(s_limit);

        sink.Frames.Count.ShouldBe(60);
        graph.Metrics.FramesDropped().ShouldBe(0);
    }

    [Fact]
    public async Task A_slow_sink_makes_a_live_source_drop_the_oldest_frames_and_count_them()
    {
        RecordingSink sink = new() { BeforeFrame = _ => Task.Delay(20) };
        ScriptedSource source = new(_pool, 200, SourceKind.Live) { BeforeFrame = _ => Task.Delay(1) };
        StreamGraph graph = Create(source, sink);

        await graph.RunAsync(CancellationToken.None).WaitAsync(s_limit);

        sink.Frames.Count.ShouldBeLessThan(200);
        sink.Frames.ShouldBeInOrder();
        sink.Frames[^1].ShouldBe(199, "the latest frame is never the one that is dropped");
        (sink.Frames.Count + graph.Metrics.FramesDropped()).ShouldBe(200);
        _pool.Rented.ShouldBe(0);
    }

    [Fact]
    public async Task Stopping_finishes_what_is_in_flight_and_ends_open_events()
    {
        RecordingSink sink = new();
        StreamGraph graph = Create(new ScriptedSource(_pool, 10) { WaitsForever = true }, sink, events: new OpenEvents(startAt: 3));
        using CancellationTokenSource stop = new();

        Task run = graph.RunAsync(stop.Token);
        await UntilAsync(() => graph.Metrics.FramesOut == 10);
        await stop.CancelAsync();
        await run.WaitAsync(s_limit);

        sink.Frames.Count.ShouldBe(10);
        sink.Events.Select(message => message.Phase).ShouldBe([EventPhase.Start, EventPhase.End]);
        sink.Events[1].EndReason.ShouldBe(EventEndReason.StreamEnded);
        sink.Events[1].OffsetMicroseconds.ShouldBe(9 * 40_000);
        sink.Completions.ShouldBe(1);
        _pool.Rented.ShouldBe(0);
    }

    [Fact]
    public async Task A_source_that_breaks_off_loses_no_frame_and_no_event_before_the_break()
    {
        RecordingSink sink = new();
        ScriptedSource source = new(_pool, 30) { FaultAtEnd = new SourceException("test: broke off") };
        StreamGraph graph = Create(source, sink, events: new OpenEvents(startAt: 5));

        SourceException fault = await Should.ThrowAsync<SourceException>(() => graph.RunAsync(CancellationToken.None).WaitAsync(s_limit));

        fault.Message.ShouldBe("test: broke off");
        sink.Frames.Count.ShouldBe(30);
        sink.Events.Select(message => message.Phase).ShouldBe([EventPhase.Start, EventPhase.End]);
        sink.Completions.ShouldBe(1);
    }

    [Fact]
    public async Task A_failing_face_stage_ends_the_stream_with_its_own_fault_and_leaks_no_frame()
    {
        RecordingSink sink = new();
        OneFaceFinder finder = new() { FaultAt = 20 };
        StreamGraph graph = Create(new ScriptedSource(_pool, 1000), sink, finder);

        InvalidOperationException fault = await Should.ThrowAsync<InvalidOperationException>(() => graph.RunAsync(CancellationToken.None).WaitAsync(s_limit));

        fault.Message.ShouldBe("the face finder failed");
        sink.Frames.ShouldBe(Enumerable.Range(0, 20).Select(i => (long)i));
        sink.Completions.ShouldBe(1);
        finder.IsDisposed.ShouldBeTrue();
        _pool.Rented.ShouldBe(0);
    }

    [Fact]
    public async Task A_failing_action_unit_stage_ends_the_stream_with_its_own_fault_and_leaks_no_frame()
    {
        RecordingSink sink = new();
        StreamGraph graph = Create(new ScriptedSource(_pool, 1000), sink, actionUnits: new CountingActionUnits { FaultAt = 20 });

        InvalidOperationException fault = await Should.ThrowAsync<InvalidOperationException>(() => graph.RunAsync(CancellationToken.None).WaitAsync(s_limit));

        fault.Message.ShouldBe("the action unit network failed");
        sink.Frames.Count.ShouldBe(20);
        sink.Completions.ShouldBe(1);
        _pool.Rented.ShouldBe(0);
    }

    [Fact]
    public async Task A_failing_sink_ends_the_stream_and_the_other_sinks_are_completed()
    {
        RecordingSink good = new();
        RecordingSink bad = new() { FaultAt = 10 };
        StreamGraph graph = Create(new ScriptedSource(_pool, 1000), [good, bad]);

        IOException fault = await Should.ThrowAsync<IOException>(() => graph.RunAsync(CancellationToken.None).WaitAsync(s_limit));

        fault.Message.ShouldBe("the sink failed");
        good.Frames.Count.ShouldBe(11);
        good.Completions.ShouldBe(1);
        bad.Completions.ShouldBe(1);
        _pool.Rented.ShouldBe(0);
    }

    [Fact]
    public async Task A_sink_that_fails_on_completion_keeps_no_other_from_completing()
    {
        RecordingSink bad = new() { FaultOnCompletion = new IOException("disk full") };
        RecordingSink good = new();

        await Should.ThrowAsync<IOException>(() => Create(new ScriptedSource(_pool, 5), [bad, good]).RunAsync(CancellationToken.None).WaitAsync(s_limit));

        good.Completions.ShouldBe(1);
        good.Frames.Count.ShouldBe(5);
    }

    [Fact]
    public void A_stream_without_a_sink_is_refused_before_it_starts()
    {
        Should.Throw<ArgumentException>(() => Create(new ScriptedSource(_pool, 1), [])).Message.ShouldContain("at least one sink");
    }

    private static StreamGraph Create(
        IFrameSource source,
        RecordingSink sink,
        OneFaceFinder? finder = null,
        CountingActionUnits? actionUnits = null,
        IEventStage? events = null) => Create(source, [sink], finder, actionUnits, events);

    private static StreamGraph Create(
        IFrameSource source,
        IReadOnlyList<IResultSink> sinks,
        OneFaceFinder? finder = null,
        CountingActionUnits? actionUnits = null,
        IEventStage? events = null) => new(
            new StreamGraphParts
            {
                Source = source,
                FaceFinder = finder ?? new OneFaceFinder(),
                ActionUnits = actionUnits ?? new CountingActionUnits(),
                Events = events,
                Sinks = sinks,
            },
            new StreamGraphOptions(),
            TimeProvider.System);

    private static async Task UntilAsync(Func<bool> condition)
    {
        using CancellationTokenSource limit = new(s_limit);
        while (!condition())
        {
            await Task.Delay(5, limit.Token);
        }
    }
}
