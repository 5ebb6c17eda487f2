using System.CommandLine;

namespace AuStream.Pipeline.Commands;

/// <summary>The program's command line.</summary>
public static class CommandLine
{
    /// <summary>Parses the arguments, runs the command, and returns its exit code (<see cref="ExitCode"/>).</summary>
    public static async Task<int> RunAsync(string[] arguments)
    {
        ParseResult parsed = Create().Parse(arguments);
        if (parsed.Errors.Count > 0)
        {
            foreach (System.CommandLine.Parsing.ParseError error in parsed.Errors)
            {
                await Console.Error.WriteLineAsync($"austream: {error.Message}");
            }

            string command = parsed.CommandResult.Command is RootCommand ? "" : $" {parsed.CommandResult.Command.Name}";
            await Console.Error.WriteLineAsync($"See 'austream{command} --help'.");
            return ExitCode.Usage;
        }

        InvocationConfiguration configuration = new()
        {
            EnableDefaultExceptionHandler = false,
            ProcessTerminationTimeout = TimeSpan.FromSeconds(20),
        };
        return await CommandGuard.RunAsync(() => parsed.InvokeAsync(configuration));
    }

    /// <summary>All commands with their options and help.</summary>
    public static RootCommand Create() => new(
        """
        Measures facial action units (FACS AUs) in video, live and from files.

        First steps:
          austream demo                              a bundled clip, measured and published on MQTT, beside the known truth
          austream analyze interview.mp4 --out out   frames.csv, events.tsv, annotations.eaf, report.html
          austream run --config edge-config/x64-cpu.yaml

        No pixels leave this machine: what is published are action units, never an emotion, engagement or identity.
        Exit codes: 0 done, 1 failed, 2 wrong arguments or configuration, 66 no usable input, 69 something needed is
        missing, 70 a defect of AuStream, 130 interrupted.
        """)
    {
        DemoCommand.Create(),
        RunCommand.Create(),
        AnalyzeCommand.Create(),
        EvalCommand.Create(),
        BenchCommand.Create(),
        BenchMessagesCommand.Create(),
        ModelsCommand.Create(),
        DoctorCommand.Create(),
        SynthCommand.Create(),
    };
}
