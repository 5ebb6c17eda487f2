using AuStream.Stages.Decoding;
using AuStream.Stages.Frames;
using AuStream.Stages.Supervising;
using AuStream.Stages.Tests.Decoding;
using AuStream.Testing;
using Microsoft.AspNetCore.Http;

namespace AuStream.Stages.Tests.Supervising;

public sealed class ReconnectingSourceTests(TestClips clips) : IClassFixture<TestClips>
{
    private static readonly ReconnectOptions _exact = new() { InitialDelay = TimeSpan.FromSeconds(1), MaxDelay = TimeSpan.FromSeconds(5), Jitter = 0 };
    private static readonly SourceException _away = new(SourceFault.ConnectionFailed, "the camera is away", isTransient: true);
    private static readonly SourceException _frozen = new(SourceFault.Stalled, "the camera sent nothing", isTransient: true);
    private static readonly SourceException _unknown = new(SourceFault.NotFound, "there is no such camera");

    private readonly ManualTimeProvider _time = new();
    private readonly FramePool _pool = new();
    private readonly List<ConnectionChange> _changes = [];
    private readonly List<ScriptedSource> _opened = [];

    private static CancellationToken Timeout => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Numbers_and_times_go_on_over_a_reconnection()
    {
        Func<CancellationToken, Task<IFrameSource>> script = Script(Frames(0, 40_000, 80_000), _away, _away, Frames(0, 33_000));
        await using ReconnectingSource source = await OpenAsync(script);

        List<Envelope> envelopes = await ReadAsync(source, 5);

        envelopes.Select(envelope => envelope.Sequence).ShouldBe([0, 1, 2, 3, 4]);

        // Waits of 1, 2 and 4 s lie between the third frame and the fourth.
        envelopes.Select(envelope => envelope.PtsMicroseconds).ShouldBe([0, 40_000, 80_000, 7_080_000, 7_113_000]);
        _opened.Select(source => source.IsDisposed).ShouldBe([true, true]);
    }

