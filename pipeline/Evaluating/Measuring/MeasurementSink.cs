using System.Numerics;
using AuStream.Stages.ActionUnits;
using AuStream.Stages.Faces;
using AuStream.Stages.Publishing;

namespace AuStream.Pipeline.Evaluating.Measuring;

/// <summary>Keeps what was measured on the labelled frames of an item.</summary>
/// <param name="measurements">Where to.</param>
/// <param name="rowOf">Row of a frame's sequence number; negative for a frame without labels.</param>
/// <param name="placeOf">A point inside the face that a row is about, in pixels of the frame; null for the largest.</param>
/// <param name="onFrame">Told every frame.</param>
internal sealed class MeasurementSink(ItemMeasurements measurements, Func<long, int> rowOf, Func<int, Vector2?> placeOf, Action<int> onFrame) : IResultSink
{
    public ValueTask PublishFrameAsync(FrameFaces faces, CancellationToken cancellationToken)
    {
        int row = rowOf(faces.Envelope.Sequence);
        if (row >= 0)
        {
            measurements.Set(row, faces.Faces, placeOf(row));
            onFrame(1);
        }

        return ValueTask.CompletedTask;
    }

    public ValueTask PublishEventAsync(ActionUnitEvent actionUnitEvent, CancellationToken cancellationToken) => ValueTask.CompletedTask;

    public ValueTask CompleteAsync(CancellationToken cancellationToken) => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
