using System.Runtime.CompilerServices;
using AuStream.Stages.Decoding;
using AuStream.Stages.Frames;

namespace AuStream.Graph.Tests.Fakes;

/// <summary>Delivers numbered 8×8 frames, 40 ms apart, and does at the end what the test asks for.</summary>
internal sealed class ScriptedSource(FramePool pool, long frames, SourceKind kind = SourceKind.File) : IFrameSource
{
    public Exception? FaultAtEnd { get; init; }

    public bool WaitsForever { get; init; }

    public Func<long, Task>? BeforeFrame { get; init; }

    public SourceDescription Description { get; } = new("test:scripted", kind, 8, 8, 25, null, frames, "none");

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    public async IAsyncEnumerable<VideoFrame> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (long i = 0; i < frames; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (BeforeFrame is not null)
            {
                await BeforeFrame(i);
            }

            VideoFrame frame = pool.Rent(8, 8, YuvColor.Bt601Limited);
            frame.Envelope = new Envelope("test", i, i * 40_000, DateTimeOffset.UnixEpoch.AddMicroseconds(i * 40_000), TimeProvider.System.GetTimestamp());
            yield return frame;
        }

        if (WaitsForever)
        {
            await Task.Delay(Timeout.Infinite, cancellationToken);
        }

        if (FaultAtEnd is not null)
        {
            throw FaultAtEnd;
        }
    }
}
