using AuStream.Stages.Decoding;
using AuStream.Stages.Frames;

namespace AuStream.Stages.Tests.Decoding;

/// <summary>Short ways to read a source in tests.</summary>
internal static class SourceReading
{
    /// <summary>A copy of one frame.</summary>
    internal sealed record Picture(Envelope Envelope, int Width, int Height, YuvColor Color, string? FileName, byte[] Planes)
    {
        public byte Luma(int x, int y) => Planes[(y * Width) + x];
    }

    public static async Task<IFrameSource> OpenAsync(string source, SourceOptions? options = null, FramePool? pool = null, TimeProvider? time = null) =>
        await SourceFactory.OpenAsync(source, options ?? new SourceOptions(), pool ?? new FramePool(), time ?? TimeProvider.System, TestContext.Current.CancellationToken);

    public static async Task<List<Picture>> ReadAllAsync(this IFrameSource source, int limit = int.MaxValue)
    {
        List<Picture> pictures = [];
        await foreach (VideoFrame frame in source.ReadAsync(TestContext.Current.CancellationToken))
        {
            pictures.Add(new Picture(frame.Envelope, frame.Width, frame.Height, frame.Color, frame.FileName, frame.Buffer.ToArray()));
            frame.Dispose();
            if (pictures.Count == limit)
            {
                break;
            }
        }

        return pictures;
    }

    public static async Task<List<Picture>> DecodeAsync(string source, SourceOptions? options = null)
    {
        await using IFrameSource opened = await OpenAsync(source, options);
        return await opened.ReadAllAsync();
    }

    public static async Task<SourceException> FailureAsync(string source, SourceOptions? options = null) =>
        await Should.ThrowAsync<SourceException>(() => DecodeAsync(source, options));
}
