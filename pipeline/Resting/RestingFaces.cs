using AuStream.Pipeline.Assembling;
using AuStream.Stages.ActionUnits;
using AuStream.Stages.Calibrating;
using AuStream.Stages.Faces;
using AuStream.Stages.Publishing;

namespace AuStream.Pipeline.Resting;

/// <summary>Learns from a recording that passes how each of its faces looks at rest; publishes nothing.</summary>
/// <remarks>Belongs to the graph that it is a sink of; <see cref="ByFace"/> is complete when that has ended.</remarks>
internal sealed class RestingFaces(MeasuringEngine engine) : IResultSink
{
    private readonly NeutralReferences _references = new(engine.Manifest, engine.FeatureCount, new NeutralReferenceOptions { Mode = ReferenceMode.Estimated });
    private readonly Dictionary<long, NeutralFace> _byFace = [];

    /// <summary>The last neutral face of every face that had one, from the calmest windows of all its frames.</summary>
    public IReadOnlyDictionary<long, NeutralFace> ByFace => _byFace;

    public ValueTask PublishFrameAsync(FrameFaces faces, CancellationToken cancellationToken)
    {
        _references.Observe(faces);
        _references.CopyNewTo(_byFace);
        return ValueTask.CompletedTask;
    }

    public ValueTask PublishEventAsync(ActionUnitEvent actionUnitEvent, CancellationToken cancellationToken) => ValueTask.CompletedTask;

    public ValueTask CompleteAsync(CancellationToken cancellationToken) => ValueTask.CompletedTask;

    public ValueTask DisposeAsync()
    {
        _references.Dispose();
        return ValueTask.CompletedTask;
    }
}
