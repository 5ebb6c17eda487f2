using System.ComponentModel.DataAnnotations;
using AuStream.Stages.Events;

namespace AuStream.Pipeline.Configuration;

/// <summary>How intensities over time become events (docs/time.md). Durations in milliseconds of stream time.</summary>
public sealed class EventConfiguration
{
    private static readonly EventSmootherOptions s_defaults = new();

    /// <summary>Time constant of the filter that decisions are taken on; 0 for none.</summary>
    [Range(0, 1000)]
    public double FilterMs { get; set; } = s_defaults.FilterTimeConstant.TotalMilliseconds;

    /// <summary>Longest time that the filter may delay a decision.</summary>
    [Range(0, 10_000)]
    public double MaximumFilterDelayMs { get; set; } = s_defaults.MaximumFilterDelay.TotalMilliseconds;

    /// <summary>An action unit that is on goes off below its threshold times this.</summary>
    [Range(0.01, 1)]
    public double OffFraction { get; set; } = 0.7;

    /// <summary>Shorter events are not reported.</summary>
    [Range(0, 10_000)]
    public double MinimumDurationMs { get; set; } = s_defaults.MinimumDuration.TotalMilliseconds;

    /// <summary>Shorter gaps do not end an event.</summary>
    [Range(0, 10_000)]
    public double BridgedGapMs { get; set; } = s_defaults.BridgedGap.TotalMilliseconds;

    /// <summary>Least time between updates about one event.</summary>
    [Range(1, 3_600_000)]
    public double UpdateIntervalMs { get; set; } = s_defaults.UpdateInterval.TotalMilliseconds;

    /// <summary>Longest closure of the eyes that is a blink (AU45); 0 switches blinks off.</summary>
    [Range(0, 2000)]
    public double BlinkMs { get; set; } = s_defaults.BlinkMaximumDuration.TotalMilliseconds;

    /// <summary>The same as options of the smoother.</summary>
    public EventSmootherOptions ToOptions() => new()
    {
        FilterTimeConstant = TimeSpan.FromMilliseconds(FilterMs),
        MaximumFilterDelay = TimeSpan.FromMilliseconds(MaximumFilterDelayMs),
        OffFraction = (float)OffFraction,
        MinimumDuration = TimeSpan.FromMilliseconds(MinimumDurationMs),
        BridgedGap = TimeSpan.FromMilliseconds(BridgedGapMs),
        UpdateInterval = TimeSpan.FromMilliseconds(UpdateIntervalMs),
        BlinkMaximumDuration = TimeSpan.FromMilliseconds(BlinkMs),
        BlinkMinimumDuration = s_defaults.BlinkMinimumDuration < TimeSpan.FromMilliseconds(BlinkMs)
            ? s_defaults.BlinkMinimumDuration
            : TimeSpan.FromMilliseconds(BlinkMs),
    };
}
