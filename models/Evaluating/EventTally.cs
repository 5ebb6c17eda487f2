namespace AuStream.Models.Evaluating;

/// <summary>A subject's events: how many there are on each side, and how many of them reach each overlap of <see cref="F1Event"/>'s curve.</summary>
internal sealed record EventTally(long[] TrueFound, long[] PredictedRight, long True, long Predicted)
{
    public static EventTally Of(bool[] labels, bool[] calls, int[] sequences)
    {
        List<EventOverlap> truth = EventOverlap.Find(labels, calls, sequences);
        List<EventOverlap> predicted = EventOverlap.Find(calls, labels, sequences);
        return new EventTally(Reaching(truth), Reaching(predicted), truth.Count, predicted.Count);
    }

    /// <summary>Area under the curve when every subject counts as often as its weight; NaN when neither side has events.</summary>
    public static double AreaUnderCurve(EventTally[] subjects, int[] weights)
    {
        long[] found = new long[F1Event.Steps + 1];
        long[] right = new long[F1Event.Steps + 1];
        long truth = 0;
        long predicted = 0;
        for (int subject = 0; subject < subjects.Length; subject++)
        {
            int weight = weights[subject];
            EventTally own = subjects[subject];
            truth += weight * own.True;
            predicted += weight * own.Predicted;
            for (int step = 0; weight > 0 && step <= F1Event.Steps; step++)
            {
                found[step] += weight * own.TrueFound[step];
                right[step] += weight * own.PredictedRight[step];
            }
        }

        if (truth == 0 || predicted == 0)
        {
            return truth == predicted ? double.NaN : 0;
        }

        double[] curve = [.. Enumerable.Range(0, F1Event.Steps + 1).Select(step => HarmonicMean((double)found[step] / truth, (double)right[step] / predicted))];
        return (curve.Sum() - ((curve[0] + curve[^1]) / 2)) / F1Event.Steps;
    }

    private static double HarmonicMean(double recall, double precision) =>
        recall + precision == 0 ? 0 : 2 * recall * precision / (recall + precision);

    private static long[] Reaching(List<EventOverlap> events) =>
        [.. Enumerable.Range(0, F1Event.Steps + 1).Select(step => (long)events.Count(one => one.Reaches((double)step / F1Event.Steps)))];
}