    [Fact]
    public async Task Every_change_of_state_is_told()
    {
        Func<CancellationToken, Task<IFrameSource>> script = Script(Frames(_frozen, 0, 1), _away, Frames(0));
        DateTimeOffset start = _time.GetUtcNow();
        await using ReconnectingSource source = await OpenAsync(script);
        await ReadAsync(source, 3);

        _changes.Select(change => change.Status).ShouldBe(
        [
            ConnectionStatus.Connecting, ConnectionStatus.Connected,
            ConnectionStatus.Stalled, ConnectionStatus.Waiting,
            ConnectionStatus.Connecting, ConnectionStatus.Waiting,
            ConnectionStatus.Connecting, ConnectionStatus.Connected,
        ]);
        ConnectionChange[] waits = [.. _changes.Where(change => change.Status == ConnectionStatus.Waiting)];
        waits.Select(wait => wait.Reason).ShouldBe([_frozen.Message, _away.Message]);
        waits.Select(wait => wait.NextAttemptAt - wait.At).ShouldBe([TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2)]);
        waits.Select(wait => wait.Attempt).ShouldBe([1, 2]);
        waits[0].At.ShouldBe(start + TimeSpan.FromMicroseconds(1));
    }

    [Fact]
    public async Task The_end_of_a_live_stream_is_an_outage_too()
    {
        Func<CancellationToken, Task<IFrameSource>> script = Script(Frames(0), Frames(0));
        await using ReconnectingSource source = await OpenAsync(script);

        (await ReadAsync(source, 2)).Select(envelope => envelope.PtsMicroseconds).ShouldBe([0, 1_000_000]);
        _changes.ShouldContain(change => change.Status == ConnectionStatus.Waiting && change.Reason!.Contains("the stream ended"));
    }

    [Fact]
    public async Task Waits_double_up_to_their_limit_and_start_anew_after_a_stable_connection()
    {
        Func<CancellationToken, Task<IFrameSource>> script = Script(
            Frames(_away, 0), _away, _away, _away, Frames(_away, 0, 9_000_000), Frames(_away, 0, 11_000_000), Frames(0));
        await using ReconnectingSource source = await OpenAsync(script);
        await ReadAsync(source, 6);

        _changes.Where(change => change.Status == ConnectionStatus.Waiting)
            .Select(change => (change.NextAttemptAt - change.At)!.Value.TotalSeconds)
            .ShouldBe([1, 2, 4, 5, 5, 1]);
    }

    [Fact]
    public async Task A_source_that_never_existed_fails_at_once()
    {
        SourceException error = await Should.ThrowAsync<SourceException>(() => OpenAsync(Script(_unknown)));

        error.ShouldBeSameAs(_unknown);
        _changes.Select(change => change.Status).ShouldBe([ConnectionStatus.Connecting, ConnectionStatus.Ended]);
    }

    [Fact]
    public async Task A_source_that_is_away_at_first_is_waited_for()
    {
        await using ReconnectingSource source = await OpenAsync(Script(_away, _frozen, Frames(0)));

        source.Description.Uri.ShouldBe("scripted");
        (await ReadAsync(source, 1)).ShouldHaveSingleItem().PtsMicroseconds.ShouldBe(0);
    }

    [Fact]
    public async Task The_attempts_of_the_first_connection_can_be_limited()
    {
        SourceException error = await Should.ThrowAsync<SourceException>(
            () => OpenAsync(Script(_away, _away, _away, Frames(0)), _exact with { MaxInitialAttempts = 3 }));

        error.ShouldBeSameAs(_away);
    }

    [Fact]
    public async Task The_attempts_of_an_outage_can_be_limited()
    {
        await using ReconnectingSource source = await OpenAsync(Script(Frames(_away, 0), _unknown, _away), _exact with { MaxAttempts = 3 });

        (await Should.ThrowAsync<SourceException>(() => ReadAsync(source, 2))).ShouldBeSameAs(_away);
        _changes[^1].Status.ShouldBe(ConnectionStatus.Ended);
    }

    [Fact]
    public async Task After_a_first_connection_even_a_permanent_error_is_waited_out()
    {
        await using ReconnectingSource source = await OpenAsync(Script(Frames(0), _unknown, Frames(0)));

        (await ReadAsync(source, 2)).Count.ShouldBe(2);
    }

    [Fact]
    public async Task A_changed_picture_shape_is_opened_again_without_a_wait()
    {
        var changed = new SourceException(SourceFault.PictureShapeChanged, "turned", isTransient: true);
        await using ReconnectingSource source = await OpenAsync(Script(Frames(changed, 0, 40_000), Frames(0)));

        (await ReadAsync(source, 3)).Select(envelope => envelope.PtsMicroseconds).ShouldBe([0, 40_000, 40_001]);
        _changes.ShouldNotContain(change => change.Status == ConnectionStatus.Waiting);
    }

    [Fact]
    public async Task A_file_ends_at_its_end()
    {
        var file = new ScriptedSource(_pool, _time, [0, 1, 2], kind: SourceKind.File);
        await using ReconnectingSource source = await OpenAsync(_ => Task.FromResult<IFrameSource>(file));

        (await ReadAsync(source, int.MaxValue)).Count.ShouldBe(3);
        file.IsDisposed.ShouldBeTrue();
    }

    [Fact]
    public async Task Disposing_ends_a_wait()
    {
        ReconnectingSource source = await OpenAsync(Script(Frames(0)), observe: change =>
        {
            _changes.Add(change);
            return change.Status != ConnectionStatus.Waiting;
        });
        Task<List<Envelope>> reading = ReadAsync(source, 2);

        await source.DisposeAsync();

        await Should.ThrowAsync<OperationCanceledException>(() => reading);
    }

    [Fact]
    public void Jitter_shortens_waits_by_chance_within_its_bounds()
    {
        var options = new ReconnectOptions { InitialDelay = TimeSpan.FromSeconds(1), MaxDelay = TimeSpan.FromSeconds(30), Jitter = 0.5 };

        options.DelayAfter(1, 0).TotalSeconds.ShouldBe(1);
        options.DelayAfter(1, 1).TotalSeconds.ShouldBe(0.5);
        options.DelayAfter(3, 0.5).TotalSeconds.ShouldBe(3);
        options.DelayAfter(1000, 0).TotalSeconds.ShouldBe(30);
    }

    [Fact]
    public void Options_out_of_range_are_named()
    {
        foreach ((ReconnectOptions options, string field) in new[]
        {
            (new ReconnectOptions { InitialDelay = TimeSpan.Zero }, "InitialDelay"),
            (new ReconnectOptions { MaxDelay = TimeSpan.FromMilliseconds(1) }, "MaxDelay"),
            (new ReconnectOptions { Jitter = 1.1 }, "Jitter"),
            (new ReconnectOptions { StableAfter = TimeSpan.FromSeconds(-1) }, "StableAfter"),
            (new ReconnectOptions { MaxAttempts = 0 }, "MaxAttempts"),
            (new ReconnectOptions { MaxInitialAttempts = 0 }, "MaxInitialAttempts"),
        })
        {
            Should.Throw<ArgumentException>(options.Validate).Message.ShouldContain(field);
        }
    }

    [Fact]
    public async Task A_real_camera_that_dies_freezes_and_refuses_comes_back()
    {
        byte[] jpeg = File.ReadAllBytes(clips.Make("camera.jpg", "-f lavfi -i testsrc2=s=64x48 -frames:v 1"));
        await using WebServer server = await WebServer.StartAsync(async (context, request) =>
        {
            switch (request)
            {
                case 0:
                    await WebServer.SendPicturesAsync(context, jpeg, 12, TimeSpan.FromSeconds(0.02));
                    context.Abort();
                    break;
                case 1:
                    context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
                    break;
                case 2:
                    await WebServer.SendPicturesAsync(context, jpeg, 12, TimeSpan.FromSeconds(0.02));
                    await WebServer.KeepSilentAsync(context);
                    break;
                default:
                    await WebServer.SendPicturesAsync(context, jpeg, 500, TimeSpan.FromSeconds(0.02));
                    break;
            }
        });
        var options = new SourceOptions { StallTimeout = TimeSpan.FromSeconds(1) };
        var reconnect = new ReconnectOptions { InitialDelay = TimeSpan.FromMilliseconds(50) };
        await using ReconnectingSource source = await ReconnectingSource.OpenAsync(
            token => SourceFactory.OpenAsync($"http://{server.Authority}/video", options, _pool, TimeProvider.System, token),
            reconnect,
            TimeProvider.System,
            _changes.Add,
            new Random(1),
            Timeout);

        List<Envelope> envelopes = await ReadAsync(source, 30);

        envelopes.Select(envelope => envelope.Sequence).ShouldBe(Enumerable.Range(0, 30).Select(n => (long)n));
        long[] times = [.. envelopes.Select(envelope => envelope.PtsMicroseconds)];
        times.ShouldBeInOrder(SortDirection.Ascending);
        times.Skip(1).Zip(times, (later, earlier) => later - earlier).Max().ShouldBeGreaterThan(500_000);

        // A machine under load may take an outage for a stall, or need one more attempt.
        _changes.Count(change => change.Status == ConnectionStatus.Connected).ShouldBeGreaterThanOrEqualTo(3);
        _changes.Count(change => change.Status == ConnectionStatus.Waiting).ShouldBeGreaterThanOrEqualTo(3);
        _changes.Count(change => change.Status == ConnectionStatus.Stalled).ShouldBeGreaterThanOrEqualTo(1);
        _changes.ShouldContain(change => change.Reason != null && change.Reason.Contains("the server failed"));
        _pool.Rented.ShouldBe(0);
    }

    private static async Task<List<Envelope>> ReadAsync(ReconnectingSource source, int count)
    {
        List<Envelope> envelopes = [];
        await foreach (VideoFrame frame in source.ReadAsync(Timeout))
        {
            envelopes.Add(frame.Envelope);
            frame.Dispose();
            if (envelopes.Count == count)
            {
                break;
            }
        }

        return envelopes;
    }

    private static (long[] Times, SourceException? Error) Frames(params long[] microseconds) => (microseconds, null);

    private static (long[] Times, SourceException? Error) Frames(SourceException error, params long[] microseconds) => (microseconds, error);

    /// <summary>Opens as written: an exception, or a source with frames.</summary>
    private Func<CancellationToken, Task<IFrameSource>> Script(params object[] steps)
    {
        var left = new Queue<object>(steps);
        return _ =>
        {
            switch (left.Dequeue())
            {
                case SourceException error:
                    return Task.FromException<IFrameSource>(error);
                case (long[] times, var error):
                    var source = new ScriptedSource(_pool, _time, times, (SourceException?)error);
                    _opened.Add(source);
                    return Task.FromResult<IFrameSource>(source);
                default:
                    throw new InvalidOperationException();
            }
        };
    }

    private Task<ReconnectingSource> OpenAsync(
        Func<CancellationToken, Task<IFrameSource>> open, ReconnectOptions? options = null, Func<ConnectionChange, bool>? observe = null) =>
        ReconnectingSource.OpenAsync(
            open,
            options ?? _exact,
            _time,
            change =>
            {
                if (observe is null)
                {
                    _changes.Add(change);
                }

                // The clock passes every wait as soon as it has begun, unless the test wants to see the wait itself.
                if ((observe?.Invoke(change) ?? true) && change.NextAttemptAt is { } due)
                {
                    _ = Task.Run(() => PassWaitAsync(due));
                }
            },
            new Random(1),
            Timeout);

    private async Task PassWaitAsync(DateTimeOffset due)
    {
        while (_time.PendingTimers == 0)
        {
            await Task.Yield();
        }

        _time.Advance(due - _time.GetUtcNow());
    }
}
