using System.Runtime.CompilerServices;
using AuStream.Stages.Decoding;
using AuStream.Stages.Faces;
using AuStream.Stages.Frames;

namespace AuStream.Pipeline.Evaluating.Measuring;

/// <summary>A source whose frames are made worse on the way.</summary>
/// <param name="source">The source; disposed with this one.</param>
/// <param name="degradation">What is done.</param>
/// <param name="faceOf">Where the face is in the frame of a sequence number; null where it is not known.</param>
/// <param name="pool">Gives the new frames.</param>
internal sealed class DegradedSource(IFrameSource source, Degradation degradation, Func<long, PixelBox?> faceOf, FramePool pool) : IFrameSource
{
    public SourceDescription Description => source.Description;

    public async IAsyncEnumerable<VideoFrame> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (VideoFrame frame in source.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            using (frame)
            {
                yield return degradation.Apply(frame, faceOf(frame.Envelope.Sequence), pool);
            }
        }
    }

    public ValueTask DisposeAsync() => source.DisposeAsync();
}
