using AuStream.Models.Evaluating;

namespace AuStream.Models.Tests.Evaluating;

public sealed class PresenceMetricsTests
{
    // 2 true positives, 1 false positive, 1 false negative, 4 true negatives.
    private static readonly bool[] Labels = [true, true, true, false, false, false, false, false];
    private static readonly bool[] Predictions = [true, true, false, true, false, false, false, false];

    [Fact]
    public void Frames_are_counted_into_four_kinds() =>
        ConfusionCounts.Of(Labels, Predictions).ShouldBe(new ConfusionCounts(2, 1, 1, 4));

    [Fact]
    public void F1_frame_is_the_harmonic_mean_of_precision_and_recall()
    {
        F1Frame.Of(Labels, Predictions).ShouldBe(2.0 / 3, 1e-12);
        F1Frame.Of(new ConfusionCounts(0, 0, 0, 5)).ShouldBe(double.NaN);
        F1Frame.Of(new ConfusionCounts(0, 2, 0, 5)).ShouldBe(0);
    }

    [Fact]
    public void F1_norm_weights_false_positives_by_positives_over_negatives()
    {
        F1Norm.Of(Labels, Predictions).ShouldBe(4 / (4 + 1 + (3.0 / 5)), 1e-12);
        F1Norm.Of(new ConfusionCounts(2, 1, 1, 2)).ShouldBe(F1Frame.Of(new ConfusionCounts(2, 1, 1, 2)), 1e-12, "balanced already");
        F1Norm.Of(new ConfusionCounts(200, 1000, 100, 4000)).ShouldBe(F1Norm.Of(new ConfusionCounts(2, 1, 1, 4)), 1e-12, "the skew does not matter");
        F1Norm.Of(new ConfusionCounts(0, 1, 0, 3)).ShouldBe(double.NaN);
        F1Norm.Of(new ConfusionCounts(3, 0, 1, 0)).ShouldBe(double.NaN);
    }

    [Fact]
    public void Accuracy_is_the_share_told_right_and_the_final_score_its_mean_with_F1()
    {
        Accuracy.Of(Labels, Predictions).ShouldBe(0.75, 1e-12);
        FinalScore.Of(Labels, Predictions).ShouldBe(((2.0 / 3) + 0.75) / 2, 1e-12);
        Accuracy.Of([], []).ShouldBe(double.NaN);
    }

    [Fact]
    public void False_presence_is_the_share_of_the_frames_without_that_are_called_present()
    {
        FalsePresence.Of(Labels, Predictions).ShouldBe(0.2, 1e-12);
        FalsePresence.Of(new ConfusionCounts(0, 0, 0, 5)).ShouldBe(0, "nothing called is nothing called wrongly");
        FalsePresence.Of(new ConfusionCounts(3, 0, 1, 0)).ShouldBe(double.NaN);
    }

    [Fact]
    public void Lists_of_different_length_are_refused()
    {
        Should.Throw<ArgumentException>(() => F1Frame.Of([true], []));
        Should.Throw<ArgumentException>(() => AreaUnderRoc.Of([true], [1f, 2f]));
        Should.Throw<ArgumentException>(() => PearsonCorrelation.Of([1f], [1f, 2f]));
        Should.Throw<ArgumentException>(() => F1Event.AreaUnderCurve([true], [true], [0, 0]));
    }
}
