using AuStream.Pipeline.Observing;
using AuStream.Testing;
using Microsoft.Extensions.Logging;
using Spectre.Console;

namespace AuStream.Graph.Tests.Observing;

public sealed class ScreenLoggerTests
{
    [Fact]
    public void A_message_is_one_line_on_the_console_of_the_live_table()
    {
        StringWriter screen = new();
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.No, Out = new AnsiConsoleOutput(screen) });
        console.Profile.Width = 200;
        using ScreenLoggerProvider provider = new(console, new ManualTimeProvider());
        ILogger logger = provider.CreateLogger("austream");

        logger.LogInformation("stream {Stream} [running]", "one");
        logger.LogError(new IOException("disk full"), "stream {Stream} failed", "two");

        string[] lines = screen.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        lines[0].ShouldEndWith(" info: stream one [running]");
        lines[1].ShouldEndWith(" fail: stream two failed");
        lines[2].ShouldContain("disk full");
    }
}
