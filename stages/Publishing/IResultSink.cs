using AuStream.Stages.ActionUnits;
using AuStream.Stages.Faces;

namespace AuStream.Stages.Publishing;

/// <summary>Where results of one stream go: a message broker, files, a table on the screen.</summary>
/// <remarks>Calls come from one thread at a time, frames in order of PTS, a frame before the events decided at it.</remarks>
public interface IResultSink : IAsyncDisposable
{
    /// <summary>What kind of sink it is, in a word, for metrics.</summary>
    string Kind => GetType().Name.Replace("Sink", "", StringComparison.Ordinal).ToLowerInvariant();

    /// <summary>What it did so far. May be read from any thread.</summary>
    SinkCounters Counters => default;

    /// <summary>Why it cannot deliver now, for people; null where it can. May be read from any thread.</summary>
    string? Trouble => null;

    /// <summary>
    /// Takes one frame's faces. The object is only valid during the call: copy what is kept. May drop under pressure, and counts it.
    /// Faces that appear and faces that are lost are read from the frame (<see cref="FaceLifeCycle"/>); there is no call for them.
    /// </summary>
    ValueTask PublishFrameAsync(FrameFaces faces, CancellationToken cancellationToken);

    /// <summary>Takes one event message. Never drops it silently.</summary>
    ValueTask PublishEventAsync(ActionUnitEvent actionUnitEvent, CancellationToken cancellationToken);

    /// <summary>Takes a change in how the stream is doing. Sinks without a place for it ignore it.</summary>
    ValueTask PublishStatusAsync(StreamStatus status, CancellationToken cancellationToken) => ValueTask.CompletedTask;

    /// <summary>Takes the stream's counters, every few seconds. Sinks without a place for them ignore them.</summary>
    ValueTask PublishStatisticsAsync(StreamStatistics statistics, CancellationToken cancellationToken) => ValueTask.CompletedTask;

    /// <summary>The stream ended: writes out and closes what is open. Further calls than disposal are not allowed.</summary>
    ValueTask CompleteAsync(CancellationToken cancellationToken);
}
