using System.Numerics;
using AuStream.Synthesis.ActionUnits;
using AuStream.Synthesis.Randomness;
using AuStream.Synthesis.Samples;

namespace AuStream.Synthesis.Tests.Samples;

public sealed class ClipScriptTests
{
    [Fact]
    public void Clips_last_2_to_20_seconds_at_5_to_60_frames_a_second_with_rising_times()
    {
        var options = new SequenceSampleOptions();
        ClipScript[] scripts = [.. Enumerable.Range(0, 800).Select(seed => ClipScript.Draw(new RandomStream((ulong)seed), options))];
        foreach (ClipScript script in scripts)
        {
            script.FramesPerSecond.ShouldBeInRange(5, 60);
            script.Times[0].ShouldBe(0);
            script.Times.Zip(script.Times.Skip(1), (a, b) => b - a).ShouldAllBe(step => step > 0);
            script.Times[^1].ShouldBeInRange(1.2f, 20.1f);
        }

        // The budget: about 40 frames a clip, most at the rates that many cameras are sampled at.
        scripts.Average(script => script.Times.Count).ShouldBeInRange(37, 50);
        scripts.Count(script => script.FramesPerSecond is >= 8 and <= 15).ShouldBeInRange(800 * 65 / 100, 800 * 80 / 100);
        scripts.Count(script => script.FramesPerSecond > 30).ShouldBeInRange(800 * 2 / 100, 800 * 9 / 100);
        scripts.Count(script => script.Activity == TimelineActivity.Calm).ShouldBeInRange(800 * 8 / 100, 800 * 16 / 100);
        scripts.Count(script => script.Activity == TimelineActivity.BeginsHeld).ShouldBeInRange(800 * 13 / 100, 800 * 23 / 100);
    }

    [Fact]
    public void A_calm_face_only_blinks_and_a_held_expression_is_there_from_the_first_frame()
    {
        int held = 0;
        for (ulong seed = 0; seed < 40; seed++)
        {
            TimelineSampler.Sample(new RandomStream(seed), 6, TimelineActivity.Calm).Intervals.ShouldAllBe(interval => interval.ActionUnit == 43);
            ExpressionTimeline timeline = TimelineSampler.Sample(new RandomStream(seed), 6, TimelineActivity.BeginsHeld);
            ActionUnitInterval[] first = [.. timeline.Intervals.Where(interval => interval.Onset < -1)];
            first.ShouldAllBe(interval => interval.ApexStart < 0 && interval.ApexEnd > 1);
            held += first.Any(interval => interval.PeakIntensity >= 1 && timeline.At(0).Expression.ActionUnits.Mean(interval.ActionUnit) > 0) ? 1 : 0;
        }

        held.ShouldBeGreaterThan(30);
    }

    [Fact]
    public void An_occluder_comes_from_its_side_stays_in_place_and_goes()
    {
        var stay = new OccluderStay([], 1, 3, new Vector3(0, -20, 5));
        stay.At(0.99).ShouldBeNull();
        stay.At(3.01).ShouldBeNull();
        stay.At(2).ShouldBe(Vector3.Zero);
        stay.At(1.001)!.Value.Y.ShouldBeLessThan(-19.5f);
        stay.At(1.15)!.Value.Y.ShouldBe(-10, 0.01f);
    }

    [Fact]
    public void Conditions_are_the_same_again_and_keep_the_head_in_the_picture()
    {
        for (ulong seed = 0; seed < 30; seed++)
        {
            ClipConditions conditions = ClipConditions.Draw(new RandomStream(seed), 8, 0.3f, _ => []);
            ClipConditions again = ClipConditions.Draw(new RandomStream(seed), 8, 0.3f, _ => []);
            for (double time = 0; time <= 8; time += 0.5)
            {
                var placement = conditions.Place(time, new Vector3(20, 5, 0), Vector3.Zero);
                again.Place(time, new Vector3(20, 5, 0), Vector3.Zero).ShouldBe(placement);
                again.Gain(time).ShouldBe(conditions.Gain(time));
                again.Light(time).Lights.ShouldBe(conditions.Light(time).Lights);
                Vector2 middle = conditions.Camera.Project(Vector3.Transform(new Vector3(0, -3.2f, 1), placement.ToCamera()));
                middle.X.ShouldBeInRange(50, 206);
                middle.Y.ShouldBeInRange(50, 206);
            }
        }
    }
}
