using AuStream.Stages.ActionUnits;
using AuStream.Stages.Faces;
using AuStream.Stages.Publishing;

namespace AuStream.Graph.Tests.Fakes;

/// <summary>Remembers what it was given; can be slow, and can fail at a frame or on completion.</summary>
internal sealed class RecordingSink : IResultSink
{
    public List<long> Frames { get; } = [];

    public List<int> FacesPerFrame { get; } = [];

    public List<ActionUnitEvent> Events { get; } = [];

    public int Completions { get; private set; }

    public long FaultAt { get; init; } = -1;

    public Exception? FaultOnCompletion { get; init; }

    public Func<long, Task>? BeforeFrame { get; init; }

    public async ValueTask PublishFrameAsync(FrameFaces faces, CancellationToken cancellationToken)
    {
        long sequence = faces.Envelope.Sequence;
        if (BeforeFrame is not null)
        {
            await BeforeFrame(sequence);
        }

        if (sequence == FaultAt)
        {
            throw new IOException("the sink failed");
        }

        Frames.Add(sequence);
        FacesPerFrame.Add(faces.Faces.Count);
    }

    public ValueTask PublishEventAsync(ActionUnitEvent actionUnitEvent, CancellationToken cancellationToken)
    {
        Events.Add(actionUnitEvent);
        return ValueTask.CompletedTask;
    }

    public ValueTask CompleteAsync(CancellationToken cancellationToken)
    {
        Completions++;
        return FaultOnCompletion is null ? ValueTask.CompletedTask : throw FaultOnCompletion;
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
