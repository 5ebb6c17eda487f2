using System.Globalization;
using AuStream.Pipeline.Observing;
using Spectre.Console;

namespace AuStream.Pipeline.Evaluating.Measuring;

/// <summary>Shows how far a measurement is: a bar on a terminal, a line every ten seconds otherwise. Writes to standard error.</summary>
/// <param name="what">What is measured.</param>
/// <param name="total">Frames to measure.</param>
/// <param name="time">The clock.</param>
internal sealed class EvaluationProgress(string what, long total, TimeProvider time)
{
    private readonly IAnsiConsole _console = Screen.Error;
    private long _done;
    private long _skipped;

    /// <summary>Counts frames that were measured. Thread-safe.</summary>
    public void Add(int frames) => Interlocked.Add(ref _done, frames);

    /// <summary>Counts frames that an earlier run had measured. Thread-safe.</summary>
    public void Skip(int frames) => Interlocked.Add(ref _skipped, frames);

    /// <summary>Reports until the work is done; rethrows its fault.</summary>
    public async Task WhileAsync(Task work)
    {
        long started = time.GetTimestamp();
        if (_console.Profile.Out.IsTerminal)
        {
            await _console.Progress()
                .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
                .StartAsync(async context =>
                {
                    ProgressTask bar = context.AddTask(what, maxValue: Math.Max(1, total));
                    while (await Task.WhenAny(work, Task.Delay(TimeSpan.FromMilliseconds(200), time)) != work)
                    {
                        bar.Description = $"{Markup.Escape(what)}, {Rate(started)}";
                        bar.Value = Math.Min(Interlocked.Read(ref _done) + Interlocked.Read(ref _skipped), bar.MaxValue);
                    }

                    bar.Value = work.IsCompletedSuccessfully ? bar.MaxValue : bar.Value;
                });
        }
        else
        {
            while (await Task.WhenAny(work, Task.Delay(TimeSpan.FromSeconds(10), time)) != work)
            {
                long done = Interlocked.Read(ref _done) + Interlocked.Read(ref _skipped);
                await Console.Error.WriteLineAsync($"measuring {what}: {done} of {total} frames, {Rate(started)}");
            }
        }

        await work;
    }

    private string Rate(long started)
    {
        double seconds = Math.Max(0.001, time.GetElapsedTime(started).TotalSeconds);
        return string.Create(CultureInfo.InvariantCulture, $"{Interlocked.Read(ref _done) / seconds:F0}/s");
    }
}
