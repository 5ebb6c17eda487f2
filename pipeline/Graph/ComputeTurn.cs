using System.Threading.Tasks.Sources;

namespace AuStream.Pipeline.Graph;

/// <summary>The turn of one stage, used again for each frame: enter, work, leave. For one user at a time.</summary>
public sealed class ComputeTurn : IValueTaskSource, IThreadPoolWorkItem
{
    private readonly ComputeTurns _turns;
    private ManualResetValueTaskSourceCore<bool> _core;

    internal ComputeTurn(ComputeTurns turns, ComputeAccount account)
    {
        _turns = turns;
        Account = account;
    }

    internal ComputeAccount Account { get; }

    internal long Start { get; set; }

    internal long AskedAt { get; set; }

    internal long GrantedAt { get; set; }

    /// <summary>Completes when it is this stage's turn. <see cref="Leave"/> must follow.</summary>
    public ValueTask EnterAsync()
    {
        _core.Reset();
        return _turns.TryEnter(this) ? ValueTask.CompletedTask : new ValueTask(this, _core.Version);
    }

    /// <summary>The work is done.</summary>
    public void Leave() => _turns.Leave(this);

    /// <inheritdoc/>
    void IThreadPoolWorkItem.Execute() => _core.SetResult(true);

    /// <inheritdoc/>
    void IValueTaskSource.GetResult(short token) => _core.GetResult(token);

    /// <inheritdoc/>
    ValueTaskSourceStatus IValueTaskSource.GetStatus(short token) => _core.GetStatus(token);

    /// <inheritdoc/>
    void IValueTaskSource.OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _core.OnCompleted(continuation, state, token, flags);

    // The one who leaves goes on with its own frame; the next begins on another thread, in the order of the pool's common queue.
    internal void Wake() => ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
}
