using System.Globalization;
using System.Runtime.CompilerServices;
using AuStream.Stages.Decoding;
using AuStream.Stages.Frames;
using AuStream.Stages.Sampling;
using AuStream.Synthesis.Assets;
using AuStream.Synthesis.Samples;

namespace AuStream.Pipeline.Evaluating.Measuring;

/// <summary>The crops of a shard of synthetic people as frames; a frame's sequence number is its row, and so is its file name.</summary>
internal sealed class ShardSource : IFrameSource
{
    private const long MicrosecondsApart = 1_000_000;

    private readonly NpyArray _crops;
    private readonly FramePool _pool;
    private readonly TimeProvider _time;

    /// <exception cref="InvalidDataException">The shard has no crops: it was written without the face mesh.</exception>
    public ShardSource(string folder, FramePool pool, TimeProvider time)
    {
        _crops = ShardReader.ReadArray(folder, "crop");
        _pool = pool;
        _time = time;
        Description = new SourceDescription(folder, SourceKind.Pictures, Side, Side, 0, null, _crops.Shape[0], "");
    }

    public SourceDescription Description { get; }

    /// <summary>Side of a crop in pixels.</summary>
    public int Side => _crops.Shape[1];

    public async IAsyncEnumerable<VideoFrame> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.CompletedTask.ConfigureAwait(false);
        int bytes = Side * Side * 3;
        DateTimeOffset startedAt = _time.GetUtcNow();
        for (int row = 0; row < _crops.Shape[0]; row++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            VideoFrame frame = RgbPicture.ToFrame(_pool, _crops.ToBytes().Span.Slice(row * bytes, bytes), Side, Side);
            frame.FileName = row.ToString(CultureInfo.InvariantCulture);
            long pts = row * MicrosecondsApart;
            frame.Envelope = new Envelope("evaluation", row, pts, startedAt.AddMicroseconds(pts), _time.GetTimestamp());
            yield return frame;
        }
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
