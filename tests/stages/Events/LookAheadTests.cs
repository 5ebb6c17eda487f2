using AuStream.Stages.ActionUnits;
using AuStream.Stages.Events;
using AuStream.Stages.Faces;
using AuStream.Testing;
using FsCheck;
using FsCheck.Fluent;
using static AuStream.Stages.Tests.Events.EventScenario;

namespace AuStream.Stages.Tests.Events;

public sealed class LookAheadTests
{
    private static readonly EventSmootherOptions s_live = new() { MinimumDuration = TimeSpan.Zero };
    private static readonly EventSmootherOptions s_ahead = s_live with { LookAhead = TimeSpan.FromMilliseconds(250) };

    [Fact]
    public void Looking_ahead_the_filter_has_no_delay()
    {
        static double Step(double time) => time is > 100 and < 500 ? 4 : 0;

        ActionUnitEvent[] live = [.. new EventScenario(s_live).Curve(Every(1, 0, 1000), Step).Complete(1000).Events];
        ActionUnitEvent[] ahead = [.. new EventScenario(s_ahead).Curve(Every(1, 0, 1000), Step).Complete(1000).Events];

        // The step is seen at its first frame; live 50 ms · ln 2 later.
        ahead[0].PtsMicroseconds.ShouldBe(101_000);
        live[0].PtsMicroseconds.ShouldBeInRange(130_000, 140_000);
        ahead[0].OnsetMicroseconds.ShouldBe(live[0].OnsetMicroseconds);
        ahead[^1].OffsetMicroseconds.ShouldBe(live[^1].OffsetMicroseconds);
    }

    [Fact]
    public void Decisions_wait_for_the_frames_ahead_and_no_longer()
    {
        EventScenario scenario = new(s_ahead);
        foreach (double time in Every(10, 0, 600))
        {
            int before = scenario.Events.Count;
            scenario.Face(time, time >= 100 ? 4 : 0);
            if (scenario.Events.Count > before)
            {
                time.ShouldBe(350, "the first frame above the threshold came at 100 ms");
                break;
            }
        }

        scenario.Events.ShouldHaveSingleItem().PtsMicroseconds.ShouldBe(100_000);
    }

    [Fact]
    public void What_still_waits_at_the_end_is_decided()
    {
        EventScenario scenario = new EventScenario(s_ahead).Curve(Every(20, 0, 400), time => time >= 300 ? 4 : 0);
        scenario.Events.ShouldBeEmpty();
        scenario.Complete(400).Events.Select(e => e.Phase).ShouldBe([EventPhase.Start, EventPhase.End]);
        scenario.Events[0].OnsetMicroseconds.ShouldBe(290_000);
        scenario.Events[1].EndReason.ShouldBe(EventEndReason.StreamEnded);
    }

    [Fact]
    public void A_spike_before_and_after_rest_is_no_event_either_way() =>
        new EventScenario(s_ahead).Curve(Every(33.3, 0, 2000), time => time is > 990 and < 1010 ? 4 : 0.5).Complete(2000).Events.ShouldBeEmpty();

    [Fact]
    public void It_does_not_look_beyond_the_loss_of_the_face()
    {
        // What follows the loss is another stay of face 1 in this test; nothing of it may help the first to an event.
        EventScenario scenario = new EventScenario(s_ahead).Face(0, 0).Face(40, 1.9f).Unseen(80, FaceState.Lost);
        scenario.Curve(Every(40, 120, 200), _ => 5).Unseen(240, FaceState.Lost).Complete(300);
        scenario.Events.Where(e => e.Phase == EventPhase.Start).ShouldHaveSingleItem().OnsetMicroseconds.ShouldBe(120_000);
    }

    [Fact]
    public void A_clock_that_runs_backwards_releases_what_waits()
    {
        EventScenario scenario = new EventScenario(s_ahead).Curve(Every(20, 5000, 5200), _ => 4).Face(100, 0);
        scenario.Events.Select(e => e.Phase).ShouldBe([EventPhase.Start]);
    }

