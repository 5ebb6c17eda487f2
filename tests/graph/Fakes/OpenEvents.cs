using AuStream.Pipeline.Graph;
using AuStream.Stages.ActionUnits;
using AuStream.Stages.Faces;

namespace AuStream.Graph.Tests.Fakes;

/// <summary>Starts one event at a given frame and ends it only on completion.</summary>
internal sealed class OpenEvents(long startAt) : IEventStage
{
    private bool _isOpen;

    public void Process(FrameFaces faces, List<ActionUnitEvent> events)
    {
        if (faces.Envelope.Sequence == startAt)
        {
            _isOpen = true;
            events.Add(Create(EventPhase.Start, faces.Envelope.PtsMicroseconds, EventEndReason.None));
        }
    }

    public void Complete(long ptsMicroseconds, EventEndReason reason, List<ActionUnitEvent> events)
    {
        if (_isOpen)
        {
            _isOpen = false;
            events.Add(Create(EventPhase.End, ptsMicroseconds, reason));
        }
    }

    private ActionUnitEvent Create(EventPhase phase, long pts, EventEndReason reason) =>
        new("event-1", "test", 1, 12, phase, pts, startAt * 40_000, pts, phase == EventPhase.End ? pts : null, 3, 2, reason);
}
