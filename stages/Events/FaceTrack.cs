namespace AuStream.Stages.Events;

/// <summary>The action units of one face over time. Pooled.</summary>
internal sealed class FaceTrack(ActionUnitRule[] rules)
{
    private long _decayStep = -1;
    private double _decay;

    public long FaceId { get; set; }

    /// <summary>Number of the frame in which the face was last measured.</summary>
    public long LastFrame { get; set; }

    public SegmentTracker[] ActionUnits { get; } = Array.ConvertAll(rules, rule => new SegmentTracker(rule));

    /// <summary>exp(−Δt / τ) of a measurement at this time; computed once where all action units were measured together.</summary>
    public double Decay(SegmentTracker actionUnit, long pts)
    {
        long step = pts - actionUnit.LastMeasured;
        if (step != _decayStep)
        {
            _decayStep = step;
            _decay = actionUnit.Rule.TimeConstant > 0 ? Math.Exp(-step / actionUnit.Rule.TimeConstant) : 0;
        }

        return _decay;
    }

    public void Reset()
    {
        foreach (SegmentTracker actionUnit in ActionUnits)
        {
            actionUnit.Reset();
        }
    }
}
