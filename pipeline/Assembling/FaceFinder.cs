using AuStream.Pipeline.Graph;
using AuStream.Stages.Faces;
using AuStream.Stages.Tracking;

namespace AuStream.Pipeline.Assembling;

/// <summary>Links the face analyzer into the graph.</summary>
internal sealed class FaceFinder(FaceAnalyzer analyzer) : IFaceFinder
{
    public void Process(FrameFaces faces) => analyzer.Process(faces);

    public void Dispose() => analyzer.Dispose();
}
