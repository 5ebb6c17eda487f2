namespace AuStream.Stages.Calibrating;

/// <summary>How neutral faces are found. All times are stream time (PTS). docs/time.md gives the reasons.</summary>
public sealed record NeutralReferenceOptions
{
    /// <summary>Where they come from.</summary>
    public ReferenceMode Mode { get; init; } = ReferenceMode.Estimated;

    /// <summary>Frames are judged in windows of this duration, 0.1–10 s.</summary>
    public TimeSpan Window { get; init; } = TimeSpan.FromSeconds(0.5);

    /// <summary>The calmest windows of each face that are kept; their mean is the reference. 1–32.</summary>
    public int KeptWindows { get; init; } = 6;

    /// <summary>Windows from which on the reference is used, 1 to <see cref="KeptWindows"/>.</summary>
    public int NeededWindows { get; init; } = 4;

    /// <summary>A window is calm when the mean over frames and action units of intensity ÷ presence threshold is at most this, and no action unit is present in half of
    /// its frames or more (but see <see cref="ActivePatience"/>). Above 0, at most 1.</summary>
    public float CalmLimit { get; init; } = 0.25f;

    /// <summary>From so much time in windows on, those in which an action unit is present count too, as long as there are too few others: a face that has not been without it
    /// for so long looks like that at rest. 0–3600 s.</summary>
    public TimeSpan ActivePatience { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Largest turn to the side of a frontal face, degrees, 1–45.</summary>
    public float MaximumYaw { get; init; } = 15;

    /// <summary>Largest nod of a frontal face, degrees, 1–45.</summary>
    public float MaximumPitch { get; init; } = 20;

    /// <summary>Largest change of yaw, pitch or roll within a window of a still face, degrees, 1–45.</summary>
    public float MaximumRotation { get; init; } = 8;

    /// <summary>Largest movement within a window of a still face, in widths of the face, 0.05–2.</summary>
    public float MaximumMovement { get; init; } = 0.3f;

    /// <summary>Least confidence of the landmark network, 0–1.</summary>
    public float MinimumConfidence { get; init; } = 0.8f;

    /// <summary>Least distance between the eyes, pixels, 1–1000.</summary>
    public float MinimumInterOcularDistance { get; init; } = 20;

    /// <summary>An enrolment takes the mean over this duration, 0.1–30 s.</summary>
    public TimeSpan EnrolmentDuration { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>An enrolment that found no such stretch after this fails, 1–60 s and longer than <see cref="EnrolmentDuration"/>.</summary>
    public TimeSpan EnrolmentPatience { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>A window or enrolment does not go on over a longer gap between frames; a face not seen for longer than a minute is
    /// forgotten. 0.1–10 s.</summary>
    public TimeSpan MaximumGap { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>What is wrong, one sentence per fault, naming the option; empty when the options are right.</summary>
    public IEnumerable<string> Faults()
    {
        (string Option, double Value, double Minimum, double Maximum)[] ranges =
        [
            (nameof(Window), Window.TotalSeconds, 0.1, 10),
            (nameof(KeptWindows), KeptWindows, 1, 32),
            (nameof(NeededWindows), NeededWindows, 1, KeptWindows),
            (nameof(CalmLimit), CalmLimit, 1e-6, 1),
            (nameof(ActivePatience), ActivePatience.TotalSeconds, 0, 3600),
            (nameof(MaximumYaw), MaximumYaw, 1, 45),
            (nameof(MaximumPitch), MaximumPitch, 1, 45),
            (nameof(MaximumRotation), MaximumRotation, 1, 45),
            (nameof(MaximumMovement), MaximumMovement, 0.05, 2),
            (nameof(MinimumConfidence), MinimumConfidence, 0, 1),
            (nameof(MinimumInterOcularDistance), MinimumInterOcularDistance, 1, 1000),
            (nameof(EnrolmentDuration), EnrolmentDuration.TotalSeconds, 0.1, 30),
            (nameof(EnrolmentPatience), EnrolmentPatience.TotalSeconds, EnrolmentDuration.TotalSeconds, 60),
            (nameof(MaximumGap), MaximumGap.TotalSeconds, 0.1, 10),
        ];
        foreach ((string option, double value, double minimum, double maximum) in ranges)
        {
            if (!(value >= minimum && value <= maximum))
            {
                yield return FormattableString.Invariant($"{option} is {value}; it must lie between {minimum} and {maximum}");
            }
        }
    }
}
