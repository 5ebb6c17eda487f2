using AuStream.Stages.ActionUnits;
using AuStream.Stages.Events;
using AuStream.Testing;
using FsCheck;
using FsCheck.Fluent;

namespace AuStream.Stages.Tests.Events;

public sealed class EventProperties
{
    private static readonly Config Many = Config.QuickThrowOnFailure.WithMaxTest(300);

    [Fact]
    public void Any_stream_gives_well_formed_ordered_events_that_do_not_overlap() => Prop.ForAll(Seeds.Any, seed =>
    {
        RandomStream stream = new(seed);
        EventScenario scenario = stream.Play();

        scenario.Smoother.FaceCount.ShouldBe(0);
        scenario.Events.Select(e => e.PtsMicroseconds).ShouldBe(scenario.Events.Select(e => e.PtsMicroseconds).Order());
        foreach (IGrouping<string, ActionUnitEvent> messages in scenario.Events.GroupBy(e => e.EventId))
        {
            ShouldBeWellFormed([.. messages], stream.Options);
        }

        // AU43 and its blinks come from one course of one score.
        foreach (var course in scenario.Events.Where(e => e.Phase == EventPhase.End).GroupBy(e => (e.FaceId, e.ActionUnit == 45 ? 43 : e.ActionUnit)))
        {
            foreach ((ActionUnitEvent earlier, ActionUnitEvent later) in course.Zip(course.Skip(1)))
            {
                later.OnsetMicroseconds.ShouldBeGreaterThanOrEqualTo(earlier.OffsetMicroseconds!.Value);
            }
        }
    }).Check(Many);

    [Fact]
    public void The_random_streams_do_reach_every_kind_of_message()
    {
        ActionUnitEvent[] all = [.. Enumerable.Range(0, 40).SelectMany(seed => new RandomStream(seed).Play().Events)];

        all.Select(e => e.Phase).Distinct().Order().ShouldBe([EventPhase.Start, EventPhase.Update, EventPhase.End]);
        all.Select(e => e.EndReason).Distinct().Order()
            .ShouldBe([EventEndReason.None, EventEndReason.Offset, EventEndReason.FaceLost, EventEndReason.StreamEnded]);
        all.Select(e => e.ActionUnit).Distinct().Order().ShouldBe([4, 12, 43, 45]);
    }

    [Fact]
    public void A_face_has_the_same_events_whoever_else_is_in_the_picture() => Prop.ForAll(Seeds.Any, seed =>
    {
        RandomStream stream = new(seed);
        EventScenario together = stream.Play();
        foreach (long face in together.Events.Select(e => e.FaceId).Distinct())
        {
            WithoutIds(stream.Play(face).Events).ShouldBe(WithoutIds(together.Events.Where(e => e.FaceId == face)));
        }
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_stream_that_begins_later_has_the_same_events_later() => Prop.ForAll(Seeds.Any, seed =>
    {
        const long shift = 86_400_000_000L * 30;
        RandomStream stream = new(seed);

        ActionUnitEvent[] shifted = [.. stream.Play(originMicroseconds: shift).Events.Select(e => e with
        {
            PtsMicroseconds = e.PtsMicroseconds - shift,
            OnsetMicroseconds = e.OnsetMicroseconds - shift,
            ApexMicroseconds = e.ApexMicroseconds - shift,
            OffsetMicroseconds = e.OffsetMicroseconds - shift,
        })];

        shifted.ShouldBe(stream.Play().Events);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void More_frames_on_the_same_straight_lines_leave_the_filter_where_it_was() => Prop.ForAll(Seeds.Any, seed =>
    {
        Random random = new(seed);
        ActionUnitRule rule = new(12, 2, false, new EventSmootherOptions());
        FaceTrack coarse = new([rule]);
        FaceTrack fine = new([rule]);
        long time = 0;
        double intensity = 0;
        Measure(coarse, time, intensity);
        Measure(fine, time, intensity);
        for (int i = 0; i < 100; i++)
        {
            int steps = random.Next(1, 5);
            long step = random.Next(1, 40_000);
            double target = 5 * random.NextDouble();
            for (int k = 1; k <= steps; k++)
            {
                Measure(fine, time + (k * step), intensity + ((target - intensity) * k / steps));
            }

            time += steps * step;
            intensity = target;
            Measure(coarse, time, intensity);
            fine.ActionUnits[0].Filtered.ShouldBe(coarse.ActionUnits[0].Filtered, 1e-9);
        }
    }).QuickCheckThrowOnFailure();

    private static void Measure(FaceTrack track, long time, double intensity) =>
        track.ActionUnits[0].Measure(time, intensity, track.Decay(track.ActionUnits[0], time));

    private static void ShouldBeWellFormed(ActionUnitEvent[] messages, EventSmootherOptions options)
    {
        messages.Count(e => e.Phase == EventPhase.Start).ShouldBe(1);
        messages.Count(e => e.Phase == EventPhase.End).ShouldBe(1);
        messages[0].Phase.ShouldBe(EventPhase.Start);
        messages[^1].Phase.ShouldBe(EventPhase.End);
        foreach (ActionUnitEvent message in messages)
        {
            bool isEnd = message.Phase == EventPhase.End;
            message.OnsetMicroseconds.ShouldBe(messages[0].OnsetMicroseconds);
            message.ApexMicroseconds.ShouldBeInRange(message.OnsetMicroseconds, message.OffsetMicroseconds ?? message.PtsMicroseconds);
            message.MeanIntensity.ShouldBeInRange(0, message.PeakIntensity);
            message.PeakIntensity.ShouldBeInRange(2, 5);
            (message.OffsetMicroseconds is not null).ShouldBe(isEnd);
            (message.EndReason != EventEndReason.None).ShouldBe(isEnd);
        }

        foreach ((ActionUnitEvent earlier, ActionUnitEvent later) in messages.Zip(messages.Skip(1)))
        {
            later.PeakIntensity.ShouldBeGreaterThanOrEqualTo(earlier.PeakIntensity);
            if (later.Phase == EventPhase.Update)
            {
                TimeSpan.FromMicroseconds(later.PtsMicroseconds - earlier.PtsMicroseconds).ShouldBeGreaterThanOrEqualTo(options.UpdateInterval);
            }
        }

        ActionUnitEvent end = messages[^1];
        TimeSpan duration = TimeSpan.FromMicroseconds(end.OffsetMicroseconds!.Value - end.OnsetMicroseconds);
        end.OffsetMicroseconds.Value.ShouldBeLessThanOrEqualTo(end.PtsMicroseconds);
        if (end.ActionUnit == 45)
        {
            duration.ShouldBeInRange(options.BlinkMinimumDuration, options.BlinkMaximumDuration);
        }
        else
        {
            duration.ShouldBeGreaterThanOrEqualTo(end.ActionUnit == 43 ? options.BlinkMaximumDuration : options.MinimumDuration);
        }
    }

    private static IEnumerable<ActionUnitEvent> WithoutIds(IEnumerable<ActionUnitEvent> events) => events.Select(e => e with { EventId = "" });
}
