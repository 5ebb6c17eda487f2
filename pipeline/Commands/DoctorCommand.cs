using System.CommandLine;

namespace AuStream.Pipeline.Commands;

/// <summary><c>austream doctor</c>.</summary>
public static class DoctorCommand
{
    /// <summary>The command with its options.</summary>
    public static Command Create()
    {
        Option<bool> json = new("--json") { Description = "One JSON object instead of a table." };
        Command command = new("doctor", "Says what this machine can do, what is missing, and how to get it. Exit code 1 when something needed is missing.")
        {
            json,
        };
        command.SetAction((parsed, cancellation) => Diagnosing.Doctor.RunAsync(parsed.GetValue(json), cancellation));
        return command;
    }
}
