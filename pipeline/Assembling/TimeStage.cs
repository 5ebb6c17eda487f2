using AuStream.Stages.Calibrating;
using AuStream.Stages.Faces;
using AuStream.Stages.Temporal;

namespace AuStream.Pipeline.Assembling;

/// <summary>Links what knows a track's past into the graph: its neutral face, and the temporal head or the comparison with that face.</summary>
internal sealed class TimeStage(NeutralReferences references, TemporalHead? head, NeutralComparison? comparison) : IFrameStage, IDisposable
{
    /// <summary>The stream's neutral faces.</summary>
    public NeutralReferences References => references;

    public void Process(FrameFaces faces)
    {
        references.Observe(faces);
        if (head is not null)
        {
            head.Process(faces);
        }
        else
        {
            comparison?.Process(faces);
        }
    }

    public void Dispose()
    {
        references.Dispose();
        head?.Dispose();
        comparison?.Dispose();
    }
}
