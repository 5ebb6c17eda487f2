using AuStream.Stages.Limiting;

namespace AuStream.Stages.Tests.Limiting;

public sealed class FrameChannelTests
{
    private static CancellationToken Timeout => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_lossless_edge_makes_the_producer_wait_and_loses_nothing()
    {
        using FrameChannel<Item> channel = FrameChannel.CreateLossless<Item>(2);
        (await channel.WriteAsync(new Item(0))).ShouldBeTrue();
        (await channel.WriteAsync(new Item(1))).ShouldBeTrue();
        ValueTask<bool> waiting = channel.WriteAsync(new Item(2));
        waiting.IsCompleted.ShouldBeFalse();

        (await channel.ReadAsync())!.Number.ShouldBe(0);

        (await waiting).ShouldBeTrue();
        (await channel.ReadAsync())!.Number.ShouldBe(1);
        (await channel.ReadAsync())!.Number.ShouldBe(2);
        channel.Dropped.ShouldBe(0);
        channel.Accepted.ShouldBe(3);
    }

    [Fact]
    public async Task A_latest_edge_drops_the_oldest_disposes_and_counts_it()
    {
        using FrameChannel<Item> channel = FrameChannel.CreateLatest<Item>(2);
        Item[] items = [.. Enumerable.Range(0, 5).Select(n => new Item(n))];
        foreach (Item item in items)
        {
            (await channel.WriteAsync(item)).ShouldBeTrue();
        }

        channel.Dropped.ShouldBe(3);
        items.Select(item => item.Disposals).ShouldBe([1, 1, 1, 0, 0]);
        (await channel.ReadAsync()).ShouldBeSameAs(items[3]);
        (await channel.ReadAsync()).ShouldBeSameAs(items[4]);
    }

    [Fact]
    public async Task A_waiting_consumer_gets_the_next_item_and_then_the_end()
    {
        using FrameChannel<Item> channel = FrameChannel.CreateLatest<Item>(1);
        ValueTask<Item?> first = channel.ReadAsync();
        await channel.WriteAsync(new Item(7));
        (await first)!.Number.ShouldBe(7);

        ValueTask<Item?> end = channel.ReadAsync();
        channel.Complete();
        (await end).ShouldBeNull();
        (await channel.ReadAsync()).ShouldBeNull();
    }

    [Fact]
    public async Task An_error_comes_after_everything_before_it()
    {
        using FrameChannel<Item> channel = FrameChannel.CreateLossless<Item>(2);
        await channel.WriteAsync(new Item(1));
        channel.Complete(new InvalidDataException("broken"));

        (await channel.ReadAsync())!.Number.ShouldBe(1);
        await Should.ThrowAsync<InvalidDataException>(async () => await channel.ReadAsync());
        Should.Throw<InvalidOperationException>(() => channel.Write(new Item(2)));
    }

    [Fact]
    public async Task What_is_in_flight_bounds_what_is_taken()
    {
        using FrameChannel<Item> channel = FrameChannel.CreateLatest<Item>(1, maxInFlight: 2);
        await channel.WriteAsync(new Item(0));
        await channel.ReadAsync();
        await channel.WriteAsync(new Item(1));
        await channel.ReadAsync();
        await channel.WriteAsync(new Item(2));
        ValueTask<Item?> third = channel.ReadAsync();
        third.IsCompleted.ShouldBeFalse();
        channel.InFlight.ShouldBe(2);

        await channel.WriteAsync(new Item(3));
        channel.Finish();

        (await third)!.Number.ShouldBe(3);
        channel.Dropped.ShouldBe(1);
        channel.Finish();
        channel.Finish();
        Should.Throw<InvalidOperationException>(channel.Finish);
    }

    [Fact]
    public async Task A_consumer_that_leaves_releases_the_producer_and_every_item()
    {
        FrameChannel<Item> channel = FrameChannel.CreateLossless<Item>(1);
        Item waiting = new(0);
        Item held = new(1);
        Item late = new(2);
        await channel.WriteAsync(waiting);
        ValueTask<bool> blocked = channel.WriteAsync(held);

        channel.Dispose();

        (await blocked).ShouldBeFalse();
        (await channel.WriteAsync(late)).ShouldBeFalse();
        new[] { waiting, held, late }.Select(item => item.Disposals).ShouldBe([1, 1, 1]);
        (await channel.ReadAsync()).ShouldBeNull();
    }

