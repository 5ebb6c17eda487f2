using Spectre.Console;

namespace AuStream.Pipeline.Observing;

/// <summary>The consoles that tables and progress go to: colours and movement on a terminal only, plain text in files and pipes.</summary>
public static class Screen
{
    /// <summary>Standard output.</summary>
    public static IAnsiConsole Output { get; } = Create(Console.Out, Console.IsOutputRedirected);

    /// <summary>Standard error.</summary>
    public static IAnsiConsole Error { get; } = Create(Console.Error, Console.IsErrorRedirected);

    private static IAnsiConsole Create(TextWriter writer, bool isRedirected)
    {
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(writer),
            Ansi = isRedirected ? AnsiSupport.No : AnsiSupport.Detect,
            Interactive = isRedirected ? InteractionSupport.No : InteractionSupport.Detect,
        });
        if (isRedirected)
        {
            // A pipe has no width: tables are as wide as they need to be.
            console.Profile.Width = 160;
        }

        return console;
    }
}
