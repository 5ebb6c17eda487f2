namespace AuStream.Stages.Commanding;

/// <summary>What carries out the commands of one stream.</summary>
public interface IStreamCommands
{
    /// <summary>Carries out a command; commands of a stream come one after the other. What cannot be done is a result, not an exception.</summary>
    ValueTask<CommandResult> ExecuteAsync(StreamCommand command, CancellationToken cancellationToken);
}
