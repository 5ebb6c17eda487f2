namespace AuStream.Models.Evaluating;

/// <summary>
/// F1-event: agreement on events rather than frames. X. Ding, W.-S. Chu, F. De la Torre, J. Cohn, Q. Wang, "Facial Action Unit
/// Event Detection by Cascade of Tasks", ICCV 2013.
/// </summary>
/// <remarks>An event is an unbroken run of frames. A true event counts as found when at least the given share of its frames was
/// predicted present (by one or several predicted events); a predicted event counts as right when at least that share of its frames
/// is truly present. F1-event is the harmonic mean of the share of true events found and the share of predicted events that are
/// right; over all shares from 0 to 1 it is a curve, and the area under it sums it up.</remarks>
public static class F1Event
{
    /// <summary>Steps of the curve.</summary>
    public const int Steps = 100;

    /// <summary>F1-event at one overlap, 0–1; 0 when only one side has events, NaN when neither has any.</summary>
    /// <inheritdoc cref="Agreement"/>
    public static double AtOverlap(ReadOnlySpan<bool> labels, ReadOnlySpan<bool> predictions, ReadOnlySpan<int> sequences, double overlap) =>
        Agreement(labels, predictions, sequences, overlap).F1;

    /// <summary>Events found and events right at one overlap: segment precision and recall.</summary>
    /// <param name="labels">True presence per frame, videos one after the other.</param>
    /// <param name="predictions">Predicted presence per frame.</param>
    /// <param name="sequences">Number of the video per frame: no event reaches across a change.</param>
    /// <param name="overlap">Share of an event's frames, 0–1. At 0 every event counts.</param>
    /// <exception cref="ArgumentException">The lists differ in length, or the overlap is out of range.</exception>
    public static EventAgreement Agreement(ReadOnlySpan<bool> labels, ReadOnlySpan<bool> predictions, ReadOnlySpan<int> sequences, double overlap)
    {
        if (!(overlap is >= 0 and <= 1))
        {
            throw new ArgumentOutOfRangeException(nameof(overlap), overlap, "An overlap lies between 0 and 1.");
        }

        (List<EventOverlap> truth, List<EventOverlap> predicted) = Find(labels, predictions, sequences);
        return Of(truth, predicted, overlap);
    }

    /// <summary>F1-event at overlaps 0, 0.01, …, 1: <see cref="Steps"/> + 1 values.</summary>
    /// <inheritdoc cref="Agreement"/>
    public static double[] Curve(ReadOnlySpan<bool> labels, ReadOnlySpan<bool> predictions, ReadOnlySpan<int> sequences)
    {
        (List<EventOverlap> truth, List<EventOverlap> predicted) = Find(labels, predictions, sequences);
        return [.. Enumerable.Range(0, Steps + 1).Select(step => Of(truth, predicted, (double)step / Steps).F1)];
    }

    /// <summary>Area under <see cref="Curve"/> by the trapezoidal rule, 0–1; NaN when neither side has events.</summary>
    /// <inheritdoc cref="Agreement"/>
    public static double AreaUnderCurve(ReadOnlySpan<bool> labels, ReadOnlySpan<bool> predictions, ReadOnlySpan<int> sequences)
    {
        double[] curve = Curve(labels, predictions, sequences);
        return (curve.Sum() - ((curve[0] + curve[^1]) / 2)) / Steps;
    }

    private static (List<EventOverlap> Truth, List<EventOverlap> Predicted) Find(
        ReadOnlySpan<bool> labels, ReadOnlySpan<bool> predictions, ReadOnlySpan<int> sequences)
    {
        SameLength.Require(labels.Length, predictions.Length);
        SameLength.Require(labels.Length, sequences.Length);
        return (EventOverlap.Find(labels, predictions, sequences), EventOverlap.Find(predictions, labels, sequences));
    }

    private static EventAgreement Of(List<EventOverlap> truth, List<EventOverlap> predicted, double overlap) =>
        new(truth.Count, Count(truth, overlap), predicted.Count, Count(predicted, overlap));

    private static int Count(List<EventOverlap> events, double overlap) => events.Count(one => one.Reaches(overlap));
}
