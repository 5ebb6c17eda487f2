namespace AuStream.Stages.Events;

/// <summary>
/// Follows one action unit of one face: filter, hysteresis, bridging, duration, and what a message about it has to say.
/// </summary>
/// <remarks>
/// <para>Decisions look at the filtered intensity y (first-order low-pass, exact for an input that is linear between measurements,
/// so that the frame rate does not matter; with look-ahead the mean of that and of the same filter run backwards from the future);
/// times and values come from the unfiltered intensity x, so that they do not lag.</para>
/// <para>On: x has reached the upper threshold, and y too or x for so long that no filter may keep it waiting. Off: the same
/// below the lower threshold. So at every decision x itself has crossed, and its last crossing is the time to report: onsets and
/// offsets alternate and events of one action unit never overlap, whatever y is.</para>
/// </remarks>
internal sealed class SegmentTracker(ActionUnitRule rule)
{
    private double _intensity;
    private double _decisive;
    private IntensityIntegral _sinceRise;
    private IntensityIntegral _segment;
    private IntensityIntegral _untilFall;

    public ActionUnitRule Rule { get; } = rule;

    public SegmentState State { get; private set; }

    /// <summary>Id of the event that was reported about the running segment, or null.</summary>
    public string? EventId { get; set; }

    /// <summary>PTS of the last message about it.</summary>
    public long LastMessage { get; set; }

    /// <summary>The filtered intensity at the last measurement.</summary>
    public double Filtered { get; private set; }

    /// <summary>True when there is a measurement to go on from.</summary>
    public bool HasMeasurement { get; private set; }

    /// <summary>PTS of the last measurement.</summary>
    public long LastMeasured { get; private set; }

    /// <summary>The running segment up to the last measurement, or up to where the intensity fell when it has fallen, even if the filter
    /// has not followed yet.</summary>
    public ref readonly IntensityIntegral Segment =>
        ref State == SegmentState.Pending || _intensity < Rule.Off ? ref _untilFall : ref _segment;

    /// <summary>True when the last measurement is too old to go on from.</summary>
    public bool IsStale(long pts) => HasMeasurement && pts - LastMeasured > Rule.Patience;

    /// <summary>True when a measurement at this time would be the first or later than the last.</summary>
    public bool IsBefore(long pts) => !HasMeasurement || LastMeasured < pts;

    /// <summary>Takes a measurement later than the last one.</summary>
    /// <param name="pts">Time in µs.</param>
    /// <param name="intensity">Finite.</param>
    /// <param name="decay">exp(−Δt / τ) for the time since <see cref="LastMeasured"/>; 0 without a filter.</param>
    /// <param name="after">The filter's value when run backwards from the future; not a number without look-ahead.</param>
    public void Measure(long pts, double intensity, double decay, double after = double.NaN)
    {
        if (HasMeasurement)
        {
            Continue(pts, intensity, decay);
        }
        else
        {
            HasMeasurement = true;
            Filtered = intensity;
            _sinceRise = IntensityIntegral.Begin(pts, intensity);
        }

        LastMeasured = pts;
        _intensity = intensity;
        _decisive = double.IsNaN(after) ? Filtered : (Filtered + after) / 2;
    }

    /// <summary>Turns on or off. To be called after <see cref="Measure"/>, and again after <see cref="EndSegment"/>.</summary>
    public void Decide()
    {
        bool isAbove = _intensity >= Rule.On && (_decisive >= Rule.On || LastMeasured - _sinceRise.Start >= Rule.FilterDelay);
        if (State == SegmentState.Idle && isAbove)
        {
            State = SegmentState.On;
            _segment = _sinceRise;
            _untilFall = _segment;
        }
        else if (State == SegmentState.On && _intensity < Rule.Off
            && (_decisive < Rule.Off || LastMeasured - _untilFall.End >= Rule.FilterDelay))
        {
            State = SegmentState.Pending;
        }
        else if (State == SegmentState.Pending && isAbove && _sinceRise.Start - _untilFall.End <= Rule.BridgedGap)
        {
            State = SegmentState.On;
        }
    }

    /// <summary>True when the segment went off longer ago than a gap may last.</summary>
    public bool IsOver(long pts) => State == SegmentState.Pending && pts - _untilFall.End > Rule.BridgedGap;

    /// <summary>Forgets the segment; the filter goes on.</summary>
    public void EndSegment()
    {
        State = SegmentState.Idle;
        EventId = null;
    }

    /// <summary>Forgets everything.</summary>
    public void Reset()
    {
        EndSegment();
        HasMeasurement = false;
    }

    private void Continue(long pts, double intensity, double decay)
    {
        double slope = (intensity - _intensity) / (pts - LastMeasured);
        double lag = slope * Rule.TimeConstant;
        Filtered = intensity - lag + ((Filtered - _intensity + lag) * decay);

        if (State == SegmentState.On && _intensity >= Rule.Off && intensity < Rule.Off)
        {
            _untilFall = _segment;
            _untilFall.Add(_intensity, Rule.Off, Crossing(pts, intensity, Rule.Off));
        }

        _segment.Add(_intensity, intensity, pts);
        if (_intensity < Rule.On && intensity >= Rule.On)
        {
            _sinceRise = IntensityIntegral.Begin(Crossing(pts, intensity, Rule.On), Rule.On);
            _sinceRise.Add(Rule.On, intensity, pts);
        }
        else
        {
            _sinceRise.Add(_intensity, intensity, pts);
        }
    }

    private long Crossing(long pts, double intensity, double threshold)
    {
        double part = (threshold - _intensity) / (intensity - _intensity);
        return LastMeasured + (long)Math.Round(part * (pts - LastMeasured));
    }
}
