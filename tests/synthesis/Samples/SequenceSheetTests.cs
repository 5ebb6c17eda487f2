using AuStream.Synthesis.ActionUnits;
using AuStream.Synthesis.Pictures;
using AuStream.Synthesis.Randomness;
using AuStream.Synthesis.Samples;
using AuStream.Synthesis.Tests.People;

namespace AuStream.Synthesis.Tests.Samples;

public sealed class SequenceSheetTests
{
    [Theory]
    [InlineData(0, 1, 9)]
    [InlineData(1, 10, 28)]
    [InlineData(2, 43, 43)]
    public void A_row_begins_and_ends_without_its_movement_and_has_it_in_between(int row, int first, int last)
    {
        (ExpressionTimeline timeline, double from, double to) = SequenceSheet.Find(new RandomStream(3), SequenceSheet.Rows[row]);

        ActionUnitInterval movement = timeline.Intervals.First(i => i.Onset == from && i.Offset == to && i.ActionUnit >= first && i.ActionUnit <= last);

        (movement.StrengthAt(from), movement.StrengthAt(to)).ShouldBe((0, 0));
        movement.StrengthAt((movement.ApexStart + movement.ApexEnd) / 2).ShouldBe(movement.PeakIntensity / 5);
        movement.PeakIntensity.ShouldBeGreaterThan(3);
    }

    [Fact]
    public void The_speech_row_lies_within_speech()
    {
        (ExpressionTimeline timeline, double from, double to) = SequenceSheet.Find(new RandomStream(4), SequenceSheet.Rows[3]);

        timeline.SpeechIntervals.ShouldContain(stretch => stretch.Start <= from && stretch.End >= to);
    }

    [Fact]
    public void The_last_row_turns_the_head()
    {
        (ExpressionTimeline timeline, double from, double to) = SequenceSheet.Find(new RandomStream(5), SequenceSheet.Rows[4]);

        (timeline.At(to).HeadRotation - timeline.At(from).HeadRotation).Length().ShouldBeGreaterThan(14);
    }

    [Fact]
    public void The_sheet_is_the_same_for_the_same_seed_and_has_a_row_for_each()
    {
        ContactSheet sheet = SequenceSheet.Draw(LoadedAssets.RequireMakeHumanOnly(), seed: 1, columns: 2);

        (sheet.Width, sheet.Height).ShouldBe((2 * Sample.Side, SequenceSheet.Rows.Count * Sample.Side));
        string folder = Directory.CreateTempSubdirectory("austream-sheet-").FullName;
        try
        {
            sheet.Save(Path.Combine(folder, "a.png"));
            ContactSheets.Sequences(LoadedAssets.RequireMakeHumanOnly(), seed: 1, columns: 2, Path.Combine(folder, "b.png"));
            File.ReadAllBytes(Path.Combine(folder, "b.png")).ShouldBe(File.ReadAllBytes(Path.Combine(folder, "a.png")));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
