using System.CommandLine;
using AuStream.Pipeline.Running;

namespace AuStream.Pipeline.Commands;

/// <summary><c>austream run --config FILE</c>.</summary>
public static class RunCommand
{
    /// <summary>The command with its options.</summary>
    public static Command Create()
    {
        Option<string> config = new("--config") { Description = "YAML file with streams, broker and outputs; edge-config/ has ready ones.", Required = true, HelpName = "FILE" };
        Option<bool> check = new("--check") { Description = "Only check the configuration, start nothing." };
        Command command = new(
            "run",
            """
            Runs the streams of a configuration as a service: measures, publishes on MQTT, reconnects cameras, until it is stopped.

            Topics below {prefix}/{stream}: status (retained), frames, events, stats. docs/messages.md describes them,
            docs/integrating.md how to consume them. Events wait on disk for a broker that is away, over restarts too.
            Probes and metrics over HTTP: /livez, /readyz, /metrics (docs/operating.md). A changed file is read again while it runs (at once
            on SIGHUP): only streams that changed are stopped and started.
            Ctrl-C or SIGTERM: what is in flight is finished, open events get their end, exit code 0.

            Example:
              austream run --config edge-config/x64-cpu.yaml
            """)
        {
            config, check,
        };
        command.SetAction((parsed, cancellation) => Service.RunAsync(parsed.GetRequiredValue(config), parsed.GetValue(check), cancellation));
        return command;
    }
}
