using AuStream.Testing;

namespace AuStream.Stages.Tests.Supervising;

public sealed class ManualTimeProviderTests
{
    [Fact]
    public void Time_that_passes_while_a_timer_fires_is_not_taken_back()
    {
        var time = new ManualTimeProvider();
        DateTimeOffset start = time.GetUtcNow();
        using ITimer timer = time.CreateTimer(_ => time.Advance(TimeSpan.FromSeconds(2)), null, TimeSpan.FromSeconds(1), Timeout.InfiniteTimeSpan);

        time.Advance(TimeSpan.FromSeconds(1.5));

        (time.GetUtcNow() - start).ShouldBe(TimeSpan.FromSeconds(3));
    }
}
