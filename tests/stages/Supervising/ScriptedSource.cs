using System.Runtime.CompilerServices;
using AuStream.Stages.Decoding;
using AuStream.Stages.Frames;

namespace AuStream.Stages.Tests.Supervising;

/// <summary>A source that gives frames at the given times, letting the clock pass, and then ends, with an error if so wished.</summary>
internal sealed class ScriptedSource(
    FramePool pool, Testing.ManualTimeProvider time, long[] microseconds, SourceException? error = null, SourceKind kind = SourceKind.Live) : IFrameSource
{
    public SourceDescription Description { get; } = new("scripted", kind, 2, 2, 0, null, null, "");

    public bool IsDisposed { get; private set; }

    public async IAsyncEnumerable<VideoFrame> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.Yield();
        for (int index = 0; index < microseconds.Length; index++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            time.Advance(TimeSpan.FromMicroseconds(index == 0 ? 0 : microseconds[index] - microseconds[index - 1]));
            VideoFrame frame = pool.Rent(2, 2, YuvColor.Bt601Limited);
            frame.Envelope = new Envelope("s", index, microseconds[index], time.GetUtcNow(), time.GetTimestamp());
            yield return frame;
        }

        if (error is not null)
        {
            throw error;
        }
    }

    public ValueTask DisposeAsync()
    {
        IsDisposed = true;
        return ValueTask.CompletedTask;
    }
}
