using System.Runtime.CompilerServices;
using AuStream.Stages.Decoding;
using AuStream.Stages.Frames;

namespace AuStream.Pipeline.Evaluating.Measuring;

/// <summary>Pictures from anywhere, in the order of a list; a frame's sequence number is its picture's place there, its file
/// name the whole path. A picture that cannot be
/// read is reported, and the others go on.</summary>
internal sealed class PictureListSource(IReadOnlyList<string> pictures, FramePool pool, TimeProvider time, Action<string> onUnreadable) : IFrameSource
{
    private const long MicrosecondsApart = 1_000_000;
    private const string StreamId = "evaluation";

    private static int DecodedAtOnce => Math.Clamp(Environment.ProcessorCount, 2, 8);

    public SourceDescription Description { get; } = new("pictures", SourceKind.Pictures, 0, 0, 0, null, pictures.Count, "");

    public async IAsyncEnumerable<VideoFrame> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using CancellationTokenSource ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Queue<Task<VideoFrame>> ahead = new();
        int next = 0;
        DateTimeOffset startedAt = time.GetUtcNow();
        try
        {
            for (int row = 0; row < pictures.Count; row++)
            {
                while (next < pictures.Count && ahead.Count < DecodedAtOnce)
                {
                    string path = pictures[next++];
                    ahead.Enqueue(Task.Run(() => DecodeAsync(path, ending.Token), ending.Token));
                }

                VideoFrame? frame = null;
                try
                {
                    frame = await ahead.Dequeue().ConfigureAwait(false);
                }
                catch (SourceException error) when (error.Fault != SourceFault.DecoderMissing)
                {
                    onUnreadable(error.Message);
                }

                if (frame is not null)
                {
                    long pts = row * MicrosecondsApart;
                    frame.FileName = pictures[row];
                    frame.Envelope = new Envelope(StreamId, row, pts, startedAt.AddMicroseconds(pts), time.GetTimestamp());
                    yield return frame;
                }
            }
        }
        finally
        {
            await ending.CancelAsync().ConfigureAwait(false);
            foreach (Task<VideoFrame> picture in ahead)
            {
                await picture.ContinueWith(Discard, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default).ConfigureAwait(false);
            }
        }
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private static void Discard(Task<VideoFrame> picture)
    {
        if (picture.IsCompletedSuccessfully)
        {
            picture.Result.Dispose();
        }
        else
        {
            _ = picture.Exception;
        }
    }

    private async Task<VideoFrame> DecodeAsync(string path, CancellationToken cancellationToken)
    {
        SourceOptions options = new() { StreamId = StreamId };
        await using IFrameSource source = await SourceFactory.OpenAsync(path, options, pool, time, cancellationToken).ConfigureAwait(false);
        await foreach (VideoFrame frame in source.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            return frame;
        }

        throw new SourceException(SourceFault.NotAVideo, $"{path} holds no picture. Check that it opens in a picture viewer.");
    }
}
