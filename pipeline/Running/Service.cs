using AuStream.Pipeline.Assembling;
using AuStream.Pipeline.Commands;
using AuStream.Pipeline.Configuration;
using AuStream.Pipeline.Observing;
using AuStream.Stages.Brokers;
using Microsoft.Extensions.Logging;
using Spectre.Console;

namespace AuStream.Pipeline.Running;

/// <summary>The long-running service: all streams of a configuration, until each has ended or a stop is asked for.</summary>
public static class Service
{
    /// <summary>Runs <c>austream run</c>.</summary>
    /// <exception cref="ConfigurationException">The configuration cannot be used.</exception>
    /// <exception cref="UnavailableException">The broker cannot be started.</exception>
    public static async Task<int> RunAsync(string configurationFile, bool onlyCheck, CancellationToken cancellationToken)
    {
        RunConfiguration configuration = RunConfigurationLoader.Load(configurationFile);
        using MeasuringEngine engine = MeasuringEngine.Load(configuration.Model, TimeProvider.System);
        configuration.Streams.ForEach(stream => engine.Prepare(StreamSettings.From(stream)));
        if (onlyCheck)
        {
            Console.WriteLine($"{configurationFile}: good, {configuration.Streams.Count} stream(s), model {engine.Manifest.Id} {engine.Manifest.Version}");
            return ExitCode.Success;
        }

        IAnsiConsole console = Screen.Output;
        using ILoggerFactory logging = ServiceLogging.Create(console);
        ILogger logger = logging.CreateLogger("austream");
        await using BrokerConnection broker = await BrokerConnection.OpenAsync(configuration.Broker, cancellationToken);
        logger.LogInformation("publishing to {Broker}, topics {Prefix}/{{stream}}/status|frames|events|stats", broker.Display, configuration.Broker.Prefix);
        string configurationFolder = Path.GetDirectoryName(Path.GetFullPath(configurationFile))!;
        StatusReporter reporter = new(console, logger, TimeProvider.System);
        List<Task<bool>> streams = [];
        foreach (StreamConfiguration stream in configuration.Streams)
        {
            StreamMonitor monitor = new(stream.Id, TimeProvider.System);
            reporter.Add(monitor);
            StreamRunner runner = new(configuration, stream, configurationFolder, engine, broker, monitor, logger);
            streams.Add(Task.Run(() => runner.RunAsync(cancellationToken), CancellationToken.None));
        }

        using CancellationTokenSource reporting = new();
        Task report = reporter.RunAsync(reporting.Token);
        bool[] ended = await Task.WhenAll(streams);
        await reporting.CancelAsync();
        await report;
        return Array.TrueForAll(ended, good => good) ? ExitCode.Success : ExitCode.NoInput;
    }
}
