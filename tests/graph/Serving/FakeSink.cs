using AuStream.Stages.ActionUnits;
using AuStream.Stages.Faces;
using AuStream.Stages.Publishing;

namespace AuStream.Graph.Tests.Serving;

/// <summary>A sink that only tells what it was told to tell.</summary>
internal sealed class FakeSink : IResultSink
{
    public string Kind { get; init; } = "mqtt";

    public SinkCounters Counters { get; set; }

    public string? Trouble { get; set; }

    public ValueTask PublishFrameAsync(FrameFaces faces, CancellationToken cancellationToken) => ValueTask.CompletedTask;

    public ValueTask PublishEventAsync(ActionUnitEvent actionUnitEvent, CancellationToken cancellationToken) => ValueTask.CompletedTask;

    public ValueTask CompleteAsync(CancellationToken cancellationToken) => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
