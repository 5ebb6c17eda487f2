using AuStream.Synthesis.ActionUnits;
using AuStream.Synthesis.Randomness;

namespace AuStream.Synthesis.Tests.ActionUnits;

public class ExpressionTimelineTests
{
    [Fact]
    public void An_interval_rises_holds_and_falls()
    {
        var interval = new ActionUnitInterval(12, 1, 2, 3, 5, 4);
        interval.StrengthAt(1).ShouldBe(0);
        interval.StrengthAt(1.5).ShouldBe(0.4f, 1e-6f);
        interval.StrengthAt(2).ShouldBe(0.8f, 1e-6f);
        interval.StrengthAt(2.9).ShouldBe(0.8f, 1e-6f);
        interval.StrengthAt(4).ShouldBe(0.4f, 1e-6f);
        interval.StrengthAt(5).ShouldBe(0);
    }

    [Fact]
    public void The_demo_shows_what_it_promises()
    {
        ExpressionTimeline demo = DemoScript.Create();
        demo.Duration.ShouldBe(14);
        foreach (int unit in (int[])[1, 2, 4, 6, 9, 12, 25, 26])
        {
            ActionUnitInterval[] movements = [.. demo.Intervals.Where(i => i.ActionUnit == unit)];
            movements.ShouldNotBeEmpty($"AU{unit}");
            foreach (ActionUnitInterval m in movements)
            {
                demo.At((m.ApexStart + m.ApexEnd) / 2).Expression.ActionUnits.Mean(unit).ShouldBe(m.PeakIntensity / 5, 1e-4f);
            }
        }

        demo.Intervals.Count(i => i.ActionUnit == 43).ShouldBeGreaterThanOrEqualTo(5);
        demo.SpeechIntervals.ShouldHaveSingleItem();
        ActionUnitSet.Numbers.All(unit => demo.At(0).Expression.ActionUnits.Mean(unit) == 0).ShouldBeTrue();
        ActionUnitSet.Numbers.All(unit => demo.At(14).Expression.ActionUnits.Mean(unit) == 0).ShouldBeTrue();
    }

    [Fact]
    public void Talking_opens_and_closes_the_mouth_again_and_again()
    {
        ExpressionTimeline demo = DemoScript.Create();
        (double start, double end) = demo.SpeechIntervals[0];
        float[] jaw = [.. Enumerable.Range(0, 100).Select(i => demo.At(start + ((end - start) * i / 100)).Expression.ActionUnits.Mean(26))];
        int crossings = Enumerable.Range(1, 99).Count(i => jaw[i - 1] < 0.2f != jaw[i] < 0.2f);
        crossings.ShouldBeGreaterThan(6);
    }

    [Fact]
    public void Curves_are_continuous()
    {
        ExpressionTimeline timeline = TimelineSampler.Sample(new RandomStream(3), 12);
        const double Step = 0.002;
        for (double t = 0; t < 12 - Step; t += Step)
        {
            TimelineMoment a = timeline.At(t);
            TimelineMoment b = timeline.At(t + Step);
            foreach (int unit in ActionUnitSet.Numbers)
            {
                // The quickest movement is a blink of 0.1 s: 35 ms to close.
                Math.Abs(a.Expression.ActionUnits.Mean(unit) - b.Expression.ActionUnits.Mean(unit)).ShouldBeLessThan(0.1f);
            }

            (a.HeadRotation - b.HeadRotation).Length().ShouldBeLessThan(0.5f);
        }
    }

    [Fact]
    public void Blinks_last_a_tenth_to_four_tenths_of_a_second()
    {
        ActionUnitInterval[] blinks = [.. TimelineSampler.Sample(new RandomStream(8), 100).Intervals.Where(i => i.ActionUnit == 43 && i.Offset - i.Onset <= 0.4001)];
        blinks.Length.ShouldBeInRange(12, 80);
        blinks.ShouldAllBe(b => b.Offset - b.Onset >= 0.0999);
    }

    [Fact]
    public void The_same_seed_gives_the_same_sequence()
    {
        ExpressionTimeline a = TimelineSampler.Sample(new RandomStream(3), 6);
        ExpressionTimeline b = TimelineSampler.Sample(new RandomStream(3), 6);
        a.Intervals.ShouldBe(b.Intervals);
        a.At(2.5).HeadRotation.ShouldBe(b.At(2.5).HeadRotation);
        a.Intervals.ShouldNotBe(TimelineSampler.Sample(new RandomStream(4), 6).Intervals);
    }

    [Theory]
    [InlineData(0.1)]
    [InlineData(double.NaN)]
    [InlineData(1000)]
    public void Impossible_durations_are_refused(double duration) =>
        Should.Throw<ArgumentOutOfRangeException>(() => TimelineSampler.Sample(new RandomStream(1), duration));
}
