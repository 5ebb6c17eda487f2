using AuStream.Stages.Faces;

namespace AuStream.Stages.Calibrating;

/// <summary>The neutral face of one track: given (enrolled, or known from an earlier reading), or the mean of its calmest windows. Pooled.</summary>
/// <remarks>
/// A running median or mean takes the first expression that is held for long for the neutral one. Here windows compete by calmness: one
/// that is not calm at all never enters, and a slight expression that did enter is replaced, window by window, by calmer ones as
/// soon as there are any, however late. Windows in which an action unit is present come after all others and count only after a long while:
/// some faces look like an expression all day, and need a reference most.
/// </remarks>
internal sealed class TrackReference(int featureCount, int actionUnitCount, NeutralReferenceOptions options)
{
    // Fewer frames would let a single odd one pass for half a second of rest.
    private const int FewestFrames = 3;

    private const double ActiveRank = 2;

    private readonly StillStretch _window = new(featureCount, actionUnitCount);
    private readonly float[] _reference = new float[featureCount + actionUnitCount];
    private readonly float[]?[] _kept = new float[options.KeptWindows][];
    private readonly double[] _ranks = new double[options.KeptWindows];
    private int _keptCount;
    private double _observed;
    private bool _isGiven;

    public long FaceId { get; set; }

    /// <summary>PTS at which the face was last seen, µs.</summary>
    public long LastSeen { get; set; }

    public CalibrationState State { get; private set; }

    /// <summary>True from a new reference on until somebody says that it was taken.</summary>
    public bool IsNew { get; set; }

    public bool HasReference => State is CalibrationState.Estimated or CalibrationState.Enrolled;

    /// <summary>Features of the neutral face, valid with <see cref="HasReference"/>.</summary>
    public ReadOnlySpan<float> Features => _reference.AsSpan(0, featureCount);

    /// <summary>The network's raw outputs on the neutral face, valid with <see cref="HasReference"/>.</summary>
    public ReadOnlySpan<float> RawIntensities => _reference.AsSpan(featureCount);

    public void Reset()
    {
        _window.Clear();
        _keptCount = 0;
        _observed = 0;
        _isGiven = false;
        IsNew = false;
        State = options.Mode == ReferenceMode.Estimated ? CalibrationState.Estimating : CalibrationState.None;
    }

    /// <summary>Takes a neutral face that does not change by itself.</summary>
    public void Take(NeutralFace neutral, CalibrationState state)
    {
        for (int i = 0; i < featureCount; i++)
        {
            _reference[i] = neutral.Features[i];
        }

        for (int i = 0; i < actionUnitCount; i++)
        {
            _reference[featureCount + i] = neutral.RawIntensities[i];
        }

        State = state;
        _isGiven = true;
        IsNew = true;
    }

    /// <summary>Takes a frame of the face.</summary>
    public void Observe(FaceObservation face, long pts, FaceActivation activation)
    {
        if (_isGiven || State == CalibrationState.None)
        {
            return;
        }

        _window.Add(face, pts, activation, options);
        if (_window.Count >= FewestFrames && pts - _window.Start >= options.Window.TotalMicroseconds)
        {
            _observed += pts - _window.Start;
            if (_window.Activation <= options.CalmLimit)
            {
                Keep();
            }

            Estimate();
            _window.Clear();
        }
    }

    /// <summary>The face is hidden: what comes up to that moment, or right after it, is no rest.</summary>
    public void Interrupt() => _window.Clear();

    private void Keep()
    {
        // The calm limit is at most 1, so every window without an action unit comes before all with one.
        double rank = _window.Activation + (_window.IsActive ? ActiveRank : 0);
        int place = _keptCount;
        if (_keptCount == options.KeptWindows)
        {
            place = Array.IndexOf(_ranks, _ranks.Max());
            if (rank >= _ranks[place])
            {
                return;
            }
        }
        else
        {
            _keptCount++;
        }

        _window.WriteMean(_kept[place] ??= new float[_reference.Length]);
        _ranks[place] = rank;
    }

    private void Estimate()
    {
        int calm = 0;
        for (int window = 0; window < _keptCount; window++)
        {
            calm += _ranks[window] < ActiveRank ? 1 : 0;
        }

        bool isCalm = calm >= options.NeededWindows;
        if (!isCalm && (_keptCount < options.NeededWindows || _observed < options.ActivePatience.TotalMicroseconds))
        {
            return;
        }

        Array.Clear(_reference);
        int taken = isCalm ? calm : _keptCount;
        for (int window = 0; window < _keptCount; window++)
        {
            for (int i = 0; i < _reference.Length && (!isCalm || _ranks[window] < ActiveRank); i++)
            {
                _reference[i] += _kept[window]![i] / taken;
            }
        }

        State = CalibrationState.Estimated;
        IsNew = true;
    }
}
