namespace AuStream.Stages.Frames;

/// <summary>Recycles frames and their buffers, so that a stream in steady state allocates none. Thread-safe.</summary>
/// <remarks>
/// What lies idle is bounded by <see cref="MaxIdleBytes"/>: beyond it the buffers idle longest are let go, so that neither a
/// burst of frames nor a change of picture size holds memory for good. A buffer serves any picture that fits in it and that
/// fills at least a quarter of it.
/// </remarks>
public sealed class FramePool
{
    /// <summary>Default of <see cref="MaxIdleBytes"/>: 256 MiB, five frames of 7680 × 4320.</summary>
    public const long DefaultMaxIdleBytes = 256L << 20;

    private const int SizeStep = 64 << 10;

    private readonly Lock _gate = new();

    // Returned last lies last: it is the warmest in the caches, the first is the one idle longest.
    private readonly List<(VideoFrame Frame, byte[] Buffer)> _idle = [];
    private long _idleBytes;
    private int _rented;

    /// <param name="maxIdleBytes">Bound of the memory that waits for reuse, in bytes; 0 keeps none.</param>
    /// <exception cref="ArgumentOutOfRangeException">The bound is negative.</exception>
    public FramePool(long maxIdleBytes = DefaultMaxIdleBytes)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(maxIdleBytes);
        MaxIdleBytes = maxIdleBytes;
    }

    /// <summary>Bound of the memory that waits for reuse, in bytes.</summary>
    public long MaxIdleBytes { get; }

    /// <summary>Frames handed out and not yet disposed.</summary>
    public int Rented => Volatile.Read(ref _rented);

    /// <summary>Memory that waits for reuse, in bytes.</summary>
    public long IdleBytes
    {
        get
        {
            lock (_gate)
            {
                return _idleBytes;
            }
        }
    }

    /// <summary>A frame of the given size with unspecified contents; the caller owns it and disposes it.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A side is below 1 pixel.</exception>
    /// <exception cref="OverflowException">The picture needs more than 2 GiB.</exception>
    public VideoFrame Rent(int width, int height, YuvColor color)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        int bytes = VideoFrame.ByteCount(width, height);
        if (!TryTakeIdle(bytes, out VideoFrame? frame, out byte[]? buffer))
        {
            frame = new VideoFrame(this);
            buffer = GC.AllocateUninitializedArray<byte>(RoundUp(bytes));
        }

        frame.Attach(buffer, width, height, color);
        Interlocked.Increment(ref _rented);
        return frame;
    }

    internal void Return(VideoFrame frame, byte[] buffer)
    {
        Interlocked.Decrement(ref _rented);
        lock (_gate)
        {
            _idle.Add((frame, buffer));
            _idleBytes += buffer.Length;
            int outdated = 0;
            while (_idleBytes > MaxIdleBytes)
            {
                _idleBytes -= _idle[outdated++].Buffer.Length;
            }

            _idle.RemoveRange(0, outdated);
        }
    }

    private static int RoundUp(int bytes) =>
        bytes <= SizeStep || bytes > Array.MaxLength - SizeStep ? bytes : (bytes + SizeStep - 1) / SizeStep * SizeStep;

    private bool TryTakeIdle(
        int bytes,
        [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out VideoFrame? frame,
        [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out byte[]? buffer)
    {
        lock (_gate)
        {
            for (int index = _idle.Count - 1; index >= 0; index--)
            {
                (frame, buffer) = _idle[index];
                if (buffer.Length >= bytes && buffer.Length / 4 <= Math.Max(bytes, SizeStep))
                {
                    _idle.RemoveAt(index);
                    _idleBytes -= buffer.Length;
                    return true;
                }
            }
        }

        frame = null;
        buffer = null;
        return false;
    }
}
