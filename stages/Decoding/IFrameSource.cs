using AuStream.Stages.Frames;

namespace AuStream.Stages.Decoding;

/// <summary>Where frames come from: a file, a folder of pictures, a camera, a network stream.</summary>
/// <remarks>
/// A source runs until its end or an error and knows nothing of retry: reconnecting is the supervisor's work. An opened source
/// may hold a running decoder: dispose it, also when it was never read.
/// </remarks>
public interface IFrameSource : IAsyncDisposable
{
    /// <summary>What was found when the source was opened.</summary>
    SourceDescription Description { get; }

    /// <summary>
    /// Decodes frames in order of presentation. The consumer owns, and disposes, each frame. Ends normally at the end of the
    /// source. One enumeration per source object; cancelling, or leaving the enumeration, ends and reaps every child process.
    /// </summary>
    /// <exception cref="SourceException">The source broke off; the message names it and the remedy.</exception>
    /// <exception cref="OperationCanceledException">The enumeration was cancelled.</exception>
    IAsyncEnumerable<VideoFrame> ReadAsync(CancellationToken cancellationToken);
}
