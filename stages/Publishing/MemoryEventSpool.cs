namespace AuStream.Stages.Publishing;

/// <summary>A spool in memory: it outlives a broker's outage, not this process.</summary>
/// <param name="capacity">Most messages that wait, at least 1.</param>
internal sealed class MemoryEventSpool(int capacity) : IEventSpool
{
    private readonly Lock _lock = new();
    private readonly byte[]?[] _slots = new byte[capacity][];
    private long _first;
    private long _next;
    private long _lost;

    public long First
    {
        get
        {
            lock (_lock)
            {
                return _first;
            }
        }
    }

    public long Next
    {
        get
        {
            lock (_lock)
            {
                return _next;
            }
        }
    }

    public long Lost => Interlocked.Read(ref _lost);

    public void Append(ReadOnlySpan<byte> payload)
    {
        byte[] copy = payload.ToArray();
        lock (_lock)
        {
            if (_next - _first == capacity)
            {
                _first++;
                Interlocked.Increment(ref _lost);
            }

            _slots[_next++ % capacity] = copy;
        }
    }

    public bool TryGet(long position, out ReadOnlyMemory<byte> payload)
    {
        lock (_lock)
        {
            bool isThere = position >= _first && position < _next;
            payload = isThere ? _slots[position % capacity] : default;
            return isThere;
        }
    }

    public void Release(long position)
    {
        lock (_lock)
        {
            for (; _first <= position && _first < _next; _first++)
            {
                _slots[_first % capacity] = null;
            }
        }
    }
}
