using AuStream.Stages.Publishing;

namespace AuStream.Stages.Tests.Publishing;

public sealed class EventIdGeneratorTests
{
    [Fact]
    public void Ids_sort_in_the_order_they_were_made()
    {
        EventIdGenerator generator = new(TimeProvider.System);
        string[] ids = [.. Enumerable.Range(0, 20_000).Select(_ => generator.Next())];
        ids.ShouldBe(ids.Order(StringComparer.Ordinal));
        ids.Distinct().Count().ShouldBe(ids.Length);
        ids.ShouldAllBe(id => id.Length == 26 && id.All(c => "0123456789ABCDEFGHJKMNPQRSTVWXYZ".Contains(c)));
    }

    [Fact]
    public void The_first_ten_characters_are_the_milliseconds_since_1970()
    {
        // 2^40 ms = 1 followed by eight groups of five zero bits.
        string id = new EventIdGenerator(new FixedTime(DateTimeOffset.UnixEpoch.AddMilliseconds((1L << 40) + 31))).Next();
        id[..10].ShouldBe("010000000Z");
    }

    [Fact]
    public void A_later_start_of_the_program_makes_ids_that_sort_later_and_do_not_repeat()
    {
        DateTimeOffset start = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);
        EventIdGenerator before = new(new FixedTime(start));
        EventIdGenerator after = new(new FixedTime(start.AddMilliseconds(1)));
        EventIdGenerator sameInstant = new(new FixedTime(start));
        string last = Enumerable.Range(0, 1000).Select(_ => before.Next()).Last();
        string.CompareOrdinal(last, after.Next()).ShouldBeLessThan(0);
        sameInstant.Next().ShouldNotBe(new EventIdGenerator(new FixedTime(start)).Next());
    }

    [Fact]
    public void A_clock_that_is_set_back_does_not_unsort_the_ids()
    {
        FixedTime time = new(DateTimeOffset.UnixEpoch.AddDays(20_000));
        EventIdGenerator generator = new(time);
        string first = generator.Next();
        time.Now -= TimeSpan.FromHours(1);
        string.CompareOrdinal(first, generator.Next()).ShouldBeLessThan(0);
    }

    [Fact]
    public void A_seeded_source_makes_the_same_ids_again()
    {
        FixedTime time = new(DateTimeOffset.UnixEpoch.AddDays(1));
        EventIdGenerator one = new(time, new Random(7));
        EventIdGenerator two = new(time, new Random(7));
        one.Next().ShouldBe(two.Next());
    }

    [Fact]
    public async Task Threads_never_get_the_same_id()
    {
        EventIdGenerator generator = new(new FixedTime(DateTimeOffset.UnixEpoch.AddDays(1)));
        string[][] ids = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ =>
            Task.Run(() => Enumerable.Range(0, 2_000).Select(_ => generator.Next()).ToArray())));
        ids.SelectMany(id => id).Distinct().Count().ShouldBe(8_000);
    }

    private sealed class FixedTime(DateTimeOffset now) : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = now;

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
