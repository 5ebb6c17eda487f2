using System.Runtime.InteropServices;
using AuStream.Pipeline.Configuration;
using Microsoft.Extensions.Logging;

namespace AuStream.Pipeline.Running;

/// <summary>
/// Reads the configuration file again when it changes, or on SIGHUP, and hands over what it says if it is good. It looks at the contents, not at file system
/// events, which network folders and Kubernetes' mounts do not deliver reliably.
/// </summary>
internal sealed class ConfigurationWatcher(string path, ILogger logger, TimeProvider time)
{
    private static readonly TimeSpan s_interval = TimeSpan.FromSeconds(2);

    /// <summary>Watches until cancelled.</summary>
    /// <param name="current">The configuration that runs.</param>
    /// <param name="apply">Told of each good new configuration.</param>
    /// <param name="stop">Ends watching.</param>
    public async Task RunAsync(RunConfiguration current, Func<RunConfiguration, Task> apply, CancellationToken stop)
    {
        using SemaphoreSlim hangUp = new(0);
        using PosixSignalRegistration signal = PosixSignalRegistration.Create(PosixSignal.SIGHUP, context =>
        {
            context.Cancel = true;
            hangUp.Release();
        });
        string? seen = Read();
        try
        {
            while (true)
            {
                bool isAsked = await WaitAsync(hangUp, stop);
                string? now = Read();
                if (now is null || (now == seen && !isAsked))
                {
                    continue;
                }

                seen = now;
                await TryApplyAsync(current, apply);
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // The service ends.
        }
    }

    /// <summary>The keys outside 'streams' whose values differ: those need a new start of the program.</summary>
    internal static IReadOnlyList<string> FixedKeysThatDiffer(RunConfiguration one, RunConfiguration other) =>
    [
        .. ConfigurationKeys.Of(typeof(RunConfiguration))
            .Where(entry => entry.Property.Name != nameof(RunConfiguration.Streams))
            .Where(entry => Text(entry.Property.GetValue(one)) != Text(entry.Property.GetValue(other)))
            .Select(entry => entry.Key),
    ];

    private static string Text(object? value) => System.Text.Json.JsonSerializer.Serialize(value);

    private async Task TryApplyAsync(RunConfiguration current, Func<RunConfiguration, Task> apply)
    {
        try
        {
            RunConfiguration next = RunConfigurationLoader.Load(path);
            IReadOnlyList<string> ignored = FixedKeysThatDiffer(current, next);
            if (ignored.Count > 0)
            {
                logger.LogWarning("{Path}: changes of {Keys} take effect when the program is started again; only streams change while it runs", path, string.Join(", ", ignored));
            }

            await apply(next);
        }
        catch (Exception fault) when (fault is ConfigurationException or Commands.UsageException or Models.Sessions.ModelLoadException or Models.Sessions.ModelNotFoundException)
        {
            logger.LogError("{Reason} The streams run on as before.", fault.Message);
        }
    }

    private async Task<bool> WaitAsync(SemaphoreSlim hangUp, CancellationToken stop)
    {
        using CancellationTokenSource pause = CancellationTokenSource.CreateLinkedTokenSource(stop);
        Task<bool> asked = hangUp.WaitAsync(Timeout.InfiniteTimeSpan, pause.Token).ContinueWith(wait => wait.IsCompletedSuccessfully, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        await Task.WhenAny(asked, Task.Delay(s_interval, time, pause.Token));
        await pause.CancelAsync();
        stop.ThrowIfCancellationRequested();
        return await asked;
    }

    private string? Read()
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception away) when (away is IOException or UnauthorizedAccessException)
        {
            // An editor that replaces the file leaves a moment without one.
            return null;
        }
    }
}
