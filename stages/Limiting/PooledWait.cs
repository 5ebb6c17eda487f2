using System.Threading.Tasks.Sources;

namespace AuStream.Stages.Limiting;

/// <summary>
/// One waiter's <see cref="ValueTask{TResult}"/>, used again and again: waiting and waking allocate nothing. The owner calls
/// everything but the awaited part under its lock, and has one waiter at a time.
/// </summary>
internal sealed class PooledWait<TResult> : IValueTaskSource<TResult>, IThreadPoolWorkItem
{
    private readonly Action<object?> _cancel;
    private ManualResetValueTaskSourceCore<TResult> _core;
    private CancellationTokenRegistration _registration;
    private CancellationToken _cancellationToken;
    private TResult? _result;
    private Exception? _error;

    /// <param name="cancel">Called, without the owner's lock, when the waiter gives up; the owner then calls <see cref="Cancel"/>.</param>
    public PooledWait(Action cancel)
    {
        _cancel = _ => cancel();
    }

    /// <summary>True from <see cref="Start"/> until the waiter is woken.</summary>
    public bool IsWaiting { get; private set; }

    /// <summary>Begins a wait.</summary>
    public ValueTask<TResult> Start(CancellationToken cancellationToken)
    {
        _core.Reset();
        _error = null;
        IsWaiting = true;
        _cancellationToken = cancellationToken;
        _registration = cancellationToken.UnsafeRegister(_cancel, null);
        return new ValueTask<TResult>(this, _core.Version);
    }

    /// <summary>Wakes the waiter with a result, on the thread pool.</summary>
    public void Complete(TResult result)
    {
        _result = result;
        Wake();
    }

    /// <summary>Wakes the waiter with an error, on the thread pool.</summary>
    public void Fail(Exception error)
    {
        _error = error;
        Wake();
    }

    /// <summary>Wakes the waiter with the cancellation it asked for.</summary>
    public void Cancel() => Fail(new OperationCanceledException(_cancellationToken));

    /// <inheritdoc/>
    void IThreadPoolWorkItem.Execute()
    {
        if (_error is null)
        {
            _core.SetResult(_result!);
        }
        else
        {
            _core.SetException(_error);
        }
    }

    /// <inheritdoc/>
    TResult IValueTaskSource<TResult>.GetResult(short token)
    {
        _registration.Dispose();
        _registration = default;
        _result = default;
        return _core.GetResult(token);
    }

    /// <inheritdoc/>
    ValueTaskSourceStatus IValueTaskSource<TResult>.GetStatus(short token) => _core.GetStatus(token);

    /// <inheritdoc/>
    void IValueTaskSource<TResult>.OnCompleted(
        Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _core.OnCompleted(continuation, state, token, flags);

    private void Wake()
    {
        IsWaiting = false;
        ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
    }
}
