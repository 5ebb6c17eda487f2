using System.Globalization;
using Microsoft.Extensions.Logging;
using Spectre.Console;

namespace AuStream.Pipeline.Observing;

/// <summary>Shows how the streams do: one live line per stream on a terminal, one structured log record per stream and interval otherwise.</summary>
public sealed class StatusReporter(IAnsiConsole console, ILogger logger, TimeProvider time, Func<IReadOnlyList<StreamMonitor>> streams)
{
    /// <summary>Reports until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        if (console.Profile.Capabilities.Interactive && console.Profile.Out.IsTerminal)
        {
            await console.Live(CreateTable()).AutoClear(false).StartAsync(async context =>
            {
                using PeriodicTimer timer = new(TimeSpan.FromSeconds(0.5), time);
                while (await NextAsync(timer, cancellationToken))
                {
                    context.UpdateTarget(CreateTable());
                }
            });
            return;
        }

        using PeriodicTimer log = new(TimeSpan.FromSeconds(10), time);
        while (await NextAsync(log, cancellationToken))
        {
            foreach (StreamMonitor stream in streams())
            {
                StreamSnapshot now = stream.Take();
                logger.LogInformation(
                    "stream {Stream} {State} fps={Fps:F1} latency_ms_p50={P50:F1} latency_ms_p99={P99:F1} faces={Faces} frames={Frames} dropped={Dropped} events={Events} reconnects={Reconnects}",
                    stream.Id, now.State, now.FramesPerSecond, now.LatencyP50.TotalMilliseconds, now.LatencyP99.TotalMilliseconds, now.Faces, now.Frames, now.Dropped, now.Events, now.Reconnects);
            }
        }
    }

    private static async ValueTask<bool> NextAsync(PeriodicTimer timer, CancellationToken cancellationToken)
    {
        try
        {
            return await timer.WaitForNextTickAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    private Table CreateTable()
    {
        Table table = new Table().Border(TableBorder.None).HideRowSeparators();
        table.AddColumns("[grey]stream[/]", "[grey]state[/]", "[grey]fps[/]", "[grey]latency p50/p99[/]", "[grey]faces[/]", "[grey]frames[/]", "[grey]dropped[/]", "[grey]events[/]");
        foreach (StreamMonitor stream in streams())
        {
            StreamSnapshot now = stream.Take();
            table.AddRow(
                Markup.Escape(stream.Id),
                Markup.Escape(now.State),
                Number(now.FramesPerSecond, "F1"),
                $"{Number(now.LatencyP50.TotalMilliseconds, "F0")} / {Number(now.LatencyP99.TotalMilliseconds, "F0")} ms",
                Number(now.Faces, "F0"),
                Number(now.Frames, "F0"),
                now.Dropped > 0 ? $"[yellow]{Number(now.Dropped, "F0")}[/]" : "0",
                Number(now.Events, "F0"));
        }

        return table;
    }

    private static string Number(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);
}
