namespace AuStream.Stages.Brokers;

/// <summary>How long to wait before the next attempt: doubling from a first to a longest delay, each drawn from its upper half, so that many clients do not come back at once.</summary>
/// <remarks>Not thread-safe.</remarks>
/// <param name="first">Upper bound of the first delay.</param>
/// <param name="longest">Upper bound of all delays.</param>
/// <param name="random">Where the jitter comes from.</param>
internal sealed class ReconnectDelay(TimeSpan first, TimeSpan longest, Random random)
{
    private int _attempts;

    /// <summary>The next delay.</summary>
    public TimeSpan Next()
    {
        double bound = Math.Min(longest.TotalSeconds, first.TotalSeconds * Math.Pow(2, Math.Min(_attempts, 30)));
        _attempts++;
        return TimeSpan.FromSeconds(bound * (0.5 + (random.NextDouble() / 2)));
    }

    /// <summary>A connection stood: start over.</summary>
    public void Reset() => _attempts = 0;
}
