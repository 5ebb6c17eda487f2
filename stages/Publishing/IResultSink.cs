using AuStream.Stages.ActionUnits;
using AuStream.Stages.Faces;

namespace AuStream.Stages.Publishing;

/// <summary>Where results of one stream go: a message broker, files, a table on the screen.</summary>
/// <remarks>Calls come from one thread at a time, frames in order of PTS, a frame before the events decided at it.</remarks>
public interface IResultSink : IAsyncDisposable
{
    /// <summary>Takes one frame's faces. The object is only valid during the call: copy what is kept. May drop under pressure, and counts it.</summary>
    ValueTask PublishFrameAsync(FrameFaces faces, CancellationToken cancellationToken);

    /// <summary>Takes one event message. Never drops it.</summary>
    ValueTask PublishEventAsync(ActionUnitEvent actionUnitEvent, CancellationToken cancellationToken);

    /// <summary>The stream ended: writes out and closes what is open.</summary>
    ValueTask CompleteAsync(CancellationToken cancellationToken);
}
