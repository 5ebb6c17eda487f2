using Microsoft.Extensions.Options;

namespace AuStream.Stages.Events;

/// <summary>Checks <see cref="EventSmootherOptions"/>; messages name the option, its value and its range.</summary>
public sealed class EventSmootherOptionsValidator : IValidateOptions<EventSmootherOptions>
{
    /// <inheritdoc/>
    public ValidateOptionsResult Validate(string? name, EventSmootherOptions options)
    {
        string[] faults = [.. Faults(options)];
        return faults.Length == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }

    /// <summary>What is wrong, one sentence per fault; empty when the options are right.</summary>
    public static IEnumerable<string> Faults(EventSmootherOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (!(options.OffFraction > 0 && options.OffFraction <= 1))
        {
            yield return FormattableString.Invariant($"{nameof(options.OffFraction)} is {options.OffFraction}; it must lie above 0 and at most at 1");
        }

        foreach ((string option, TimeSpan value, bool mayBeZero, TimeSpan maximum) in new[]
        {
            (nameof(options.FilterTimeConstant), options.FilterTimeConstant, true, TimeSpan.FromSeconds(1)),
            (nameof(options.MaximumFilterDelay), options.MaximumFilterDelay, true, TimeSpan.FromSeconds(10)),
            (nameof(options.LookAhead), options.LookAhead, true, TimeSpan.FromSeconds(2)),
            (nameof(options.MinimumDuration), options.MinimumDuration, true, TimeSpan.FromSeconds(10)),
            (nameof(options.BridgedGap), options.BridgedGap, true, TimeSpan.FromSeconds(10)),
            (nameof(options.UpdateInterval), options.UpdateInterval, false, TimeSpan.FromHours(1)),
            (nameof(options.OcclusionPatience), options.OcclusionPatience, false, TimeSpan.FromMinutes(1)),
            (nameof(options.BlinkMaximumDuration), options.BlinkMaximumDuration, true, TimeSpan.FromSeconds(2)),
            (nameof(options.BlinkMinimumDuration), options.BlinkMinimumDuration, true, options.BlinkMaximumDuration),
        })
        {
            if (value < TimeSpan.Zero || (value == TimeSpan.Zero && !mayBeZero) || value > maximum)
            {
                yield return FormattableString.Invariant(
                    $"{option} is {value.TotalMilliseconds} ms; it must {(mayBeZero ? "lie between 0" : "be above 0")} and {(mayBeZero ? "" : "at most ")}{maximum.TotalMilliseconds} ms");
            }
        }
    }
}
