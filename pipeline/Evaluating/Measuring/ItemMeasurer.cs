using AuStream.Pipeline.Assembling;
using AuStream.Pipeline.Evaluating.Datasets;
using AuStream.Pipeline.Graph;
using AuStream.Stages.Decoding;
using AuStream.Stages.Faces;
using AuStream.Stages.Frames;

namespace AuStream.Pipeline.Evaluating.Measuring;

/// <summary>Sends the frames of an item through the same stages as <c>austream analyze</c>.</summary>
/// <param name="engine">The networks.</param>
/// <param name="settings">How faces are found.</param>
/// <param name="onUnreadable">Told of every picture that cannot be read.</param>
/// <param name="time">The clock.</param>
internal sealed class ItemMeasurer(MeasuringEngine engine, StreamSettings settings, Action<string> onUnreadable, TimeProvider time)
{
    private readonly FramePool _pool = new();

    /// <summary>Measures the labelled frames.</summary>
    /// <param name="item">The item.</param>
    /// <param name="degradation">What is done to its frames first.</param>
    /// <param name="plain">What was measured on the frames as they are, for the place of the face; null where nothing is done to them.</param>
    /// <param name="onFrame">Told every labelled frame.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <exception cref="SourceException">The video cannot be read to its end.</exception>
    /// <exception cref="DatasetException">A shard lacks its crops.</exception>
    public async Task<ItemMeasurements> MeasureAsync(
        LabeledItem item, Degradation degradation, ItemMeasurements? plain, Action<int> onFrame, CancellationToken cancellationToken)
    {
        ItemMeasurements measurements = new(item.Count, engine.Manifest.ActionUnits.Count);
        Dictionary<long, int>? rows = item.Kind != MediaKind.Pictures
            ? Enumerable.Range(0, item.Count).ToDictionary(row => (long)item.Frames[row])
            : null;
        int RowOf(long sequence) => rows is null ? (int)sequence : rows.GetValueOrDefault(sequence, -1);
        PixelBox? FaceOf(long sequence) => RowOf(sequence) is int row and >= 0 && plain?.States[row] == RowState.Measured ? plain.Boxes[row] : null;

        await using IFrameSource source = await OpenAsync(item, cancellationToken);
        await using IFrameSource worse = degradation == Degradation.None ? source : new DegradedSource(source, degradation, FaceOf, _pool);
        MeasurementSink sink = new(measurements, RowOf, onFrame);
        StreamGraph graph = new(CreateParts(item, source, worse, sink), new StreamGraphOptions(), time);
        await graph.RunAsync(cancellationToken);
        cancellationToken.ThrowIfCancellationRequested();
        return measurements;
    }

    private async Task<IFrameSource> OpenAsync(LabeledItem item, CancellationToken cancellationToken)
    {
        switch (item.Kind)
        {
            case MediaKind.Video:
                return await engine.OpenAsync("evaluation", item.Source, settings, onConnection: null, onWarning: null, cancellationToken);
            case MediaKind.Pictures:
                return new PictureListSource(item.Pictures, _pool, time, onUnreadable);
            default:
                try
                {
                    return new ShardSource(item.Source, _pool, time);
                }
                catch (InvalidDataException error)
                {
                    throw new DatasetException(error.Message, error);
                }
        }
    }

    private StreamGraphParts CreateParts(LabeledItem item, IFrameSource original, IFrameSource source, MeasurementSink sink)
    {
        StreamGraphParts parts = engine.CreateParts("evaluation", source, settings, [sink]);
        if (original is not ShardSource shard)
        {
            return parts;
        }

        parts.FaceFinder.Dispose();
        return new StreamGraphParts
        {
            Source = source,
            FaceFinder = new ShardFaceFinder(item.Source, shard.Side, engine.GetFaceModels(settings.Detector)),
            ActionUnits = parts.ActionUnits,
            Sinks = parts.Sinks,
        };
    }
}
