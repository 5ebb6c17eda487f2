namespace AuStream.Stages.Events;

/// <summary>Peak and time-weighted mean of an intensity that is linear between measurements.</summary>
internal struct IntensityIntegral
{
    private double _area;
    private double _first;

    /// <summary>Where it begins, µs.</summary>
    public long Start { get; private set; }

    /// <summary>Where it ends so far, µs.</summary>
    public long End { get; private set; }

    /// <summary>Highest intensity so far.</summary>
    public double Peak { get; private set; }

    /// <summary>When the peak was reached first, µs.</summary>
    public long Apex { get; private set; }

    /// <summary>Time-weighted mean so far; never above the peak.</summary>
    public readonly double Mean => End > Start ? Math.Min(_area / (End - Start), Peak) : _first;

    public static IntensityIntegral Begin(long time, double intensity) =>
        new() { Start = time, End = time, Peak = intensity, Apex = time, _first = intensity };

    /// <summary>Goes on to a later time along a straight line.</summary>
    public void Add(double from, double to, long time)
    {
        _area += (from + to) / 2 * (time - End);
        End = time;
        if (to > Peak)
        {
            Peak = to;
            Apex = time;
        }
    }
}
