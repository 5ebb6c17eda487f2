using AuStream.Stages.ActionUnits;
using AuStream.Stages.Faces;

namespace AuStream.Pipeline.Assembling;

/// <summary>Links the action unit network into the graph.</summary>
internal sealed class ActionUnitStage(ActionUnitNet net) : IFrameStage, IDisposable
{
    public void Process(FrameFaces faces) => net.Measure(faces);

    public void Dispose() => net.Dispose();
}
