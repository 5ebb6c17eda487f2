using AuStream.Models.Evaluating;

namespace AuStream.Models.Tests.Evaluating;

public sealed class F1EventTests
{
    // True events of 4 and 2 frames, of which 3 and 1 are predicted; predicted events of 3 and 2 frames, of which 3 and 1 are true.
    private static readonly bool[] Labels = Presence("0111100110");
    private static readonly bool[] Predictions = Presence("0111000011");
    private static readonly int[] OneVideo = new int[10];

    [Theory]
    [InlineData(0, 1)]
    [InlineData(0.5, 1)]
    [InlineData(0.51, 0.5)]
    [InlineData(0.75, 0.5)]
    [InlineData(0.76, 0)]
    [InlineData(1, 0)]
    public void At_an_overlap_it_is_the_harmonic_mean_of_events_found_and_events_right(double overlap, double expected) =>
        F1Event.AtOverlap(Labels, Predictions, OneVideo, overlap).ShouldBe(expected, 1e-12);

    [Fact]
    public void Recall_and_precision_may_differ()
    {
        // Both true events are found by one long prediction, of which 4 in 8 frames are right.
        bool[] labels = Presence("1100110000");
        bool[] predictions = Presence("1111111100");

        F1Event.AtOverlap(labels, predictions, OneVideo, 0.5).ShouldBe(1);
        F1Event.AtOverlap(labels, predictions, OneVideo, 0.6).ShouldBe(0, "recall 1, precision 0");
        F1Event.AtOverlap(Presence("1100110001"), predictions, OneVideo, 0.5).ShouldBe(2 * (2.0 / 3) / (1 + (2.0 / 3)), 1e-12);
    }

    [Fact]
    public void The_curve_has_one_value_per_hundredth_and_its_area_follows_the_trapezoidal_rule()
    {
        double[] curve = F1Event.Curve(Labels, Predictions, OneVideo);

        curve.Length.ShouldBe(101);
        curve.Count(value => value == 1).ShouldBe(51);
        curve.Count(value => value == 0.5).ShouldBe(25);
        F1Event.AreaUnderCurve(Labels, Predictions, OneVideo).ShouldBe(0.63, 1e-12);
    }

    [Fact]
    public void An_overlap_of_seven_tenths_is_reached_by_seven_of_ten_frames() =>
        F1Event.AtOverlap(Presence("1111111111"), Presence("1111111000"), OneVideo, 0.7).ShouldBe(1);

    [Fact]
    public void An_event_does_not_reach_into_the_next_video()
    {
        // As one video the single true event has 3 of 4 frames predicted; as two videos there are two, with 2 of 2 and 1 of 2.
        bool[] labels = Presence("1111");
        bool[] predictions = Presence("1110");

        F1Event.AtOverlap(labels, predictions, [0, 0, 0, 0], 0.75).ShouldBe(1);
        F1Event.AtOverlap(labels, predictions, [0, 0, 1, 1], 0.75).ShouldBe(2 * 0.5 / 1.5, 1e-12);
    }

    [Fact]
    public void Without_events_on_either_side_it_is_undefined_and_on_one_side_zero()
    {
        F1Event.AreaUnderCurve(new bool[10], new bool[10], OneVideo).ShouldBe(double.NaN);
        F1Event.AtOverlap(Labels, new bool[10], OneVideo, 0.5).ShouldBe(0);
        F1Event.AtOverlap(new bool[10], Labels, OneVideo, 0).ShouldBe(0);
    }

    [Fact]
    public void An_overlap_out_of_range_is_refused() =>
        Should.Throw<ArgumentOutOfRangeException>(() => F1Event.AtOverlap(Labels, Predictions, OneVideo, 1.5));

    private static bool[] Presence(string frames) => [.. frames.Select(frame => frame == '1')];
}
