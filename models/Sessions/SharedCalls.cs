using System.Runtime.ExceptionServices;

namespace AuStream.Models.Sessions;

/// <summary>
/// Joins what several runners ask of one network into as few calls as possible: whoever asks while a call is under way waits for its end, and all who wait
/// share the next call, up to the largest batch. Nobody waits for company, so a lone stream is as fast as without, and a wait lasts one call.
/// </summary>
/// <remarks>
/// Thread-safe. The calling threads do the work themselves, one at a time (flat combining: Hendler, Incze, Shavit and Tzafrir 2010). Allocates nothing
/// once every batch size in use was seen. Results do not depend on the company, beyond rounding.
/// </remarks>
internal sealed class SharedCalls : IDisposable
{
    private readonly OnnxSession _session;
    private readonly int _largestBatch;
    private readonly Lock _gate = new();
    private readonly Queue<OnnxRunner> _waiting = new();
    private readonly List<OnnxRunner> _company = [];
    private OnnxRunner? _joint;
    private bool _isBusy;

    /// <param name="session">The network.</param>
    /// <param name="largestBatch">Items of one call at most; a runner that asks for more is served alone.</param>
    public SharedCalls(OnnxSession session, int largestBatch)
    {
        _session = session;
        _largestBatch = largestBatch;
    }

    /// <summary>Computes a runner's outputs, alone or in company.</summary>
    /// <exception cref="ModelLoadException">The network failed; all who shared the call are told.</exception>
    public void Run(OnnxRunner caller)
    {
        bool mustWait;
        lock (_gate)
        {
            mustWait = _isBusy;
            _isBusy = true;
            if (mustWait)
            {
                caller.IsServed = false;
                _waiting.Enqueue(caller);
            }
        }

        if (mustWait)
        {
            caller.Turn.Wait();
            if (caller.IsServed)
            {
                if (caller.Fault is { } fault)
                {
                    caller.Fault = null;
                    ExceptionDispatchInfo.Throw(fault);
                }

                return;
            }
        }

        Serve(caller);
    }

    /// <inheritdoc/>
    public void Dispose() => _joint?.Dispose();

    // One thread at a time: it has _isBusy.
    private void Serve(OnnxRunner caller)
    {
        int total = Gather(caller);
        Exception? fault = null;
        try
        {
            if (_company.Count == 0)
            {
                caller.RunAlone();
            }
            else
            {
                RunTogether(caller, total);
            }
        }
#pragma warning disable CA1031 // Whatever happens is told to all who shared the call, and the next one gets his turn.
        catch (Exception happened)
#pragma warning restore CA1031
        {
            fault = happened;
        }

        foreach (OnnxRunner companion in _company)
        {
            companion.Fault = fault;
            companion.IsServed = true;
            companion.Turn.Release();
        }

        _company.Clear();
        OnnxRunner? next;
        lock (_gate)
        {
            _isBusy = _waiting.TryDequeue(out next);
        }

        next?.Turn.Release();
        if (fault is not null)
        {
            ExceptionDispatchInfo.Throw(fault);
        }
    }

    private int Gather(OnnxRunner caller)
    {
        int total = caller.Batch;
        lock (_gate)
        {
            while (_waiting.TryPeek(out OnnxRunner? next) && total + next.Batch <= _largestBatch)
            {
                _company.Add(_waiting.Dequeue());
                total += next.Batch;
            }
        }

        return total;
    }

    private void RunTogether(OnnxRunner caller, int total)
    {
        _joint ??= OnnxRunner.ForSharedCalls(_session, _largestBatch);
        _joint.Prepare(total);
        int at = caller.CopyInputsTo(_joint, 0);
        foreach (OnnxRunner companion in _company)
        {
            at = companion.CopyInputsTo(_joint, at);
        }

        _joint.RunAlone();
        at = caller.CopyOutputsFrom(_joint, 0);
        foreach (OnnxRunner companion in _company)
        {
            at = companion.CopyOutputsFrom(_joint, at);
        }
    }
}
