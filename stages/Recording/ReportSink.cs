using AuStream.Stages.ActionUnits;
using AuStream.Stages.Decoding;
using AuStream.Stages.Faces;
using AuStream.Stages.Publishing;

namespace AuStream.Stages.Recording;

/// <summary>
/// Writes <c>report.html</c> when the stream ends: each face's action units as timelines for people to look at, without any picture. One file that loads nothing
/// else. <c>docs/outputs.md</c> describes it.
/// </summary>
/// <remarks>Memory is bounded, whatever the length (<see cref="ReportTimelines"/>). Not thread-safe.</remarks>
public sealed class ReportSink : IResultSink
{
    private readonly string _path;
    private readonly SessionInfo _session;
    private readonly SourceDescription _source;
    private readonly ReportTimelines _timelines;

    /// <summary>Makes sure that the file can be written: it says until the end that the report is still to come.</summary>
    /// <param name="path">The file.</param>
    /// <param name="session">What the report says about its origin.</param>
    /// <param name="source">What is measured.</param>
    /// <exception cref="ResultFileException">The file cannot be written.</exception>
    public ReportSink(string path, SessionInfo session, SourceDescription source)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(session);
        ArgumentNullException.ThrowIfNull(source);
        _path = path;
        _session = session;
        _source = source;
        _timelines = new ReportTimelines(session.ActionUnits.Count);
        Write(isComplete: false);
    }

    /// <inheritdoc/>
    public ValueTask PublishFrameAsync(FrameFaces faces, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(faces);
        _timelines.Add(faces);
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public ValueTask PublishEventAsync(ActionUnitEvent actionUnitEvent, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(actionUnitEvent);
        if (actionUnitEvent is { Phase: EventPhase.End, OffsetMicroseconds: long offset })
        {
            _timelines.Add(actionUnitEvent, offset);
        }

        return ValueTask.CompletedTask;
    }

    /// <summary>Writes the report.</summary>
    /// <exception cref="ResultFileException">The disk is full or gone.</exception>
    public ValueTask CompleteAsync(CancellationToken cancellationToken)
    {
        _timelines.Complete();
        Write(isComplete: true);
        return ValueTask.CompletedTask;
    }

    /// <summary>Does nothing: the file is closed between two writes.</summary>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private void Write(bool isComplete) =>
        ReplacedFile.Write(_path, waitsForDisk: isComplete, stream => ReportDocument.Write(stream, _session, _source, _timelines, isComplete));
}
