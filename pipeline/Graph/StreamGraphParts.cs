using AuStream.Stages.ActionUnits;
using AuStream.Stages.Calibrating;
using AuStream.Stages.Decoding;
using AuStream.Stages.Faces;
using AuStream.Stages.Publishing;

namespace AuStream.Pipeline.Graph;

/// <summary>The stages of one stream, ready to be linked. <see cref="StreamGraph"/> disposes those that can be disposed.</summary>
public sealed record StreamGraphParts
{
    /// <summary>Where frames come from.</summary>
    public required IFrameSource Source { get; init; }

    /// <summary>Detection, tracking and landmarks.</summary>
    public required IFaceFinder FaceFinder { get; init; }

    /// <summary>Alignment and the action unit network.</summary>
    public required IFrameStage ActionUnits { get; init; }

    /// <summary>What knows a track's past, after the action unit network and without the frame's pixels: neutral reference and temporal head;
    /// null for neither.</summary>
    public IFrameStage? Time { get; init; }

    /// <summary>The stream's neutral faces, for requests to enrol; null where there are none.</summary>
    public NeutralReferences? References { get; init; }

    /// <summary>Scores to events; null where time means nothing (pictures).</summary>
    public IEventStage? Events { get; init; }

    /// <summary>Shares the processor with other streams; null where there are none.</summary>
    public ComputeTurns? Turns { get; init; }

    /// <summary>Where results go, in this order.</summary>
    public required IReadOnlyList<IResultSink> Sinks { get; init; }
}
