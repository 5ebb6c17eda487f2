using AuStream.Stages.ActionUnits;
using AuStream.Stages.Faces;

namespace AuStream.Pipeline.Graph;

/// <summary>The stage that turns scores over time into events.</summary>
public interface IEventStage
{
    /// <summary>Takes one frame and appends the event messages decided at it.</summary>
    void Process(FrameFaces faces, List<ActionUnitEvent> events);

    /// <summary>Ends every open event and appends the messages.</summary>
    void Complete(long ptsMicroseconds, EventEndReason reason, List<ActionUnitEvent> events);
}
