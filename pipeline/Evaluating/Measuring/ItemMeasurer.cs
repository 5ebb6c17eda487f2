using System.Globalization;
using AuStream.Pipeline.Assembling;
using AuStream.Pipeline.Evaluating.Datasets;
using AuStream.Pipeline.Graph;
using AuStream.Pipeline.Resting;
using AuStream.Stages.Calibrating;
using AuStream.Stages.Decoding;
using AuStream.Stages.Faces;
using AuStream.Stages.Frames;
using AuStream.Stages.Publishing;

namespace AuStream.Pipeline.Evaluating.Measuring;

/// <summary>Sends the frames of an item through the same stages as <c>austream analyze</c>.</summary>
/// <param name="engine">The networks.</param>
/// <param name="settings">How faces are found.</param>
/// <param name="usesReferences">True measures relative to each person's neutral face, where it is known.</param>
/// <param name="passes">How often a video is read, 1 or 2.</param>
/// <param name="onUnreadable">Told of every picture that cannot be read.</param>
/// <param name="time">The clock.</param>
internal sealed class ItemMeasurer(MeasuringEngine engine, StreamSettings settings, bool usesReferences, int passes, Action<string> onUnreadable, TimeProvider time)
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

        // A picture of several labelled people is looked at once, unless something is put before each one's face.
        string[] pictures = degradation.IsOnFace ? item.Pictures : [.. item.Pictures.Distinct()];
        Dictionary<string, int> numbers = degradation.IsOnFace ? [] : pictures.Index().ToDictionary(picture => picture.Item, picture => picture.Index);
        ILookup<long, int> rows = Enumerable.Range(0, item.Count).ToLookup(
            row => item.Kind != MediaKind.Pictures ? item.Frames[row] : degradation.IsOnFace ? row : (long)numbers[item.Pictures[row]]);
        PixelBox? FaceOf(long sequence) => plain is null ? null : rows[sequence].Where(row => plain.States[row] == RowState.Measured).Select(row => (PixelBox?)plain.Boxes[row]).FirstOrDefault();

        StreamSettings own = usesReferences && item.References is { } references
            ? settings with { Time = settings.Time with { Known = await MeasureReferencesAsync(item, references, cancellationToken) } }
            : settings;
        IFrameSource Degraded(IFrameSource original) => degradation == Degradation.None ? original : new DegradedSource(original, degradation, FaceOf, _pool);
        if (item.Kind == MediaKind.Video && passes == 2 && FirstPass.IsUseful(engine, own, SourceKind.File))
        {
            await using IFrameSource recording = await OpenAsync(item, cancellationToken);
            await using IFrameSource seen = Degraded(recording);
            own = await FirstPass.RunAsync(engine, seen, own, time, follow: null, cancellationToken);
            cancellationToken.ThrowIfCancellationRequested();
        }

        await using IFrameSource source = await OpenAsync(item with { Pictures = pictures }, cancellationToken);
        await using IFrameSource worse = Degraded(source);
        await RunAsync(item, source, worse, own, new MeasurementSink(measurements, rows, row => item.Places?[row] / degradation.Shrink, onFrame), cancellationToken);
        return measurements;
    }

    private async Task<Func<string?, long, NeutralFace?>> MeasureReferencesAsync(LabeledItem item, string[] references, CancellationToken cancellationToken)
    {
        string[] pictures = [.. references.Where(reference => reference.Length > 0).Distinct()];
        LabeledItem neutral = item with { Pictures = item.Kind == MediaKind.Pictures ? pictures : [] };
        NeutralFaceSink sink = new();
        await using IFrameSource source = await OpenAsync(neutral, cancellationToken);
        await RunAsync(neutral, source, source, settings, sink, cancellationToken);

        // A frame's file name is its picture's path, or its row in the shard.
        string[] names = item.Kind == MediaKind.Pictures ? item.Pictures : Array.ConvertAll(item.Frames, frame => frame.ToString(CultureInfo.InvariantCulture));
        Dictionary<string, string> referenceOf = [];
        for (int row = 0; row < names.Length; row++)
        {
            referenceOf.TryAdd(names[row], references[row]);
        }

        return (name, _) => name is not null && referenceOf.TryGetValue(name, out string? reference) ? sink.Faces.GetValueOrDefault(reference) : null;
    }

    private async Task RunAsync(
        LabeledItem item, IFrameSource original, IFrameSource source, StreamSettings own, IResultSink sink, CancellationToken cancellationToken)
    {
        StreamGraph graph = new(CreateParts(item, original, source, own, sink), new StreamGraphOptions(), time);
        await graph.RunAsync(cancellationToken);
        cancellationToken.ThrowIfCancellationRequested();
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

    private StreamGraphParts CreateParts(LabeledItem item, IFrameSource original, IFrameSource source, StreamSettings own, IResultSink sink)
    {
        StreamGraphParts parts = engine.CreateParts("evaluation", source, own, [sink]);
        if (original is not ShardSource shard)
        {
            return parts;
        }

        parts.FaceFinder.Dispose();
        return parts with { FaceFinder = new ShardFaceFinder(item.Source, shard.Side, engine.GetFaceModels(settings.Detector)), Events = null };
    }
}
