using AuStream.Stages.Commanding;

namespace AuStream.Pipeline.Running;

/// <summary>Whoever runs a stream now: a stream that is configured anew gets another runner.</summary>
internal sealed class CommandTarget : IStreamCommands
{
    private volatile StreamRunner? _runner;

    public StreamRunner? Runner
    {
        get => _runner;
        set => _runner = value;
    }

    /// <inheritdoc/>
    public ValueTask<CommandResult> ExecuteAsync(StreamCommand command, CancellationToken cancellationToken) =>
        _runner?.ExecuteAsync(command, cancellationToken) ?? ValueTask.FromResult(new CommandResult(IsDone: false, "the stream is not running"));
}
