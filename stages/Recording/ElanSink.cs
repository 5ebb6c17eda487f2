using AuStream.Stages.ActionUnits;
using AuStream.Stages.Decoding;
using AuStream.Stages.Faces;
using AuStream.Stages.Publishing;

namespace AuStream.Stages.Recording;

/// <summary>
/// Writes <c>annotations.eaf</c> for the annotation program ELAN: a tier for each face, and one for each face and action unit,
/// with the events that ended. <c>docs/outputs.md</c> describes it.
/// </summary>
/// <remarks>
/// The format has no way to append, so the file is replaced as a whole: at the end, and at least every second of the
/// stream's time when something was added; beyond 2,000 annotations the interval grows with their number, so that the work per
/// annotation does not. Only the last time the disk is waited for.
/// Keeps 40 bytes per annotation in memory. Not thread-safe.
/// </remarks>
public sealed class ElanSink : IResultSink
{
    private const long RewriteMicroseconds = 900_000;
    private const int AnnotationsWithoutDelay = 2_000;

    private readonly string _path;
    private readonly SessionInfo _session;
    private readonly SourceDescription _source;
    private readonly FaceLifeCycle _faces;
    private readonly List<ElanAnnotation> _annotations = [];
    private int _writtenCount;
    private long? _writtenAt;

    /// <summary>Creates the file without annotations, or replaces the one that is there.</summary>
    /// <param name="path">The file.</param>
    /// <param name="session">What the file says about its origin.</param>
    /// <param name="source">The video that ELAN opens along with the file, when it is one.</param>
    /// <param name="ids">Needed to follow the faces.</param>
    /// <exception cref="ResultFileException">The file cannot be written.</exception>
    public ElanSink(string path, SessionInfo session, SourceDescription source, EventIdGenerator ids)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(session);
        ArgumentNullException.ThrowIfNull(source);
        _path = path;
        _session = session;
        _source = source;
        _faces = new FaceLifeCycle(ids);
        Write();
    }

    /// <summary>Notes which faces come and go, and writes the file when it is due.</summary>
    /// <exception cref="ResultFileException">The disk is full or gone.</exception>
    public ValueTask PublishFrameAsync(FrameFaces faces, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(faces);
        AddFaces(_faces.Observe(faces));
        long pts = faces.Envelope.PtsMicroseconds;
        _writtenAt ??= pts;
        long interval = RewriteMicroseconds * Math.Max(1, _annotations.Count / AnnotationsWithoutDelay);
        if (_annotations.Count > _writtenCount && pts - _writtenAt >= interval)
        {
            Write();
            _writtenAt = pts;
        }

        return ValueTask.CompletedTask;
    }

    /// <summary>Keeps an event that ended.</summary>
    public ValueTask PublishEventAsync(ActionUnitEvent actionUnitEvent, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(actionUnitEvent);
        if (actionUnitEvent is { Phase: EventPhase.End, OffsetMicroseconds: long offset })
        {
            _annotations.Add(new ElanAnnotation(
                actionUnitEvent.FaceId, actionUnitEvent.ActionUnit, actionUnitEvent.OnsetMicroseconds, offset, actionUnitEvent.PeakIntensity));
        }

        return ValueTask.CompletedTask;
    }

    /// <summary>Ends the stays of the faces that are there and writes the file.</summary>
    /// <exception cref="ResultFileException">The disk is full or gone.</exception>
    public ValueTask CompleteAsync(CancellationToken cancellationToken)
    {
        AddFaces(_faces.Complete());
        Write(isLast: true);
        return ValueTask.CompletedTask;
    }

    /// <summary>Does nothing: the file is closed between two writes.</summary>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private void AddFaces(IReadOnlyList<FaceEvent> events)
    {
        for (int i = 0; i < events.Count; i++)
        {
            if (events[i].Phase == FaceEventPhase.Lost)
            {
                _annotations.Add(new ElanAnnotation(
                    events[i].FaceId, ActionUnit: 0, events[i].FirstSeenMicroseconds, events[i].LastSeenMicroseconds, PeakIntensity: 0));
            }
        }
    }

    private void Write(bool isLast = false)
    {
        ReplacedFile.Write(_path, waitsForDisk: isLast, stream => ElanDocument.Write(stream, _session, _source, _annotations));
        _writtenCount = _annotations.Count;
    }
}
