namespace AuStream.Stages.Tracking;

/// <summary>One-Euro filter (Casiez, Roussel, Vogel 2012) of the landmarks: still faces are smoothed, moving ones hardly.</summary>
public sealed record SmoothingOptions
{
    /// <summary>Cut-off frequency of a still landmark in Hz; above 0.</summary>
    public float MinimumCutoff { get; init; } = 3f;

    /// <summary>Rise of the cut-off in Hz per inter-ocular distance per second; 0 or more.</summary>
    public float SpeedCoefficient { get; init; } = 30f;

    /// <summary>Cut-off of the speed estimate in Hz; above 0.</summary>
    public float SpeedCutoff { get; init; } = 3f;

    /// <summary>Checks the values.</summary>
    /// <exception cref="ArgumentException">A value is out of range; the message names it.</exception>
    public void Validate()
    {
        if (!(MinimumCutoff > 0 && SpeedCutoff > 0 && SpeedCoefficient >= 0))
        {
            throw new ArgumentException(
                $"Smoothing needs MinimumCutoff and SpeedCutoff above 0 and SpeedCoefficient 0 or more; they are {MinimumCutoff}, {SpeedCutoff}, {SpeedCoefficient}.");
        }
    }
}
