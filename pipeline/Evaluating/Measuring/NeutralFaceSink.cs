using AuStream.Stages.ActionUnits;
using AuStream.Stages.Calibrating;
using AuStream.Stages.Faces;
using AuStream.Stages.Publishing;

namespace AuStream.Pipeline.Evaluating.Measuring;

/// <summary>Keeps what the frame network says about the largest face of each picture, as that person's neutral face.</summary>
internal sealed class NeutralFaceSink : IResultSink
{
    /// <summary>By the frame's file name; pictures without a face are not there.</summary>
    public Dictionary<string, NeutralFace> Faces { get; } = [];

    public ValueTask PublishFrameAsync(FrameFaces faces, CancellationToken cancellationToken)
    {
        FaceObservation? largest = faces.Faces.Where(face => face.IsVisible && face.HasActionUnits).MaxBy(face => face.Box.Area);
        if (largest is not null && faces.FileName is { } name)
        {
            Faces[name] = new NeutralFace([.. largest.Features], [.. largest.RawIntensities]);
        }

        return ValueTask.CompletedTask;
    }

    public ValueTask PublishEventAsync(ActionUnitEvent actionUnitEvent, CancellationToken cancellationToken) => ValueTask.CompletedTask;

    public ValueTask CompleteAsync(CancellationToken cancellationToken) => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
