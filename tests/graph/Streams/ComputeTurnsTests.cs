using AuStream.Pipeline.Graph;
using AuStream.Testing;

namespace AuStream.Graph.Tests.Streams;

public sealed class ComputeTurnsTests
{
    private readonly ManualTimeProvider _time = new();

    [Fact]
    public async Task As_many_as_there_are_places_enter_at_once()
    {
        ComputeTurns turns = new(2, _time);
        ComputeTurn[] all = [.. Enumerable.Range(0, 3).Select(_ => turns.CreateTurn(new ComputeAccount()))];

        Task[] entering = [.. all.Select(turn => turn.EnterAsync().AsTask())];
        Task third = entering[2];
        entering[0].IsCompleted.ShouldBeTrue();
        entering[1].IsCompleted.ShouldBeTrue();
        third.IsCompleted.ShouldBeFalse();
        turns.Waiting.ShouldBe(1);

        all[0].Leave();
        await third.WaitAsync(TimeSpan.FromSeconds(20));
        turns.Waiting.ShouldBe(0);
    }

    [Fact]
    public async Task A_light_stream_overtakes_the_backlog_of_a_heavy_one()
    {
        ComputeTurns turns = new(1, _time);
        ComputeAccount heavy = new();
        ComputeTurn[] backlog = [turns.CreateTurn(heavy), turns.CreateTurn(heavy)];
        ComputeTurn light = turns.CreateTurn(new ComputeAccount());
        await backlog[0].EnterAsync();
        _time.Advance(TimeSpan.FromMilliseconds(40));
        backlog[0].Leave();
        await backlog[0].EnterAsync();
        Task second = backlog[1].EnterAsync().AsTask();
        Task first = light.EnterAsync().AsTask();
        _time.Advance(TimeSpan.FromMilliseconds(40));

        backlog[0].Leave();

        await first.WaitAsync(TimeSpan.FromSeconds(20));
        second.IsCompleted.ShouldBeFalse("the heavy stream has used 40 ms more");
        light.Leave();
        await second.WaitAsync(TimeSpan.FromSeconds(20));
    }

    [Fact]
    public async Task Two_busy_streams_share_a_core_by_time_not_by_frames()
    {
        ComputeTurns turns = new(1, _time);

        Dictionary<string, double> used = await RunAsync(turns, ("heavy", 40, new ComputeAccount()), ("light", 10, new ComputeAccount()));

        (used["heavy"] / used["light"]).ShouldBeInRange(0.8, 1.25);
    }

    [Fact]
    public async Task A_stream_that_was_idle_has_not_saved_up_turns()
    {
        ComputeTurns turns = new(1, _time);
        ComputeAccount account = new();
        ComputeTurn busy = turns.CreateTurn(account);
        for (int i = 0; i < 100; i++)
        {
            await busy.EnterAsync();
            _time.Advance(TimeSpan.FromMilliseconds(10));
            busy.Leave();
        }

        // After a second of idleness the other stream gets its share, not the whole second.
        Dictionary<string, double> used = await RunAsync(turns, ("busy", 10, account), ("late", 10, new ComputeAccount()));

        used["late"].ShouldBeInRange(400, 600);
    }

    [Fact]
    public void Entering_and_leaving_allocate_nothing()
    {
        ComputeTurns turns = new(1, _time);
        ComputeTurn turn = turns.CreateTurn(new ComputeAccount());

        AllocationMeter.Least(() =>
        {
            _ = turn.EnterAsync().AsTask();
            turn.Leave();
        }).ShouldBe(0);
    }

    // Streams of two stages each, all of which always want to work; 1000 ms of the core are handed out. Milliseconds that each stream got.
    private async Task<Dictionary<string, double>> RunAsync(ComputeTurns turns, params (string Name, int Milliseconds, ComputeAccount Account)[] streams)
    {
        Dictionary<string, double> used = streams.ToDictionary(stream => stream.Name, _ => 0.0);
        (string Name, int Milliseconds, ComputeTurn Turn)[] stages =
            [.. streams.SelectMany(stream => Enumerable.Range(0, 2).Select(_ => (stream.Name, stream.Milliseconds, turns.CreateTurn(stream.Account))))];
        Task[] asked = [.. stages.Select(stage => stage.Turn.EnterAsync().AsTask())];
        for (double total = 0; total < 1000;)
        {
            await Task.WhenAny(asked).WaitAsync(TimeSpan.FromSeconds(20));
            int working = Array.FindIndex(asked, task => task.IsCompleted);
            (string name, int milliseconds, ComputeTurn turn) = stages[working];
            _time.Advance(TimeSpan.FromMilliseconds(milliseconds));
            used[name] += milliseconds;
            total += milliseconds;
            turn.Leave();
            asked[working] = turn.EnterAsync().AsTask();
        }

        return used;
    }
}
