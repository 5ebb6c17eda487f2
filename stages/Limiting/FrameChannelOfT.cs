using System.Runtime.CompilerServices;

namespace AuStream.Stages.Limiting;

/// <summary>
/// A bounded edge between two stages: the flow limiter. It owns the items that wait in it and disposes those that nobody will
/// take. No call allocates once the channel is warm.
/// </summary>
/// <remarks>
/// One producer and one consumer at a time, on any threads; <see cref="Finish"/>, <see cref="Complete"/>, <see cref="Dispose"/>
/// and the counters may be called from any thread. A woken waiter runs on the thread pool, never on the other side's thread.
/// </remarks>
/// <typeparam name="T">What flows: frames, or results that own frames.</typeparam>
public sealed class FrameChannel<T> : IDisposable
    where T : class, IDisposable
{
    private readonly object _gate = new();
    private readonly T?[] _waiting;
    private readonly PooledWait<T?> _reader;
    private readonly PooledWait<bool> _writer;
    private T? _heldByWriter;
    private int _head;
    private int _count;
    private int _inFlight;
    private long _accepted;
    private long _dropped;
    private bool _completed;
    private bool _disposed;
    private Exception? _error;

    internal FrameChannel(FlowPolicy policy, int capacity, int maxInFlight)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(capacity, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(maxInFlight, 1);
        Policy = policy;
        MaxInFlight = maxInFlight;
        _waiting = new T?[capacity];
        _reader = new PooledWait<T?>(CancelReader);
        _writer = new PooledWait<bool>(CancelWriter);
    }

    /// <summary>What happens when the edge is full.</summary>
    public FlowPolicy Policy { get; }

    /// <summary>Items that may wait.</summary>
    public int Capacity => _waiting.Length;

    /// <summary>
    /// Items that may be taken and not yet reported with <see cref="Finish"/>. It bounds the latency of a chain of stages: while
    /// so many are under way, the next one waits here, where it can still be replaced by a newer one.
    /// <see cref="int.MaxValue"/>: no bound, and no need to call <see cref="Finish"/>.
    /// </summary>
    public int MaxInFlight { get; }

    /// <summary>Items that wait now.</summary>
    public int Count => Volatile.Read(ref _count);

    /// <summary>Items taken by the consumer and not finished.</summary>
    public int InFlight => Volatile.Read(ref _inFlight);

    /// <summary>Items that entered so far, those dropped later included.</summary>
    public long Accepted => Volatile.Read(ref _accepted);

    /// <summary>Items dropped so far because newer ones came (<see cref="FlowPolicy.Latest"/>).</summary>
    public long Dropped => Volatile.Read(ref _dropped);

    /// <summary>Hands an item over; the channel owns it from now on, whatever comes. Waits while a lossless edge is full.</summary>
    /// <returns>False when the consumer is gone: the item was disposed, and there is no use in producing more.</returns>
    /// <exception cref="OperationCanceledException">The wait was cancelled; the item was disposed.</exception>
    /// <exception cref="InvalidOperationException">After <see cref="Complete"/>, or a second call while one waits.</exception>
    public ValueTask<bool> WriteAsync(T item, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(item);
        lock (_gate)
        {
            if (TryAccept(item, out bool accepted))
            {
                return new ValueTask<bool>(accepted);
            }

            _heldByWriter = item;
            return _writer.Start(cancellationToken);
        }
    }

    /// <summary>As <see cref="WriteAsync"/>, blocking the calling thread: for producers that own one, such as decoders.</summary>
    /// <inheritdoc cref="WriteAsync"/>
    public bool Write(T item)
    {
        ArgumentNullException.ThrowIfNull(item);
        lock (_gate)
        {
            bool accepted;
            while (!TryAccept(item, out accepted))
            {
                Monitor.Wait(_gate);
            }

            return accepted;
        }
    }

    /// <summary>Takes the oldest item; the caller owns it. Null at the end.</summary>
    /// <exception cref="OperationCanceledException">The wait was cancelled.</exception>
    /// <exception cref="InvalidOperationException">A second call while one waits.</exception>
    /// <remarks>Throws the error that the channel was completed with once all items before it were taken.</remarks>
    public ValueTask<T?> ReadAsync(CancellationToken cancellationToken = default)
    {
        lock (_gate)
        {
            if (_reader.IsWaiting)
            {
                throw new InvalidOperationException("Another call to ReadAsync is waiting: the channel has one consumer.");
            }

            if (cancellationToken.IsCancellationRequested)
            {
                return ValueTask.FromCanceled<T?>(cancellationToken);
            }

            if (_count > 0 && _inFlight < MaxInFlight)
            {
                return new ValueTask<T?>(Take());
            }

            if (IsDrained)
            {
                return _error is null ? default : ValueTask.FromException<T?>(_error);
            }

            return _reader.Start(cancellationToken);
        }
    }

    /// <summary>Takes all items until the end. The consumer owns each.</summary>
    /// <inheritdoc cref="ReadAsync"/>
    public async IAsyncEnumerable<T> ReadAllAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        while (await ReadAsync(cancellationToken).ConfigureAwait(false) is { } item)
        {
            yield return item;
        }
    }

    /// <summary>Reports that one taken item has left the chain of stages, by its end or by being thrown away. Does nothing without a <see cref="MaxInFlight"/>.</summary>
    /// <exception cref="InvalidOperationException">More items are reported than were taken.</exception>
    public void Finish()
    {
        if (MaxInFlight == int.MaxValue)
        {
            return;
        }

        lock (_gate)
        {
            if (_inFlight == 0)
            {
                throw new InvalidOperationException("More items are reported as finished than were taken.");
            }

            _inFlight--;
            WakeReader();
        }
    }

    /// <summary>Ends the edge for the producer: what waits can still be taken, then comes the end, or the error. Further calls do nothing.</summary>
    public void Complete(Exception? error = null)
    {
        lock (_gate)
        {
            if (!_completed)
            {
                _completed = true;
                _error = error;
                WakeReader();
            }
        }
    }

    /// <summary>Ends the edge for the consumer: what waits is disposed, and the producer is told. Further calls do nothing.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _disposed = true;
            _completed = true;
            while (_count > 0)
            {
                RemoveOldest().Dispose();
            }

            if (_writer.IsWaiting)
            {
                DisposeHeldItem();
                _writer.Complete(false);
            }

            WakeReader();
            Monitor.PulseAll(_gate);
        }
    }

    private bool IsDrained => _completed && _count == 0 && _heldByWriter is null;

    private bool TryAccept(T item, out bool accepted)
    {
        accepted = false;
        if (_disposed)
        {
            item.Dispose();
            return true;
        }

        if (_completed || _writer.IsWaiting)
        {
            throw new InvalidOperationException(_completed ? "The channel was completed." : "Another write is waiting: the channel has one producer.");
        }

        if (_count == _waiting.Length)
        {
            if (Policy == FlowPolicy.Lossless)
            {
                return false;
            }

            RemoveOldest().Dispose();
            _dropped++;
        }

        Append(item);
        WakeReader();
        accepted = true;
        return true;
    }

    private void Append(T item)
    {
        _waiting[(_head + _count) % _waiting.Length] = item;
        _count++;
        _accepted++;
    }

    private T RemoveOldest()
    {
        T item = _waiting[_head]!;
        _waiting[_head] = null;
        _head = (_head + 1) % _waiting.Length;
        _count--;
        return item;
    }

    private T Take()
    {
        T item = RemoveOldest();
        if (MaxInFlight != int.MaxValue)
        {
            _inFlight++;
        }

        if (_heldByWriter is { } held)
        {
            _heldByWriter = null;
            Append(held);
            _writer.Complete(true);
        }

        Monitor.PulseAll(_gate);
        return item;
    }

    private void WakeReader()
    {
        if (!_reader.IsWaiting)
        {
            return;
        }

        if (_count > 0 && _inFlight < MaxInFlight)
        {
            _reader.Complete(Take());
        }
        else if (IsDrained)
        {
            if (_error is null)
            {
                _reader.Complete(null);
            }
            else
            {
                _reader.Fail(_error);
            }
        }
    }

    private void CancelReader()
    {
        lock (_gate)
        {
            if (_reader.IsWaiting)
            {
                _reader.Cancel();
            }
        }
    }

    private void CancelWriter()
    {
        lock (_gate)
        {
            if (_writer.IsWaiting)
            {
                DisposeHeldItem();
                _writer.Cancel();
            }
        }
    }

    private void DisposeHeldItem()
    {
        _heldByWriter?.Dispose();
        _heldByWriter = null;
    }
}
