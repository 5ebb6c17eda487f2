namespace AuStream.Stages.Tracking;

/// <summary>How faces are followed. All times are presentation time.</summary>
public sealed record TrackerOptions
{
    /// <summary>Most faces followed at once, 1–256.</summary>
    public int MaximumFaces { get; init; } = 32;

    /// <summary>How often further faces are searched for while some are followed; above 0.</summary>
    public TimeSpan DetectionInterval { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>How often a face that is out of sight is searched for, besides the frame that lost it; above 0.</summary>
    public TimeSpan RecoveryInterval { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>How long a face that is out of sight is waited for before it is lost; 0–60 s.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Lowest confidence of the landmark network at which a region is a face, 0–1.</summary>
    public float MinimumConfidence { get; init; } = 0.5f;

    /// <summary>Two tracks whose boxes overlap by more than this (intersection over union, 0–1) look at the same face.</summary>
    public float DuplicateOverlap { get; init; } = 0.5f;

    /// <summary>Smoothing of the landmarks against jitter; null for none, the default: measurements see what the network said.</summary>
    public SmoothingOptions? Smoothing { get; init; }

    /// <summary>True for unrelated pictures: every frame is searched thoroughly, nothing is carried over, every face is new.</summary>
    public bool IsPictures { get; init; }

    /// <summary>Checks the values.</summary>
    /// <exception cref="ArgumentException">A value is out of range; the message names it.</exception>
    public void Validate()
    {
        Require(MaximumFaces is >= 1 and <= 256, nameof(MaximumFaces), MaximumFaces, "1 to 256");
        Require(DetectionInterval > TimeSpan.Zero, nameof(DetectionInterval), DetectionInterval, "above 0");
        Require(RecoveryInterval > TimeSpan.Zero, nameof(RecoveryInterval), RecoveryInterval, "above 0");
        Require(Patience >= TimeSpan.Zero && Patience <= TimeSpan.FromSeconds(60), nameof(Patience), Patience, "0 to 60 s");
        Require(MinimumConfidence is >= 0 and <= 1, nameof(MinimumConfidence), MinimumConfidence, "0 to 1");
        Require(DuplicateOverlap is > 0 and <= 1, nameof(DuplicateOverlap), DuplicateOverlap, "above 0 and at most 1");
        Smoothing?.Validate();
    }

    private static void Require<T>(bool isValid, string name, T value, string range)
    {
        if (!isValid)
        {
            throw new ArgumentException($"{name} is {value}, it must be {range}.");
        }
    }
}
