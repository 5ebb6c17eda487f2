using System.Numerics;
using AuStream.Synthesis.ActionUnits;
using AuStream.Synthesis.Assets;
using AuStream.Synthesis.People;
using AuStream.Synthesis.Pictures;
using AuStream.Synthesis.Randomness;

namespace AuStream.Synthesis.Samples;

/// <summary>Draws what happens over time: a few people as training clips film them, frames from left to right.</summary>
internal static class SequenceSheet
{
    private const double ClipSeconds = 12;
    private const double SpeechSeconds = 1.2;
    private const double TurnSeconds = 2.5;

    /// <summary>What each row shows, from the top.</summary>
    internal static IReadOnlyList<Func<ExpressionTimeline, (double From, double To)?>> Rows { get; } = [UpperFace, LowerFace, Blink, Speech, HeadMotion];

    /// <summary>Draws the sheet: two expressions from rest over their apex and back, a blink, speech, a turning head.</summary>
    /// <param name="assets">Heads, skins, hair.</param>
    /// <param name="seed">Seed of everything.</param>
    /// <param name="columns">Frames per row, 2 or more.</param>
    public static ContactSheet Draw(SynthesisAssets assets, ulong seed, int columns)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(columns, 2);
        var sheet = new ContactSheet(columns, Rows.Count, Sample.Side, Sample.Side);
        var maker = new ClipMaker();
        var sample = new Sample();
        for (int row = 0; row < Rows.Count; row++)
        {
            RandomStream random = new RandomStream(seed).Split((ulong)row);
            PaintedPerson person = PaintedPerson.Create(Person.Create(random.Split("identity").NextBits(), assets, new PersonOptions()));
            (ExpressionTimeline timeline, double from, double to) = Find(random.Split("timeline"), Rows[row]);
            ClipConditions conditions = ClipConditions.Draw(random.Split("conditions"), ClipSeconds, occludedShare: 0, _ => []);
            maker.Begin(person, conditions, random.Split("film"));
            for (int column = 0; column < columns; column++)
            {
                double time = from + ((to - from) * column / (columns - 1));
                maker.Film(column, time, timeline.At(time), mayBeOccluded: false, sample);
                sheet.Set((row * columns) + column, sample.Rgb);
            }
        }

        return sheet;
    }

    /// <summary>Draws clips until one has what a row shows.</summary>
    internal static (ExpressionTimeline Timeline, double From, double To) Find(RandomStream random, Func<ExpressionTimeline, (double From, double To)?> choose)
    {
        for (ulong attempt = 0; ; attempt++)
        {
            ExpressionTimeline timeline = TimelineSampler.Sample(random.Split(attempt), ClipSeconds);
            if (choose(timeline) is { } found)
            {
                return (timeline, found.From, found.To);
            }
        }
    }

    private static (double From, double To)? UpperFace(ExpressionTimeline timeline) => Movement(timeline, unit => unit <= 9);

    private static (double From, double To)? LowerFace(ExpressionTimeline timeline) => Movement(timeline, unit => unit is >= 10 and < 43);

    private static (double From, double To)? Movement(ExpressionTimeline timeline, Func<int, bool> isMeant)
    {
        ActionUnitInterval? found = timeline.Intervals.FirstOrDefault(i =>
            isMeant(i.ActionUnit) && i.PeakIntensity >= 3.5f && i.Onset >= 0 && i.Offset <= timeline.Duration && i.Offset - i.Onset < 3);
        return found is null ? null : (found.Onset, found.Offset);
    }

    private static (double From, double To)? Blink(ExpressionTimeline timeline)
    {
        ActionUnitInterval? found = timeline.Intervals.FirstOrDefault(i => i.ActionUnit == 43 && i.Offset - i.Onset < 0.5 && i.Onset >= 0 && i.Offset <= timeline.Duration);
        return found is null ? null : (found.Onset, found.Offset);
    }

    private static (double From, double To)? Speech(ExpressionTimeline timeline)
    {
        foreach ((double start, double end) in timeline.SpeechIntervals)
        {
            if (end - start >= SpeechSeconds)
            {
                return (start, start + SpeechSeconds);
            }
        }

        return null;
    }

    private static (double From, double To)? HeadMotion(ExpressionTimeline timeline)
    {
        for (double from = 0; from + TurnSeconds <= timeline.Duration; from += 0.25)
        {
            if (Vector3.Distance(timeline.At(from).HeadRotation, timeline.At(from + TurnSeconds).HeadRotation) > 14)
            {
                return (from, from + TurnSeconds);
            }
        }

        return null;
    }
}
