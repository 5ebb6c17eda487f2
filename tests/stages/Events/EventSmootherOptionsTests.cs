using AuStream.Stages.Events;

namespace AuStream.Stages.Tests.Events;

public sealed class EventSmootherOptionsTests
{
    private static readonly EventSmootherOptions Defaults = new();

    public static TheoryData<string, EventSmootherOptions> Faults => new()
    {
        { "OffFraction is 0;", Defaults with { OffFraction = 0 } },
        { "OffFraction is 1.01;", Defaults with { OffFraction = 1.01f } },
        { "OffFraction is NaN;", Defaults with { OffFraction = float.NaN } },
        { "FilterTimeConstant is -1 ms;", Defaults with { FilterTimeConstant = TimeSpan.FromMilliseconds(-1) } },
        { "FilterTimeConstant is 1001 ms;", Defaults with { FilterTimeConstant = TimeSpan.FromMilliseconds(1001) } },
        { "MinimumDuration is 10001 ms;", Defaults with { MinimumDuration = TimeSpan.FromMilliseconds(10001) } },
        { "BridgedGap is -5 ms;", Defaults with { BridgedGap = TimeSpan.FromMilliseconds(-5) } },
        { "UpdateInterval is 0 ms; it must be above 0", Defaults with { UpdateInterval = TimeSpan.Zero } },
        { "OcclusionPatience is 0 ms;", Defaults with { OcclusionPatience = TimeSpan.Zero } },
        { "BlinkMaximumDuration is 2001 ms;", Defaults with { BlinkMaximumDuration = TimeSpan.FromMilliseconds(2001) } },
        { "BlinkMinimumDuration is 501 ms;", Defaults with { BlinkMinimumDuration = TimeSpan.FromMilliseconds(501) } },
    };

    [Fact]
    public void The_defaults_are_valid() =>
        new EventSmootherOptionsValidator().Validate(null, Defaults).Succeeded.ShouldBeTrue();

    [Theory]
    [MemberData(nameof(Faults))]
    public void An_option_out_of_range_is_named_with_its_value(string message, EventSmootherOptions options)
    {
        new EventSmootherOptionsValidator().Validate(null, options).FailureMessage.ShouldNotBeNull().ShouldContain(message);
        Should.Throw<ArgumentException>(() => new EventScenario(options)).Message.ShouldContain(message);
    }
}
