using AuStream.Pipeline.Graph;
using AuStream.Stages.ActionUnits;
using AuStream.Stages.Events;
using AuStream.Stages.Faces;

namespace AuStream.Pipeline.Assembling;

/// <summary>Links the event smoother into the graph.</summary>
internal sealed class EventStage(EventSmoother smoother) : IEventStage
{
    public void Process(FrameFaces faces, List<ActionUnitEvent> events) => smoother.Process(faces, events);

    public void Complete(long ptsMicroseconds, EventEndReason reason, List<ActionUnitEvent> events) =>
        smoother.Complete(ptsMicroseconds, reason, events);
}
