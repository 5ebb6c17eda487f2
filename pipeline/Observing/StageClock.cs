namespace AuStream.Pipeline.Observing;

/// <summary>Sums the time that one stage spends working. One writer, any readers.</summary>
public sealed class StageClock(string name, TimeProvider time)
{
    private long _ticks;
    private long _count;

    /// <summary>The stage's name in tables and JSON.</summary>
    public string Name { get; } = name;

    /// <summary>Frames worked on.</summary>
    public long Count => Volatile.Read(ref _count);

    /// <summary>Mean milliseconds per frame; 0 before the first.</summary>
    public double MillisecondsPerFrame => Count == 0 ? 0 : TimeSpan.FromTicks(Volatile.Read(ref _ticks)).TotalMilliseconds / Count;

    /// <summary>Timestamp to hand to <see cref="Stop"/>.</summary>
    public long Start() => time.GetTimestamp();

    /// <summary>Adds the time since <paramref name="started"/> as one frame's work.</summary>
    public void Stop(long started)
    {
        Volatile.Write(ref _ticks, _ticks + time.GetElapsedTime(started).Ticks);
        Volatile.Write(ref _count, _count + 1);
    }

    /// <summary>Forgets everything; call it only while the stage rests.</summary>
    public void Reset()
    {
        Volatile.Write(ref _ticks, 0);
        Volatile.Write(ref _count, 0);
    }
}
