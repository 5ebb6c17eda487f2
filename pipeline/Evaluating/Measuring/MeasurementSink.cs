using System.Numerics;
using AuStream.Stages.ActionUnits;
using AuStream.Stages.Faces;
using AuStream.Stages.Publishing;

namespace AuStream.Pipeline.Evaluating.Measuring;

/// <summary>Keeps what was measured on the labelled frames of an item.</summary>
/// <param name="measurements">Where to.</param>
/// <param name="rows">Rows of a frame's sequence number; none for a frame without labels.</param>
/// <param name="placeOf">A point inside the face that a row is about, in pixels of the frame; null for the largest.</param>
/// <param name="onFrame">Told every frame.</param>
internal sealed class MeasurementSink(ItemMeasurements measurements, ILookup<long, int> rows, Func<int, Vector2?> placeOf, Action<int> onFrame) : IResultSink
{
    public ValueTask PublishFrameAsync(FrameFaces faces, CancellationToken cancellationToken)
    {
        foreach (int row in rows[faces.Envelope.Sequence])
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
