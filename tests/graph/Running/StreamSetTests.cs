using AuStream.Pipeline.Configuration;
using AuStream.Pipeline.Running;

namespace AuStream.Graph.Tests.Running;

public sealed class StreamSetTests : IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly List<string> _log = [];

    public void Dispose() => _stop.Dispose();

    [Fact]
    public async Task Only_streams_that_changed_are_stopped_and_started()
    {
        using StreamSet set = new(RunAsync, _stop.Token);
        await set.ApplyAsync([Stream("a", "1"), Stream("b", "1"), Stream("c", "1")]);
        await UntilAsync("start c 1");

        StreamChanges changes = await set.ApplyAsync([Stream("a", "1"), Stream("b", "2"), Stream("d", "1")]);

        changes.ToString().ShouldBe("started d; restarted b; stopped c");
        await UntilAsync("start b 2");
        await UntilAsync("start d 1");
        Log().ShouldContain("end b 1");
        Log().ShouldContain("end c 1");
        Log().ShouldNotContain("end a 1");
        Log().IndexOf("end b 1").ShouldBeLessThan(Log().IndexOf("start b 2"), "two graphs of one stream never run at once");
        await _stop.CancelAsync();
        (await set.RunToEndAsync()).ShouldBeTrue();
    }

    [Fact]
    public async Task Applying_the_same_list_changes_nothing()
    {
        using StreamSet set = new(RunAsync, _stop.Token);
        await set.ApplyAsync([Stream("a", "1")]);

        (await set.ApplyAsync([Stream("a", "1")])).AreNone.ShouldBeTrue();

        await _stop.CancelAsync();
        await set.RunToEndAsync();
        Log().Count(line => line.StartsWith("start", StringComparison.Ordinal)).ShouldBe(1);
    }

    [Fact]
    public async Task A_changed_threshold_is_a_change()
    {
        using StreamSet set = new(RunAsync, _stop.Token);
        await set.ApplyAsync([Stream("a", "1")]);
        StreamConfiguration changed = Stream("a", "1");
        changed.Thresholds[12] = 2;

        (await set.ApplyAsync([changed])).Restarted.ShouldBe(["a"]);

        await _stop.CancelAsync();
    }

    [Fact]
    public async Task It_ends_when_all_streams_have_ended_and_says_when_one_could_not_be_read()
    {
        using StreamSet set = new((stream, _) => Task.FromResult(stream.Id != "bad"), _stop.Token);

        await set.ApplyAsync([Stream("good", "1"), Stream("bad", "1")]);
        (await set.RunToEndAsync()).ShouldBeFalse();

        await set.ApplyAsync([Stream("good", "1")]);
        (await set.RunToEndAsync()).ShouldBeTrue("what is no longer configured no longer counts");
    }

    [Fact]
    public void Keys_outside_streams_that_differ_are_named()
    {
        RunConfiguration one = RunConfigurationLoader.Parse("purpose: x\nstreams: [ { id: a, source: b } ]", "x");
        RunConfiguration other = RunConfigurationLoader.Parse("purpose: y\nbroker: { prefix: p }\nstreams: [ { id: c, source: d } ]", "x");

        ConfigurationWatcher.FixedKeysThatDiffer(one, other).ShouldBe(["purpose", "broker"]);
        ConfigurationWatcher.FixedKeysThatDiffer(one, one).ShouldBeEmpty();
    }

    private static StreamConfiguration Stream(string id, string source) => new() { Id = id, Source = source };

    private async Task<bool> RunAsync(StreamConfiguration stream, CancellationToken stop)
    {
        Add($"start {stream.Id} {stream.Source}");
        TaskCompletionSource ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await using CancellationTokenRegistration registration = stop.Register(ended.SetResult);
        await ended.Task;
        Add($"end {stream.Id} {stream.Source}");
        return true;
    }

    private void Add(string line)
    {
        lock (_log)
        {
            _log.Add(line);
        }
    }

    private List<string> Log()
    {
        lock (_log)
        {
            return [.. _log];
        }
    }

    private async Task UntilAsync(string line)
    {
        using CancellationTokenSource limit = new(TimeSpan.FromSeconds(20));
        while (!Log().Contains(line))
        {
            await Task.Delay(5, limit.Token);
        }
    }
}