    [Fact]
    public void An_intensity_that_stays_above_the_threshold_is_not_kept_waiting_longer_than_the_limit()
    {
        // Just above the threshold the filter alone would need 50 ms · ln(2.002 / 0.002) = 345 ms.
        EventSmootherOptions limited = s_live with { MaximumFilterDelay = TimeSpan.FromMilliseconds(150) };
        EventScenario scenario = new EventScenario(limited).Curve(Every(10, 0, 1000), time => time >= 100 ? 2.002 : 0);
        ActionUnitEvent start = scenario.Events[0];
        (start.PtsMicroseconds - start.OnsetMicroseconds).ShouldBeInRange(150_000, 160_000);

        // Just below the lower threshold (1.4) at the end.
        EventScenario falling = new EventScenario(limited with { BridgedGap = TimeSpan.Zero }).Curve(Every(10, 0, 1000), time => time >= 500 ? 1.399 : 4);
        ActionUnitEvent end = falling.Events[^1];
        end.Phase.ShouldBe(EventPhase.End);
        (end.PtsMicroseconds - end.OffsetMicroseconds!.Value).ShouldBeInRange(150_000, 170_000);
    }

    [Theory]
    [InlineData(12)]
    [InlineData(43)]
    public void Every_decision_is_within_the_stated_delay(int actionUnit) => Prop.ForAll(Seeds.Any, seed =>
    {
        Random random = new(seed);
        EventSmootherOptions options = new()
        {
            FilterTimeConstant = TimeSpan.FromMilliseconds(random.Next(300)),
            OffFraction = 0.3f + (0.7f * random.NextSingle()),
            MinimumDuration = TimeSpan.FromMilliseconds(random.Next(300)),
            BridgedGap = TimeSpan.FromMilliseconds(random.Next(300)),
            MaximumFilterDelay = TimeSpan.FromMilliseconds(random.Next(300)),
        };
        EventScenario scenario = new(options, [actionUnit]);

        // What is too short for AU43 may be a blink, which is told when it is over.
        TimeSpan shortest = actionUnit == 43 && options.BlinkMaximumDuration > options.MinimumDuration ? options.BlinkMaximumDuration : options.MinimumDuration;
        double startDelay = (options.StartDelay - options.MinimumDuration + shortest).TotalMilliseconds;
        double time = 0;
        double level = 0;
        for (int i = 0; i < 500; i++)
        {
            double previous = time;
            time += 1 + (60 * random.NextDouble());
            level = Math.Clamp(level + (1.5 * (random.NextDouble() - 0.5)), 0, 5);
            int before = scenario.Events.Count;
            scenario.Face(time, (float)level);
            foreach (ActionUnitEvent message in scenario.Events.Skip(before).Where(message => message.ActionUnit == actionUnit))
            {
                if (message.Phase == EventPhase.Start)
                {
                    (previous - (message.OnsetMicroseconds / 1000.0)).ShouldBeLessThanOrEqualTo(startDelay + 0.01);
                }
                else if (message.Phase == EventPhase.End)
                {
                    (previous - (message.OffsetMicroseconds!.Value / 1000.0)).ShouldBeLessThanOrEqualTo(options.EndDelay.TotalMilliseconds + 0.01);
                }
            }
        }
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void The_stated_delays_add_up()
    {
        EventSmootherOptions options = new() { LookAhead = TimeSpan.FromMilliseconds(250) };
        new EventSmootherOptions().StartDelay.ShouldBe(TimeSpan.FromMilliseconds(300));
        new EventSmootherOptions().EndDelay.ShouldBe(TimeSpan.FromMilliseconds(200));
        (options.StartDelay - new EventSmootherOptions().StartDelay).ShouldBe(options.LookAhead);
    }

    [Fact]
    public void Splitting_a_stream_into_chunks_changes_nothing() => Prop.ForAll(Seeds.Any, seed =>
    {
        RandomStream stream = new(seed);
        stream.Play(chunks: new Random(seed)).Events.ShouldBe(stream.Play().Events);
    }).QuickCheckThrowOnFailure();
}
