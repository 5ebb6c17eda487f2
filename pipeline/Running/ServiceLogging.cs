using AuStream.Pipeline.Observing;
using Microsoft.Extensions.Logging;
using Spectre.Console;

namespace AuStream.Pipeline.Running;

/// <summary>Logs of the service, times in UTC: short lines on the screen above the live table on a terminal, else one JSON object per line on standard
/// error.</summary>
internal static class ServiceLogging
{
    public static ILoggerFactory Create(IAnsiConsole console) => LoggerFactory.Create(builder =>
    {
        builder.SetMinimumLevel(LogLevel.Information);
        if (console.Profile.Out.IsTerminal)
        {
            builder.AddProvider(new ScreenLoggerProvider(console, TimeProvider.System));
        }
        else
        {
            builder.AddConsole(options => options.LogToStandardErrorThreshold = LogLevel.Trace);
            builder.AddJsonConsole(options =>
            {
                options.TimestampFormat = "yyyy-MM-ddTHH:mm:ss.fffZ";
                options.UseUtcTimestamp = true;
            });
        }
    });
}
