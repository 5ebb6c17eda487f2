namespace AuStream.Stages.Frames;

/// <summary>
/// One decoded picture in planar Y′CbCr 4:2:0 (ffmpeg's <c>yuv420p</c>), its planes packed one after the other in one pooled
/// buffer: Y is <see cref="Width"/> × <see cref="Height"/> bytes, Cb and Cr are <see cref="ChromaWidth"/> ×
/// <see cref="ChromaHeight"/> bytes each, rows without padding, top row first.
/// </summary>
/// <remarks>
/// A frame has exactly one owner, who disposes it once; disposing returns the buffer to its <see cref="FramePool"/>.
/// Reading the planes from several threads is safe while the frame is not disposed.
/// </remarks>
public sealed class VideoFrame : IDisposable
{
    private readonly FramePool _pool;
    private byte[]? _buffer;

    internal VideoFrame(FramePool pool)
    {
        _pool = pool;
    }

    /// <summary>Stream, sequence number and times of this frame.</summary>
    public Envelope Envelope { get; set; }

    /// <summary>Width of the upright picture in pixels, at least 1.</summary>
    public int Width { get; private set; }

    /// <summary>Height of the upright picture in pixels, at least 1.</summary>
    public int Height { get; private set; }

    /// <summary>Columns of the Cb and Cr planes: half the width, rounded up.</summary>
    public int ChromaWidth => (Width + 1) >> 1;

    /// <summary>Rows of the Cb and Cr planes: half the height, rounded up.</summary>
    public int ChromaHeight => (Height + 1) >> 1;

    /// <summary>Matrix and range of the samples.</summary>
    public YuvColor Color { get; private set; }

    /// <summary>Name of the picture's file when the source is a picture or a folder of pictures, else null.</summary>
    public string? FileName { get; set; }

    /// <summary>The Y plane.</summary>
    /// <exception cref="ObjectDisposedException">The frame was disposed.</exception>
    public ReadOnlySpan<byte> Y => Buffer.Span[..(Width * Height)];

    /// <summary>The Cb plane.</summary>
    /// <exception cref="ObjectDisposedException">The frame was disposed.</exception>
    public ReadOnlySpan<byte> Cb => Buffer.Span.Slice(Width * Height, ChromaWidth * ChromaHeight);

    /// <summary>The Cr plane.</summary>
    /// <exception cref="ObjectDisposedException">The frame was disposed.</exception>
    public ReadOnlySpan<byte> Cr => Buffer.Span.Slice((Width * Height) + (ChromaWidth * ChromaHeight), ChromaWidth * ChromaHeight);

    /// <summary>The three planes, to be filled by the decoder: <see cref="ByteCount"/> bytes.</summary>
    /// <exception cref="ObjectDisposedException">The frame was disposed.</exception>
    public Memory<byte> Buffer
    {
        get
        {
            ObjectDisposedException.ThrowIf(_buffer is null, this);
            return _buffer.AsMemory(0, ByteCount(Width, Height));
        }
    }

    /// <summary>Bytes of a packed 4:2:0 picture of the given size.</summary>
    public static int ByteCount(int width, int height) =>
        checked((width * height) + (2 * ((width + 1) >> 1) * ((height + 1) >> 1)));

    /// <summary>Gives the buffer back to the pool. Further calls do nothing.</summary>
    public void Dispose()
    {
        byte[]? buffer = Interlocked.Exchange(ref _buffer, null);
        if (buffer is not null)
        {
            FileName = null;
            _pool.Return(this, buffer);
        }
    }

    internal void Attach(byte[] buffer, int width, int height, YuvColor color)
    {
        Width = width;
        Height = height;
        Color = color;
        _buffer = buffer;
    }
}
