namespace AuStream.Stages.Tracking;

/// <summary>One-Euro filter over all coordinates of one face, in presentation time.</summary>
internal sealed class LandmarkSmoother(int count)
{
    private readonly float[] _speeds = new float[count];
    private bool _isStarted;

    /// <summary>Smoothed coordinates.</summary>
    public float[] Values { get; } = new float[count];

    /// <summary>Forgets the past.</summary>
    public void Reset() => _isStarted = false;

    /// <summary>Takes the next measurement.</summary>
    /// <param name="measured">Coordinates in pixels.</param>
    /// <param name="seconds">Time since the last measurement.</param>
    /// <param name="unit">Inter-ocular distance in pixels: speeds are judged relative to it.</param>
    /// <param name="options">The filter's constants.</param>
    public void Update(ReadOnlySpan<float> measured, float seconds, float unit, SmoothingOptions options)
    {
        if (!_isStarted || !(seconds > 0) || !(unit > 0))
        {
            measured.CopyTo(Values);
            Array.Clear(_speeds);
            _isStarted = true;
            return;
        }

        float speedShare = Share(options.SpeedCutoff, seconds);
        for (int i = 0; i < measured.Length; i++)
        {
            float speed = (measured[i] - Values[i]) / (seconds * unit);
            _speeds[i] += speedShare * (speed - _speeds[i]);
            float cutoff = options.MinimumCutoff + (options.SpeedCoefficient * Math.Abs(_speeds[i]));
            Values[i] += Share(cutoff, seconds) * (measured[i] - Values[i]);
        }
    }

    /// <summary>Weight of a new value in an exponential filter with this cut-off frequency.</summary>
    private static float Share(float cutoff, float seconds)
    {
        float ratio = 2 * MathF.PI * cutoff * seconds;
        return ratio / (ratio + 1);
    }
}
