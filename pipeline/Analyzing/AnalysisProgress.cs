using System.Globalization;
using AuStream.Pipeline.Observing;
using AuStream.Stages.Decoding;
using Spectre.Console;

namespace AuStream.Pipeline.Analyzing;

/// <summary>Shows how far an analysis is: a bar with the remaining time on a terminal, a line every ten seconds otherwise. Writes to standard error.</summary>
/// <param name="source">What is read.</param>
/// <param name="metrics">How far that is.</param>
/// <param name="time">The clock.</param>
/// <param name="work">What is being done, in a few words.</param>
public sealed class AnalysisProgress(SourceDescription source, StreamMetrics metrics, TimeProvider time, string work)
{
    private readonly IAnsiConsole _console = Screen.Error;

    /// <summary>Reports until the work is done; rethrows its fault.</summary>
    public Task WhileAsync(Task reading) => _console.Profile.Out.IsTerminal ? ShowBarAsync(reading) : WriteLinesAsync(reading);

    private async Task ShowBarAsync(Task reading)
    {
        long? total = source.FrameCount;
        await _console.Progress()
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
            .StartAsync(async context =>
            {
                ProgressTask bar = context.AddTask(work, maxValue: total ?? 1);
                bar.IsIndeterminate = total is null;
                long started = time.GetTimestamp();
                while (!reading.IsCompleted)
                {
                    await Task.WhenAny(reading, Task.Delay(TimeSpan.FromMilliseconds(200), time));
                    double rate = metrics.FramesOut / Math.Max(0.001, time.GetElapsedTime(started).TotalSeconds);
                    bar.Description = string.Create(CultureInfo.InvariantCulture, $"{work}: {metrics.FramesOut} frames, {rate:F0}/s, {metrics.FacesNow} faces");
                    bar.Value = Math.Min(metrics.FramesOut, bar.MaxValue);
                }

                bar.Value = bar.MaxValue;
                bar.IsIndeterminate = false;
            });
        await reading;
    }

    private async Task WriteLinesAsync(Task reading)
    {
        long started = time.GetTimestamp();
        while (await Task.WhenAny(reading, Task.Delay(TimeSpan.FromSeconds(10), time)) != reading)
        {
            double elapsed = time.GetElapsedTime(started).TotalSeconds;
            double rate = metrics.FramesOut / elapsed;
            string remaining = source.FrameCount is long total && rate > 0
                ? string.Create(CultureInfo.InvariantCulture, $" of {total}, about {Math.Max(0, total - metrics.FramesOut) / rate:F0} s left")
                : "";
            await Console.Error.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{work}: {metrics.FramesOut} frames{remaining} ({rate:F0}/s)"));
        }

        await reading;
    }
}
