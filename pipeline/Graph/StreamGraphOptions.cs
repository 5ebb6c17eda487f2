namespace AuStream.Pipeline.Graph;

/// <summary>How the stages of a stream are linked.</summary>
public sealed record StreamGraphOptions
{
    /// <summary>Decoded frames that may wait for the face stage, 1–64. A live source keeps the latest, a file waits.</summary>
    public int FrameCapacity { get; init; } = 4;

    /// <summary>Frames that may wait between later stages, 1–64.</summary>
    public int StageCapacity { get; init; } = 2;

    /// <summary>Longest time that sinks get to write out what is open after the stream's end.</summary>
    public TimeSpan DrainTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How often the stream's counters are published.</summary>
    public TimeSpan StatisticsInterval { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Checks the values.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A value is out of its range.</exception>
    public void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(FrameCapacity, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(FrameCapacity, 64);
        ArgumentOutOfRangeException.ThrowIfLessThan(StageCapacity, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(StageCapacity, 64);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(DrainTimeout, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(StatisticsInterval, TimeSpan.Zero);
    }
}
