using AuStream.Pipeline.Assembling;
using AuStream.Pipeline.Evaluating.Datasets;
using AuStream.Stages.Landmarks;

namespace AuStream.Pipeline.Evaluating.Measuring;

/// <summary>Measures every item of a set, or takes what an earlier run measured.</summary>
/// <param name="engine">The networks.</param>
/// <param name="settings">How faces are found.</param>
/// <param name="usesReferences">True measures relative to each person's neutral face, where it is known.</param>
/// <param name="passes">How often a video is read, 1 or 2.</param>
/// <param name="folder">Where measurements are kept.</param>
/// <param name="time">The clock.</param>
internal sealed class SetMeasurer(MeasuringEngine engine, StreamSettings settings, bool usesReferences, int passes, string folder, TimeProvider time)
{
    private readonly MeasurementCache _cache = new(folder, engine.Manifest, settings.Detector.ToString(), engine.Landmarks.ModelId(), usesReferences, engine.ReferenceOf(settings), passes);
    private readonly SortedSet<string> _unreadable = new(StringComparer.Ordinal);

    /// <summary>Messages about pictures that could not be read.</summary>
    public IReadOnlyList<string> Unreadable => [.. _unreadable];

    /// <summary>Measures the labelled frames of all items; progress goes to standard error.</summary>
    /// <param name="set">The items.</param>
    /// <param name="degradation">What is done to the frames first.</param>
    /// <param name="plain">What was measured on the frames as they are; null where nothing is done to them.</param>
    /// <param name="cancellationToken">Stops; what was measured so far is kept.</param>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public async Task<IReadOnlyList<ItemMeasurements>> MeasureAsync(
        LabeledSet set, Degradation degradation, IReadOnlyList<ItemMeasurements>? plain, CancellationToken cancellationToken)
    {
        List<ItemMeasurements> measured = [];
        EvaluationProgress progress = new(degradation.Description, set.Items.Sum(item => (long)item.Count), time);
        ItemMeasurer measurer = new(engine, settings, usesReferences, passes, AddUnreadable, time);
        await progress.WhileAsync(Task.Run(
            async () =>
            {
                for (int index = 0; index < set.Items.Count; index++)
                {
                    LabeledItem item = set.Items[index];
                    cancellationToken.ThrowIfCancellationRequested();
                    ItemMeasurements? known = _cache.Find(item, degradation);
                    if (known is null)
                    {
                        known = await measurer.MeasureAsync(item, degradation, plain?[index], progress.Add, cancellationToken);
                        _cache.Keep(item, degradation, known);
                    }
                    else
                    {
                        progress.Skip(item.Count);
                    }

                    measured.Add(known);
                }
            },
            cancellationToken));
        return measured;
    }

    private void AddUnreadable(string message)
    {
        lock (_unreadable)
        {
            _unreadable.Add(message);
        }
    }
}
