using Microsoft.Extensions.Logging;
using Spectre.Console;

namespace AuStream.Pipeline.Running;

/// <summary>Logs of the service: short lines on a terminal, one JSON object per line otherwise. Always on standard error, times in UTC.</summary>
internal static class ServiceLogging
{
    public static ILoggerFactory Create(IAnsiConsole console) => LoggerFactory.Create(builder =>
    {
        builder.SetMinimumLevel(LogLevel.Information);
        builder.AddConsole(options => options.LogToStandardErrorThreshold = LogLevel.Trace);
        if (console.Profile.Out.IsTerminal)
        {
            builder.AddSimpleConsole(options =>
            {
                options.SingleLine = true;
                options.TimestampFormat = "HH:mm:ss ";
                options.UseUtcTimestamp = true;
            });
        }
        else
        {
            builder.AddJsonConsole(options =>
            {
                options.TimestampFormat = "yyyy-MM-ddTHH:mm:ss.fffZ";
                options.UseUtcTimestamp = true;
            });
        }

    });
}
