using System.CommandLine;
using AuStream.Pipeline.Demonstrating;

namespace AuStream.Pipeline.Commands;

/// <summary><c>austream demo</c>.</summary>
public static class DemoCommand
{
    /// <summary>The command with its options.</summary>
    public static Command Create()
    {
        Option<string> model = new("--model") { Description = "Action unit network.", DefaultValueFactory = _ => "austream-base" };
        Command command = new(
            "demo",
            """
            Plays a bundled clip of a synthetic person through the whole pipeline into an MQTT broker of its own, subscribes to
            it, and shows the action units that arrive beside those that are known to be there. Ends with the clip.
            """)
        {
            model,
        };
        command.SetAction((parsed, cancellation) => Demonstration.RunAsync(parsed.GetRequiredValue(model), cancellation));
        return command;
    }
}
