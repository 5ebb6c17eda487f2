namespace AuStream.Stages.Decoding;

/// <summary>Calls once when an awaited thing does not come in time. Arming allocates nothing. Thread-safe.</summary>
internal sealed class StallWatchdog : IDisposable
{
    private const long Disarmed = 0;
    private const long Expired = -1;

    private static readonly TimeSpan _coarsest = TimeSpan.FromSeconds(1);

    private readonly TimeProvider _time;
    private readonly Action _onExpired;
    private readonly ITimer _timer;
    private long _deadline;

    /// <param name="time">The clock.</param>
    /// <param name="shortestTimeout">The shortest time that will be asked for; an eighth of it, at most 1 s, is the delay with which expiry is noticed.</param>
    /// <param name="onExpired">Called once, on the timer's thread.</param>
    public StallWatchdog(TimeProvider time, TimeSpan shortestTimeout, Action onExpired)
    {
        _time = time;
        _onExpired = onExpired;
        TimeSpan period = shortestTimeout / 8 < _coarsest ? shortestTimeout / 8 : _coarsest;
        _timer = time.CreateTimer(static watchdog => ((StallWatchdog)watchdog!).Check(), this, period, period);
    }

    /// <summary>True once the time ran out; it stays so.</summary>
    public bool HasExpired => Volatile.Read(ref _deadline) == Expired;

    /// <summary>Expects something within the given time from now.</summary>
    public void Arm(TimeSpan timeout)
    {
        long deadline = _time.GetTimestamp() + (long)(timeout.TotalSeconds * _time.TimestampFrequency);
        Set(Math.Max(deadline, 1));
    }

    /// <summary>Expects nothing.</summary>
    public void Disarm() => Set(Disarmed);

    /// <inheritdoc/>
    public void Dispose() => _timer.Dispose();

    private void Set(long deadline)
    {
        long before = Volatile.Read(ref _deadline);
        while (before != Expired)
        {
            long seen = Interlocked.CompareExchange(ref _deadline, deadline, before);
            if (seen == before)
            {
                return;
            }

            before = seen;
        }
    }

    private void Check()
    {
        long deadline = Volatile.Read(ref _deadline);
        if (deadline > 0 && _time.GetTimestamp() >= deadline && Interlocked.CompareExchange(ref _deadline, Expired, deadline) == deadline)
        {
            _onExpired();
        }
    }
}
