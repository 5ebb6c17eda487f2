using System.ComponentModel;
using System.Diagnostics;

namespace AuStream.Stages.Brokers.Embedded;

/// <summary>Runs one broker process after the other on a thread of its own, which lives as long as they do (see <see cref="BrokerProcess"/>).</summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class BrokerSupervisor : IDisposable
{
    private static readonly TimeSpan EndPatience = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan LongestDelay = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan StableRun = TimeSpan.FromSeconds(30);

    private readonly Func<BrokerProcess> _start;
    private readonly TimeSpan _restartDelay;
    private readonly Action<string> _restarted;
    private readonly Lock _lock = new();
    private readonly ManualResetEventSlim _stop = new();
    private readonly TaskCompletionSource<BrokerProcess> _first = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private BrokerProcess? _process;
    private bool _restarts;
    private bool _hasEnded;

    /// <param name="start">Starts a process.</param>
    /// <param name="restartDelay">Wait before the first restart; doubled each time, and back to this after a stable run.</param>
    /// <param name="restarted">Told on the supervisor's thread, after a restart, how the previous process ended.</param>
    public BrokerSupervisor(Func<BrokerProcess> start, TimeSpan restartDelay, Action<string> restarted)
    {
        _start = start;
        _restartDelay = restartDelay;
        _restarted = restarted;
        new Thread(Run) { IsBackground = true, Name = "embedded broker" }.Start();
    }

    /// <summary>The first process, once it runs; fails with a <see cref="Win32Exception"/> when it cannot be started.</summary>
    public Task<BrokerProcess> First => _first.Task;

    /// <summary>Process id of the running broker; null while there is none.</summary>
    public int? ProcessId
    {
        get
        {
            lock (_lock)
            {
                return _process is { HasExited: false } process ? process.Id : null;
            }
        }
    }

    /// <summary>From now on a process that ends is followed by another. False when the first one ended already.</summary>
    public bool KeepAlive()
    {
        lock (_lock)
        {
            _restarts = true;
            return !_hasEnded;
        }
    }

    /// <summary>Ends the running process and starts no other one.</summary>
    public async Task EndAsync()
    {
        EndProcess();
        await _ended.Task;
    }

    /// <summary>Ends the running process at once; for the end of the program.</summary>
    public void EndProcess()
    {
        BrokerProcess? process;
        lock (_lock)
        {
            _stop.Set();
            process = _process;
        }

        process?.End(EndPatience);
    }

    public void Dispose()
    {
        _process?.Dispose();
        _stop.Dispose();
    }

    private void Run()
    {
        TimeSpan delay = _restartDelay;
        string? previousEnd = null;
        do
        {
            long start = Stopwatch.GetTimestamp();
            previousEnd = RunOnce(previousEnd) ?? previousEnd;
            if (Stopwatch.GetElapsedTime(start) > StableRun)
            {
                delay = _restartDelay;
            }

            lock (_lock)
            {
                _hasEnded = !_restarts;
            }

            if (_hasEnded || _stop.Wait(delay))
            {
                break;
            }

            delay = delay * 2 < LongestDelay ? delay * 2 : LongestDelay;
        }
        while (true);
        _ended.SetResult();
    }

    /// <summary>How the process ended, or null when it could not be started.</summary>
    private string? RunOnce(string? previousEnd)
    {
        BrokerProcess process;
        try
        {
            process = _start();
        }
        catch (Win32Exception e)
        {
            _first.TrySetException(e);
            return null;
        }

        bool stopping;
        lock (_lock)
        {
            _process?.Dispose();
            _process = process;
            stopping = _stop.IsSet;
        }

        if (stopping)
        {
            process.End(EndPatience);
        }

        if (!_first.TrySetResult(process) && previousEnd is not null && !stopping)
        {
            _restarted(previousEnd);
        }

        process.WaitForExit();
        return $"{process.ExitText}; {process.Log}";
    }
}
