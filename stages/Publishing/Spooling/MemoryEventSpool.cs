namespace AuStream.Stages.Publishing.Spooling;

/// <summary>A spool in memory: it outlives a broker's outage, not this process.</summary>
/// <param name="capacity">Most messages that wait, at least 1.</param>
internal sealed class MemoryEventSpool(int capacity) : IEventSpool
{
    private readonly Lock _lock = new();
    private readonly Queue<SpooledMessage> _messages = new();
    private long _next;
    private long _lost;

    public long Waiting
    {
        get
        {
            lock (_lock)
            {
                return _messages.Count;
            }
        }
    }

    public long Lost => Interlocked.Read(ref _lost);

    public string? Alarm => null;

    public void Append(string kind, ReadOnlySpan<byte> payload)
    {
        SpooledMessage message = new(0, kind, payload.ToArray());
        lock (_lock)
        {
            if (_messages.Count == capacity)
            {
                _messages.Dequeue();
                Interlocked.Increment(ref _lost);
            }

            _messages.Enqueue(message with { Position = _next++ });
        }
    }

    /// <summary>Sets the position of the next message, where none waits.</summary>
    public void SkipTo(long next)
    {
        lock (_lock)
        {
            if (_messages.Count == 0)
            {
                _next = next;
            }
        }
    }

    public bool TryRead(long from, out SpooledMessage message)
    {
        lock (_lock)
        {
            if (!_messages.TryPeek(out message))
            {
                return false;
            }

            if (message.Position >= from)
            {
                return true;
            }

            // Positions of what waits have no gaps.
            int index = (int)(from - message.Position);
            message = index < _messages.Count ? _messages.ElementAt(index) : default;
            return index < _messages.Count;
        }
    }

    public void Release(long position)
    {
        lock (_lock)
        {
            while (_messages.TryPeek(out SpooledMessage message) && message.Position <= position)
            {
                _messages.Dequeue();
            }
        }
    }
}
