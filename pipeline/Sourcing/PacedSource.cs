using System.Runtime.CompilerServices;
using AuStream.Stages.Decoding;
using AuStream.Stages.Frames;

namespace AuStream.Pipeline.Sourcing;

/// <summary>Delivers a file's frames when their timestamps are due, as a camera would, so that the stream counts as live.</summary>
/// <param name="inner">The file.</param>
/// <param name="time">The clock that paces it.</param>
/// <param name="framesPerSecond">Frame rate to impose in 1/s, or 0 for the file's own timestamps.</param>
public sealed class PacedSource(IFrameSource inner, TimeProvider time, double framesPerSecond = 0) : IFrameSource
{
    /// <inheritdoc/>
    public SourceDescription Description => inner.Description with { Kind = SourceKind.Live };

    /// <inheritdoc/>
    public async IAsyncEnumerable<VideoFrame> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        long started = 0;
        long delivered = 0;
        await foreach (VideoFrame frame in inner.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            if (delivered == 0)
            {
                started = time.GetTimestamp();
            }

            long pts = framesPerSecond > 0 ? (long)(delivered * 1_000_000 / framesPerSecond) : frame.Envelope.PtsMicroseconds;
            delivered++;
            TimeSpan early = TimeSpan.FromMicroseconds(pts) - time.GetElapsedTime(started);
            if (early > TimeSpan.Zero)
            {
                try
                {
                    await Task.Delay(early, time, cancellationToken).ConfigureAwait(false);
                }
                catch
                {
                    frame.Dispose();
                    throw;
                }
            }

            frame.Envelope = frame.Envelope with { PtsMicroseconds = pts, CapturedAt = time.GetUtcNow(), ReceivedTimestamp = time.GetTimestamp() };
            yield return frame;
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => inner.DisposeAsync();
}
