using AuStream.Models.Sessions;
using AuStream.Pipeline.Assembling;
using AuStream.Pipeline.Commands;
using AuStream.Pipeline.Configuration;
using AuStream.Pipeline.Observing;
using Microsoft.Extensions.Logging;

namespace AuStream.Pipeline.Serving;

/// <summary>What the service shows to those who watch over it: probes, metrics, systemd.</summary>
public sealed class ServiceFront : IAsyncDisposable
{
    private static readonly TimeSpan s_statusInterval = TimeSpan.FromSeconds(10);

    private readonly HealthServer? _server;
    private readonly TelemetryExport? _telemetry;
    private readonly SystemdNotifier _systemd;
    private readonly HealthProbe _probe;
    private readonly TimeProvider _time;
    private readonly CancellationTokenSource _ending = new();
    private Task _signs = Task.CompletedTask;

    private ServiceFront(ServiceState state, HealthServer? server, TelemetryExport? telemetry, TimeProvider time)
    {
        State = state;
        _server = server;
        _telemetry = telemetry;
        _time = time;
        _probe = new HealthProbe(state);
        _systemd = SystemdNotifier.FromEnvironment();
    }

    /// <summary>The streams and models that are shown; whoever starts a stream adds it.</summary>
    public ServiceState State { get; }

    /// <summary>Opens the ports and connections that the configuration asks for.</summary>
    /// <param name="configuration">The configuration.</param>
    /// <param name="engine">What the streams share.</param>
    /// <param name="logger">Told where the endpoints are, and what computes each network.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="UnavailableException">The port that was chosen cannot be had.</exception>
    public static async Task<ServiceFront> StartAsync(
        RunConfiguration configuration, MeasuringEngine engine, ILogger logger, TimeProvider time, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        ArgumentNullException.ThrowIfNull(engine);
        // Besides the threads that compute, some must be free for sinks, sockets and probes, else those wait for a frame to be done.
        ThreadPool.GetMinThreads(out int workers, out int ports);
        ThreadPool.SetMinThreads(Math.Max(workers, engine.Turns.Places + 4), ports);
        foreach ((string model, OnnxSession session) in engine.Sessions)
        {
            logger.LogInformation("model {Model} runs on {Provider}{Refusals}", model, session.ProviderInUse.Word(), string.Concat(session.Refusals.Select(reason => $"; not on {reason}")));
        }

        ServiceState state = new(() => engine.Sessions, engine.Turns);
        HealthServer? server = configuration.Health.Enabled ? await HealthServer.StartAsync(configuration.Health, state, logger, cancellationToken) : null;
        if (server is not null)
        {
            logger.LogInformation("health and metrics at {Address}: livez, readyz, metrics", server.Address);
        }

        return new ServiceFront(state, server, TelemetryExport.Start(configuration.Telemetry, state, configuration.Site, time), time);
    }

    /// <summary>Everything was started: tells systemd, and goes on giving it signs of life as long as <see cref="HealthProbe.Live"/> is good.</summary>
    public void Ready()
    {
        _systemd.Ready(Describe());
        _signs = GiveSignsAsync();
    }

    /// <summary>The service ends.</summary>
    public void Stopping() => _systemd.Stopping();

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _ending.CancelAsync();
        await _signs;
        _telemetry?.Dispose();
        if (_server is not null)
        {
            await _server.DisposeAsync();
        }

        _systemd.Dispose();
        _ending.Dispose();
    }

    private async Task GiveSignsAsync()
    {
        // Twice within the limit, as man sd_watchdog_enabled recommends.
        TimeSpan interval = _systemd.WatchdogInterval is { } limit && limit / 2 < s_statusInterval ? limit / 2 : s_statusInterval;
        using PeriodicTimer timer = new(interval, _time);
        try
        {
            do
            {
                if (_probe.Live().IsGood)
                {
                    _systemd.Alive();
                }

                _systemd.Status(Describe());
            }
            while (await timer.WaitForNextTickAsync(_ending.Token));
        }
        catch (OperationCanceledException)
        {
            // The service ends.
        }
    }

    private string Describe()
    {
        IReadOnlyList<StreamMonitor> streams = State.Streams;
        HealthAnswer ready = _probe.Ready();
        string which = ready.IsGood ? "" : $" ({string.Join("; ", ready.Reasons)})";
        return FormattableString.Invariant($"{streams.Count(stream => stream.IsReady)} of {streams.Count} streams deliver{which}");
    }
}
