namespace AuStream.Stages.Events;

/// <summary>The options as they apply to one action unit, in the units of the computation: intensities 0–5, µs.</summary>
internal sealed class ActionUnitRule
{
    /// <summary>Eyes closed; short closures are blinks.</summary>
    public const int EyesClosed = 43;

    /// <summary>Blink.</summary>
    public const int Blink = 45;

    public ActionUnitRule(int actionUnit, float threshold, bool reportsBlinks, EventSmootherOptions options)
    {
        ActionUnit = actionUnit;
        On = threshold;
        Off = threshold * options.OffFraction;
        TimeConstant = options.FilterTimeConstant.TotalMicroseconds;
        FilterDelay = (long)options.MaximumFilterDelay.TotalMicroseconds;
        BridgedGap = (long)options.BridgedGap.TotalMicroseconds;
        UpdateInterval = (long)options.UpdateInterval.TotalMicroseconds;
        Patience = (long)options.OcclusionPatience.TotalMicroseconds;
        MinimumDuration = (long)options.MinimumDuration.TotalMicroseconds;
        ShortestBlink = long.MaxValue;
        if (reportsBlinks)
        {
            // One µs more: a closure that lasts exactly as long as a blink may is one.
            MinimumDuration = Math.Max(MinimumDuration, (long)options.BlinkMaximumDuration.TotalMicroseconds + 1);
            ShortestBlink = (long)options.BlinkMinimumDuration.TotalMicroseconds;
            LongestBlink = (long)options.BlinkMaximumDuration.TotalMicroseconds;
        }
    }

    public int ActionUnit { get; }

    public double On { get; }

    public double Off { get; }

    /// <summary>τ of the filter in µs; 0 for none.</summary>
    public double TimeConstant { get; }

    /// <summary>Longest time that the filter may keep a decision waiting.</summary>
    public long FilterDelay { get; }

    public long MinimumDuration { get; }

    public long BridgedGap { get; }

    public long UpdateInterval { get; }

    public long Patience { get; }

    /// <summary>Shortest closure that is a blink; <see cref="long.MaxValue"/> where this action unit makes no blinks.</summary>
    public long ShortestBlink { get; }

    public long LongestBlink { get; }
}
