namespace AuStream.Stages.Events;

/// <summary>How scores over time become events. All times are stream time (PTS).</summary>
/// <remarks>
/// What the smoother decides, it decides late by a known amount. A start is decided at the first frame that lies
/// <see cref="MinimumDuration"/> or more after the onset; an end at the first frame that lies more than <see cref="BridgedGap"/>
/// after the offset. The filter may delay both: a jump from intensity 0 to x over a threshold θ is seen
/// τ · ln(x / (x − θ)) later (35 ms for x = 2θ with the default τ), at most <see cref="MaximumFilterDelay"/>. The bounds are
/// <see cref="StartDelay"/> and <see cref="EndDelay"/>. The times <em>in</em> the messages do not lag: they are taken from the unfiltered
/// scores.
/// </remarks>
public sealed record EventSmootherOptions
{
    /// <summary>Time constant τ of the low-pass filter that decisions are taken on; zero switches it off. 0–1 s.</summary>
    public TimeSpan FilterTimeConstant { get; init; } = TimeSpan.FromMilliseconds(50);

    /// <summary>An intensity that stays beyond a threshold for this long has crossed it, whatever the filter says. 0–10 s.</summary>
    public TimeSpan MaximumFilterDelay { get; init; } = TimeSpan.FromMilliseconds(200);

    /// <summary>How far the smoother may look ahead: its filter then has no delay, and all decisions come this much later. Zero for live
    /// streams, for files five time constants are enough. 0–2 s.</summary>
    public TimeSpan LookAhead { get; init; }

    /// <summary>An action unit that is on goes off below threshold · fraction (hysteresis). Above 0, at most 1.</summary>
    public float OffFraction { get; init; } = 0.7f;

    /// <summary>Shorter events are not reported. 0–10 s.</summary>
    public TimeSpan MinimumDuration { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>An action unit that is back on, as the filter sees it, before this has passed never went off. 0–10 s.</summary>
    public TimeSpan BridgedGap { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>At least this long between messages about an event that goes on. Above 0, at most 1 h.</summary>
    public TimeSpan UpdateInterval { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>A face may go unmeasured this long before its events end as <c>FaceLost</c>; within it scores are interpolated. Streams
    /// slower than one frame in this time have no events: raise it for them. Above 0, at most 1 min.</summary>
    public TimeSpan OcclusionPatience { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>AU43 (eyes closed) of at most this duration is reported as AU45 (blink) instead, after it is over; zero switches blinks
    /// off. 0–2 s. FACS draws the line at 0.5 s.</summary>
    public TimeSpan BlinkMaximumDuration { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>Shorter closures are not reported as blinks. 0 to <see cref="BlinkMaximumDuration"/>.</summary>
    public TimeSpan BlinkMinimumDuration { get; init; } = TimeSpan.FromMilliseconds(40);

    /// <summary>A start is decided at the latest at the first frame that shows the face this long or more after the onset (AU43, where blinks are
    /// told apart: with <see cref="BlinkMaximumDuration"/> for <see cref="MinimumDuration"/> where that is longer).</summary>
    /// <remarks>The longest way: an intensity that falls just before the minimum duration is over counts again once it is back, which it may be as long as neither
    /// the filter nor a bridged gap has let it go.</remarks>
    public TimeSpan StartDelay => LookAhead + MinimumDuration + (BridgedGap > MaximumFilterDelay ? BridgedGap : MaximumFilterDelay);

    /// <summary>An end is decided at the latest at the first frame that shows the face more than this after the offset; where the face is not seen, the
    /// <see cref="OcclusionPatience"/> comes in between.</summary>
    public TimeSpan EndDelay => LookAhead + (BridgedGap > MaximumFilterDelay ? BridgedGap : MaximumFilterDelay);
}