    [Fact]
    public async Task A_blocked_thread_is_released_by_the_consumer()
    {
        FrameChannel<Item> channel = FrameChannel.CreateLossless<Item>(1);
        channel.Write(new Item(0)).ShouldBeTrue();
        Task<bool> blocked = Task.Run(() => channel.Write(new Item(1)), Timeout);
        (await channel.ReadAsync())!.Number.ShouldBe(0);
        (await blocked).ShouldBeTrue();
        Task<bool> again = Task.Run(() => channel.Write(new Item(2)), Timeout);

        channel.Dispose();

        (await again).ShouldBeFalse();
    }

    [Fact]
    public async Task Cancelling_a_wait_leaves_the_channel_usable()
    {
        using FrameChannel<Item> channel = FrameChannel.CreateLossless<Item>(1);
        using var cancelled = new CancellationTokenSource();
        ValueTask<Item?> reading = channel.ReadAsync(cancelled.Token);
        await cancelled.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(async () => await reading);
        await Should.ThrowAsync<OperationCanceledException>(async () => await channel.ReadAsync(cancelled.Token));

        Item kept = new(0);
        Item refused = new(1);
        await channel.WriteAsync(kept);
        using var writerCancelled = new CancellationTokenSource();
        ValueTask<bool> writing = channel.WriteAsync(refused, writerCancelled.Token);
        await writerCancelled.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(async () => await writing);

        refused.Disposals.ShouldBe(1);
        (await channel.ReadAsync()).ShouldBeSameAs(kept);
    }

    [Fact]
    public async Task A_second_consumer_is_refused()
    {
        using FrameChannel<Item> channel = FrameChannel.CreateLossless<Item>(1);
        ValueTask<Item?> first = channel.ReadAsync();
        await Should.ThrowAsync<InvalidOperationException>(async () => await channel.ReadAsync());
        channel.Complete();
        (await first).ShouldBeNull();
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 0)]
    public void Bounds_below_one_are_refused(int capacity, int maxInFlight) =>
        Should.Throw<ArgumentOutOfRangeException>(() => FrameChannel.CreateLatest(capacity, maxInFlight));

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public async Task Racing_sides_keep_order_and_own_every_item_exactly_once(int capacity)
    {
        using FrameChannel<Item> channel = FrameChannel.CreateLossless<Item>(capacity);
        Item[] items = [.. Enumerable.Range(0, 20_000).Select(n => new Item(n))];
        Task producing = Task.Run(
            async () =>
            {
                foreach (Item item in items)
                {
                    (item.Number % 3 == 0 ? channel.Write(item) : await channel.WriteAsync(item, Timeout)).ShouldBeTrue();
                }

                channel.Complete();
            },
            Timeout);

        int next = 0;
        await foreach (Item item in channel.ReadAllAsync(Timeout))
        {
            item.Number.ShouldBe(next++);
            item.Dispose();
        }

        await producing;
        next.ShouldBe(items.Length);
        items.ShouldAllBe(item => item.Disposals == 1);
    }

    [Fact]
    public async Task Racing_drops_add_up()
    {
        using FrameChannel<Item> channel = FrameChannel.CreateLatest<Item>(2);
        Item[] items = [.. Enumerable.Range(0, 20_000).Select(n => new Item(n))];
        Task producing = Task.Run(
            () =>
            {
                foreach (Item item in items)
                {
                    channel.Write(item);
                }

                channel.Complete();
            },
            Timeout);

        long taken = 0;
        int last = -1;
        await foreach (Item item in channel.ReadAllAsync(Timeout))
        {
            item.Number.ShouldBeGreaterThan(last);
            last = item.Number;
            taken++;
            item.Dispose();
        }

        await producing;
        last.ShouldBe(items.Length - 1);
        (taken + channel.Dropped).ShouldBe(items.Length);
        items.ShouldAllBe(item => item.Disposals == 1);
    }

    private sealed class Item(int number) : IDisposable
    {
        private int _disposals;

        public int Number => number;

        public int Disposals => Volatile.Read(ref _disposals);

        public void Dispose() => Interlocked.Increment(ref _disposals);
    }
}
