namespace AuStream.Stages.Supervising;

/// <summary>When and how often to connect again to a live source that went away.</summary>
public sealed record ReconnectOptions
{
    /// <summary>Wait before the first new attempt.</summary>
    public TimeSpan InitialDelay { get; init; } = TimeSpan.FromSeconds(0.5);

    /// <summary>Longest wait. Each wait is twice the one before it until then.</summary>
    public TimeSpan MaxDelay { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Share of each wait that is left to chance, 0–1, so that many streams of one lost server do not come back at once: waits last between (1 − Jitter) and 1 times their nominal length.</summary>
    public double Jitter { get; init; } = 0.3;

    /// <summary>A connection that gave frames for so long is stable: the next outage begins with <see cref="InitialDelay"/> again.</summary>
    public TimeSpan StableAfter { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Attempts in a row without a stable connection before the source is given up; null for no limit.</summary>
    public int? MaxAttempts { get; init; }

    /// <summary>Attempts for the very first connection; null for no limit. Errors that no retry can mend end them at once.</summary>
    public int? MaxInitialAttempts { get; init; }

    /// <summary>Checks every field.</summary>
    /// <exception cref="ArgumentException">The message names the field and the rule it breaks.</exception>
    public void Validate()
    {
        Require(InitialDelay > TimeSpan.Zero, nameof(InitialDelay), "must be above zero");
        Require(MaxDelay >= InitialDelay, nameof(MaxDelay), "must not be below InitialDelay");
        Require(Jitter is >= 0 and <= 1, nameof(Jitter), "must be 0 to 1");
        Require(StableAfter >= TimeSpan.Zero, nameof(StableAfter), "must not be negative");
        Require(MaxAttempts is null or >= 1, nameof(MaxAttempts), "must be at least 1");
        Require(MaxInitialAttempts is null or >= 1, nameof(MaxInitialAttempts), "must be at least 1");
    }

    /// <summary>The wait after the given number of failed attempts.</summary>
    /// <param name="failures">Failed attempts in a row, at least 1.</param>
    /// <param name="chance">A random number, 0–1.</param>
    internal TimeSpan DelayAfter(int failures, double chance)
    {
        double seconds = Math.Min(MaxDelay.TotalSeconds, InitialDelay.TotalSeconds * Math.Pow(2, Math.Min(failures - 1, 62)));
        return TimeSpan.FromSeconds(seconds * (1 - (Jitter * chance)));
    }

    private static void Require(bool isValid, string field, string rule)
    {
        if (!isValid)
        {
            throw new ArgumentException($"{nameof(ReconnectOptions)}.{field} {rule}.");
        }
    }
}
