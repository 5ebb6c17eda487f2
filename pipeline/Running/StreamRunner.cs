using AuStream.Pipeline.Configuration;
using AuStream.Pipeline.Observing;
using AuStream.Stages.Commanding;
using AuStream.Stages.Decoding;
using Microsoft.Extensions.Logging;

namespace AuStream.Pipeline.Running;

/// <summary>Owns one stream of the service: runs one session after the other, again after a fault of ours, and stops and starts it when it is told to.</summary>
internal sealed class StreamRunner(RunContext context, StreamConfiguration stream, StreamMonitor monitor) : IStreamCommands
{
    private const string StoppedByCommand = "stopped by a command";
    private static readonly TimeSpan s_longestPause = TimeSpan.FromSeconds(30);

    private readonly Lock _lock = new();
    private TaskCompletionSource _mayRun = Completed();
    private TaskCompletionSource _isIdle = Completed();
    private CancellationTokenSource? _session;
    private StreamSession? _current;

    /// <summary>The stream's id.</summary>
    public string Id => stream.Id;

    /// <summary>Runs until the source ends or a stop is asked for.</summary>
    /// <returns>False when the stream cannot be read at all.</returns>
    public async Task<bool> RunAsync(CancellationToken stop)
    {
        TimeSpan pause = TimeSpan.FromSeconds(1);
        while (true)
        {
            try
            {
                await _mayRun.Task.WaitAsync(stop);
                await RunSessionAsync(stop);
                if (!IsStopped())
                {
                    monitor.State = stop.IsCancellationRequested ? "stopped" : "ended";
                    context.Logger.LogInformation("stream {Stream} {State}", stream.Id, monitor.State);
                    return true;
                }

                monitor.State = StoppedByCommand;
                pause = TimeSpan.FromSeconds(1);
                continue;
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                monitor.State = "stopped";
                return true;
            }
            catch (OperationCanceledException) when (IsStopped())
            {
                monitor.State = StoppedByCommand;
                continue;
            }
            catch (SourceException unreadable)
            {
                monitor.State = "failed";
                context.Logger.LogError("stream {Stream} failed: {Reason}", stream.Id, unreadable.Message);
                return false;
            }
#pragma warning disable CA1031 // One stream's fault must not end the others: it is logged in full, and the stream starts again.
            catch (Exception fault)
#pragma warning restore CA1031
            {
                monitor.State = "restarting";
                context.Logger.LogError(fault, "stream {Stream} is started again in {Seconds} s after a fault", stream.Id, pause.TotalSeconds);
            }

            try
            {
                await Task.Delay(pause, stop);
            }
            catch (OperationCanceledException)
            {
                monitor.State = "stopped";
                return true;
            }

            pause = pause * 2 > s_longestPause ? s_longestPause : pause * 2;
        }
    }

    /// <inheritdoc/>
    public async ValueTask<CommandResult> ExecuteAsync(StreamCommand command, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(command);
        CommandResult result = command.Name switch
        {
            StreamCommandName.Start => Start(),
            StreamCommandName.Stop => await StopAsync(cancellationToken),
            _ when _current is { } current => await current.ExecuteAsync(command, cancellationToken),
            _ => new CommandResult(IsDone: false, "the stream is not running"),
        };
        context.Audit.Record("command", stream.Id, json =>
        {
            json.WriteString("command", CommandParser.NameOf(command.Name));
            json.WriteString("id", command.Id);
            if (command.Name == StreamCommandName.SetThreshold)
            {
                json.WriteNumber("action_unit", command.ActionUnit);
                json.WriteNumber("threshold", command.Threshold);
            }

            json.WriteBoolean("done", result.IsDone);
            if (result.Reason is not null)
            {
                json.WriteString("reason", result.Reason);
            }
        });
        return result;
    }

    private static TaskCompletionSource Completed()
    {
        TaskCompletionSource completed = new();
        completed.SetResult();
        return completed;
    }

    private bool IsStopped() => !_mayRun.Task.IsCompleted;

    private async Task RunSessionAsync(CancellationToken stop)
    {
        using CancellationTokenSource session = CancellationTokenSource.CreateLinkedTokenSource(stop);
        TaskCompletionSource idle = new(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_lock)
        {
            if (IsStopped())
            {
                return;
            }

            _session = session;
            _isIdle = idle;
            _current = new StreamSession(context, stream, monitor);
        }

        try
        {
            await _current.RunAsync(session.Token);
        }
        finally
        {
            lock (_lock)
            {
                _session = null;
                _current = null;
            }

            idle.SetResult();
        }
    }

    private CommandResult Start()
    {
        lock (_lock)
        {
            return _mayRun.TrySetResult()
                ? new CommandResult(IsDone: true)
                : new CommandResult(IsDone: true, "the stream was not stopped");
        }
    }

    private async Task<CommandResult> StopAsync(CancellationToken cancellationToken)
    {
        Task idle;
        StreamSession? current;
        lock (_lock)
        {
            if (IsStopped())
            {
                return new CommandResult(IsDone: true, "the stream was stopped already");
            }

            _mayRun = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            idle = _isIdle.Task;
            current = _current;
        }

        if (current is not null)
        {
            await current.AnnounceEndAsync(StoppedByCommand);
            lock (_lock)
            {
                _session?.Cancel();
            }
        }

        await idle.WaitAsync(cancellationToken);
        return new CommandResult(IsDone: true);
    }
}
