namespace AuStream.Synthesis.Measuring;

/// <summary>Adds up how long each step takes, over all threads. Thread-safe.</summary>
/// <param name="time">The clock; <see cref="ThreadClock"/> counts what a thread really works.</param>
public sealed class StepTimes(TimeProvider time)
{
    private static readonly SynthesisStep[] Renderer =
    [
        SynthesisStep.Geometry, SynthesisStep.Visibility, SynthesisStep.Shadow, SynthesisStep.Surfaces, SynthesisStep.Occlusion, SynthesisStep.Shading, SynthesisStep.Hair,
    ];

    private readonly long[] _ticks = new long[Enum.GetValues<SynthesisStep>().Length];
    private long _pictures;

    /// <summary>Pictures made.</summary>
    public long Pictures => Interlocked.Read(ref _pictures);

    /// <summary>Seconds of all steps.</summary>
    public double TotalSeconds => Enum.GetValues<SynthesisStep>().Sum(Seconds);

    /// <summary>Seconds of the renderer alone: what turns a head with its expression into a picture.</summary>
    public double RendererSeconds => Renderer.Sum(Seconds);

    /// <summary>Seconds of a step over all threads.</summary>
    public double Seconds(SynthesisStep step) => (double)Interlocked.Read(ref _ticks[(int)step]) / time.TimestampFrequency;

    /// <summary>Counts a picture.</summary>
    public void CountPicture() => Interlocked.Increment(ref _pictures);

    /// <summary>The clock now.</summary>
    public long Now() => time.GetTimestamp();

    /// <summary>Books the time since a moment on a step, and moves the moment to now.</summary>
    public void Book(SynthesisStep step, ref long since)
    {
        long now = time.GetTimestamp();
        Interlocked.Add(ref _ticks[(int)step], now - since);
        since = now;
    }
}
