using AuStream.Stages.Faces;

namespace AuStream.Pipeline.Graph;

/// <summary>The stage that fills a frame with its faces.</summary>
public interface IFaceFinder : IFrameStage, IDisposable;
