using AuStream.Models.Evaluating;
using AuStream.Pipeline.Evaluating.Datasets;
using AuStream.Pipeline.Evaluating.Measuring;
using AuStream.Pipeline.Evaluating.Scoring;

namespace AuStream.Graph.Tests.Evaluating;

public sealed class SetScorerTests
{
    [Fact]
    public void A_frame_without_a_face_counts_as_absent_or_is_left_out()
    {
        (LabeledSet set, ItemMeasurements measured) = Clip("1100", "1?00");

        SliceResult asAbsent = new SetScorer(set, [12], [1], skipsMissingFaces: false).Score("all", [measured]);
        SliceResult leftOut = new SetScorer(set, [12], [1], skipsMissingFaces: true).Score("all", [measured]);

        asAbsent.Units[0].Frames.ShouldBe(4);
        asAbsent.Units[0].Scores[EvaluationMetric.F1Frame].ShouldBe(2.0 / 3, 1e-12);
        leftOut.Units[0].Frames.ShouldBe(3);
        leftOut.Units[0].Scores[EvaluationMetric.F1Frame].ShouldBe(1);
        leftOut.FramesWithoutFace.ShouldBe(1);
    }

    [Fact]
    public void Frames_that_could_not_be_read_never_count()
    {
        (LabeledSet set, ItemMeasurements measured) = Clip("1100", "11-0");
        SliceResult result = new SetScorer(set, [12], [1], skipsMissingFaces: false).Score("all", [measured]);

        result.Frames.ShouldBe(3);
        result.Units[0].Frames.ShouldBe(3);
    }

    [Fact]
    public void An_event_ends_where_a_frame_is_missing()
    {
        // One true event of four frames with its first three predicted reaches an overlap of 0.75; cut in two, its second half only reaches 0.5.
        (LabeledSet whole, ItemMeasurements measured) = Clip("1111", "1110");
        LabeledSet cut = whole with { Items = [whole.Items[0] with { Frames = [0, 1, 5, 6] }] };

        double Event(LabeledSet set) => new SetScorer(set, [12], [1], skipsMissingFaces: false).Score("all", [measured]).Units[0].Scores[EvaluationMetric.F1Event];
        Event(whole).ShouldBe(F1Event.AreaUnderCurve([true, true, true, true], [true, true, true, false], [0, 0, 0, 0]));
        Event(cut).ShouldBe(F1Event.AreaUnderCurve([true, true, true, true], [true, true, true, false], [0, 0, 1, 1]));
        Event(whole).ShouldNotBe(Event(cut));
    }

    [Fact]
    public void Pictures_have_no_events()
    {
        (LabeledSet set, ItemMeasurements measured) = Clip("1100", "1100");
        LabeledSet pictures = set with { Items = [set.Items[0] with { IsSequence = false }] };
        new SetScorer(pictures, [12], [1], skipsMissingFaces: false).Score("all", [measured]).Units[0].Scores[EvaluationMetric.F1Event].ShouldBe(double.NaN);
    }

    [Fact]
    public void An_action_unit_that_the_model_does_not_measure_is_listed_and_not_scored()
    {
        (LabeledSet set, ItemMeasurements measured) = Clip("1100", "1100");
        LabeledSet two = set with { ActionUnits = [99, 12], Items = [set.Items[0] with { Presence = [.. set.Items[0].Presence.SelectMany(value => (sbyte[])[1, value])] }] };
        SetScorer scorer = new(two, [6, 12], [9, 1], skipsMissingFaces: false);
        ItemMeasurements wide = new(4, 2);
        for (int row = 0; row < 4; row++)
        {
            wide.States[row] = measured.States[row];
            wide.Intensities[(2 * row) + 1] = measured.Intensities[row];
        }

        scorer.Unmeasured.ShouldBe([99]);
        scorer.ActionUnits.ShouldBe([12]);
        scorer.Score("all", [wide]).Units.ShouldHaveSingleItem().Scores[EvaluationMetric.F1Frame].ShouldBe(1);
    }

    [Fact]
    public void Labels_that_are_called_exactly_have_a_relation_distance_of_zero()
    {
        (LabeledSet set, ItemMeasurements right) = Clip("1100", "1100");
        (_, ItemMeasurements wrong) = Clip("1100", "0101");
        LabeledSet two = set with { ActionUnits = [6, 12], Items = [set.Items[0] with { Presence = [1, 1, 1, 1, 0, 0, 0, 0] }] };
        ItemMeasurements Twice(ItemMeasurements one, bool flipsFirst)
        {
            ItemMeasurements both = new(4, 2);
            for (int row = 0; row < 4; row++)
            {
                both.States[row] = RowState.Measured;
                both.Intensities[2 * row] = flipsFirst && right.Intensities[row] > 0 ? 0 : flipsFirst ? 3 : one.Intensities[row];
                both.Intensities[(2 * row) + 1] = one.Intensities[row];
            }

            return both;
        }

        SetScorer scorer = new(two, [6, 12], [1, 1], skipsMissingFaces: false);
        scorer.RelationDistance([Twice(right, flipsFirst: false)]).ShouldBe(0, 1e-12);
        scorer.RelationDistance([Twice(wrong, flipsFirst: true)]).ShouldBeGreaterThan(0.5);
    }

    /// <summary>One video of one action unit; in the measurements <c>?</c> is a frame without a face, <c>-</c> one that was not read.</summary>
    private static (LabeledSet Set, ItemMeasurements Measured) Clip(string labels, string measured)
    {
        LabeledItem item = new()
        {
            Name = "clip",
            Kind = MediaKind.Video,
            Source = "clip.mp4",
            Frames = [.. Enumerable.Range(0, labels.Length)],
            Subjects = [.. labels.Select(_ => "ann")],
            IsSequence = true,
            Presence = [.. labels.Select(label => (sbyte)(label == '1' ? 1 : 0))],
        };
        ItemMeasurements measurements = new(labels.Length, 1);
        for (int row = 0; row < measured.Length; row++)
        {
            measurements.States[row] = measured[row] switch { '?' => RowState.NoFace, '-' => RowState.NotRead, _ => RowState.Measured };
            measurements.Intensities[row] = measured[row] == '1' ? 3 : 0;
        }

        return (new LabeledSet { Dataset = "csv", Protocol = "all", PresenceRule = "", ActionUnits = [12], Items = [item] }, measurements);
    }
}
