using AuStream.Pipeline.Graph;
using AuStream.Stages.ActionUnits;
using AuStream.Stages.Events;
using AuStream.Stages.Faces;

namespace AuStream.Pipeline.Assembling;

/// <summary>Links the event smoother into the graph, and lets thresholds be changed while it runs.</summary>
/// <remarks>Belongs to the stage's thread, but for <see cref="SetThreshold"/>, which may be called from any.</remarks>
internal sealed class EventStage : IEventStage
{
    private readonly IReadOnlyList<int> _actionUnits;
    private readonly Func<IReadOnlyList<float>, EventSmoother> _create;
    private readonly Lock _lock = new();
    private readonly float[] _thresholds;
    private readonly bool[] _isChanged;
    private volatile bool _isStale;
    private bool _hasChanges;
    private EventSmoother _smoother;

    /// <param name="actionUnits">FACS numbers in the order of every face's measurements.</param>
    /// <param name="thresholds">Their thresholds, as the model has them.</param>
    /// <param name="create">Makes a smoother with thresholds.</param>
    public EventStage(IReadOnlyList<int> actionUnits, IReadOnlyList<float> thresholds, Func<IReadOnlyList<float>, EventSmoother> create)
    {
        _actionUnits = actionUnits;
        _create = create;
        _thresholds = [.. thresholds];
        _isChanged = new bool[_thresholds.Length];
        _smoother = create(_thresholds);
    }

    /// <summary>
    /// From the next frame on an action unit is present from another intensity on. Events that are open then end, since they were
    /// begun by another rule, and begin again where they still hold.
    /// </summary>
    /// <returns>False when the model has no such action unit.</returns>
    public bool SetThreshold(int actionUnit, float threshold)
    {
        int index = Enumerable.Range(0, _actionUnits.Count).FirstOrDefault(i => _actionUnits[i] == actionUnit, -1);
        if (index < 0)
        {
            return false;
        }

        lock (_lock)
        {
            _thresholds[index] = threshold;
            _isChanged[index] = true;
            _isStale = true;
        }

        return true;
    }

    public void Process(FrameFaces faces, List<ActionUnitEvent> events)
    {
        if (_isStale)
        {
            Renew(faces.Envelope.PtsMicroseconds, events);
        }

        for (int i = 0; _hasChanges && i < faces.Faces.Count; i++)
        {
            ApplyPresence(faces.Faces[i]);
        }

        _smoother.Process(faces, events);
    }

    public void Complete(long ptsMicroseconds, EventEndReason reason, List<ActionUnitEvent> events) =>
        _smoother.Complete(ptsMicroseconds, reason, events);

    private void Renew(long pts, List<ActionUnitEvent> events)
    {
        lock (_lock)
        {
            _isStale = false;
            _hasChanges = true;
            _smoother.Complete(pts, EventEndReason.ThresholdChanged, events);
            _smoother = _create([.. _thresholds]);
        }
    }

    /// <summary>Presence and events follow from the same threshold.</summary>
    private void ApplyPresence(FaceObservation face)
    {
        for (int unit = 0; face.HasActionUnits && unit < _isChanged.Length; unit++)
        {
            if (_isChanged[unit])
            {
                face.Presence[unit] = face.Intensities[unit] >= _thresholds[unit];
            }
        }
    }
}
