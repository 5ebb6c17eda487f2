using AuStream.Stages.ActionUnits;
using AuStream.Stages.Decoding;
using AuStream.Stages.Faces;
using AuStream.Stages.Publishing;

namespace AuStream.Pipeline.Graph;

/// <summary>The stages of one stream, ready to be linked. <see cref="StreamGraph"/> disposes those that can be disposed.</summary>
public sealed class StreamGraphParts
{
    /// <summary>Where frames come from.</summary>
    public required IFrameSource Source { get; init; }

    /// <summary>Detection, tracking and landmarks.</summary>
    public required IFaceFinder FaceFinder { get; init; }

    /// <summary>Alignment and the action unit network.</summary>
    public required IFrameStage ActionUnits { get; init; }

    /// <summary>Scores to events; null where time means nothing (pictures).</summary>
    public IEventStage? Events { get; init; }

    /// <summary>Where results go, in this order.</summary>
    public required IReadOnlyList<IResultSink> Sinks { get; init; }
}
