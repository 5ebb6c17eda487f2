using System.Collections.Concurrent;

namespace AuStream.Stages.Frames;

/// <summary>Recycles frames and their buffers, so that a stream in steady state allocates none. Thread-safe.</summary>
/// <remarks>It keeps as many frames as were ever in use at once; buffers too small for a new picture size are let go.</remarks>
public sealed class FramePool
{
    private readonly ConcurrentStack<(VideoFrame Frame, byte[] Buffer)> _free = new();
    private int _rented;

    /// <summary>Frames handed out and not yet disposed.</summary>
    public int Rented => Volatile.Read(ref _rented);

    /// <summary>A frame of the given size with unspecified contents; the caller owns it and disposes it.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A side is below 1 pixel.</exception>
    public VideoFrame Rent(int width, int height, YuvColor color)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        int bytes = VideoFrame.ByteCount(width, height);
        VideoFrame frame;
        byte[] buffer;
        if (_free.TryPop(out (VideoFrame Frame, byte[] Buffer) recycled))
        {
            frame = recycled.Frame;
            buffer = recycled.Buffer.Length >= bytes ? recycled.Buffer : GC.AllocateUninitializedArray<byte>(bytes);
        }
        else
        {
            frame = new VideoFrame(this);
            buffer = GC.AllocateUninitializedArray<byte>(bytes);
        }

        frame.Attach(buffer, width, height, color);
        Interlocked.Increment(ref _rented);
        return frame;
    }

    internal void Return(VideoFrame frame, byte[] buffer)
    {
        Interlocked.Decrement(ref _rented);
        _free.Push((frame, buffer));
    }
}
