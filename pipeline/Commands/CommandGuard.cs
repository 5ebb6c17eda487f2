using AuStream.Models.Sessions;
using AuStream.Pipeline.Configuration;
using AuStream.Pipeline.Evaluating.Datasets;
using AuStream.Stages.Brokers;
using AuStream.Stages.Decoding;

namespace AuStream.Pipeline.Commands;

/// <summary>Turns what went wrong into one line that names the remedy, and an exit code.</summary>
public static class CommandGuard
{
    /// <summary>Runs a command.</summary>
    public static async Task<int> RunAsync(Func<Task<int>> command)
    {
        ArgumentNullException.ThrowIfNull(command);
        try
        {
            return await command();
        }
        catch (OperationCanceledException)
        {
            await Console.Error.WriteLineAsync("austream: interrupted");
            return ExitCode.Interrupted;
        }
#pragma warning disable CA1031 // The last resort: every fault becomes a message and an exit code.
        catch (Exception fault)
#pragma warning restore CA1031
        {
            Exception[] faults = fault is AggregateException several ? [.. several.Flatten().InnerExceptions] : [fault];
            foreach (Exception one in faults)
            {
                await Console.Error.WriteLineAsync($"austream: {Describe(one)}");
            }

            return CodeOf(faults[0]);
        }
    }

    /// <summary>The exit code that tells of a fault.</summary>
    public static int CodeOf(Exception fault) => fault switch
    {
        UsageException or ConfigurationException => ExitCode.Usage,
        SourceException or DatasetException => ExitCode.NoInput,
        UnavailableException or ModelNotFoundException or ModelLoadException or MessageBusException => ExitCode.Unavailable,
        IOException or UnauthorizedAccessException or InvalidDataException => ExitCode.Failure,
        _ => ExitCode.Internal,
    };

    private static string Describe(Exception fault) =>
        CodeOf(fault) == ExitCode.Internal
            ? $"a defect of AuStream, please report it with these lines:{Environment.NewLine}{fault}"
            : fault.Message;
}
