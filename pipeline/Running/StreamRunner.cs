using AuStream.Pipeline.Assembling;
using AuStream.Pipeline.Configuration;
using AuStream.Pipeline.Graph;
using AuStream.Pipeline.Observing;
using AuStream.Stages.Decoding;
using AuStream.Stages.Publishing;
using AuStream.Stages.Recording;
using AuStream.Stages.Supervising;
using Microsoft.Extensions.Logging;

namespace AuStream.Pipeline.Running;

/// <summary>Owns one stream of the service: opens it, runs its graph, and starts it again after a fault of ours.</summary>
internal sealed class StreamRunner(
    RunConfiguration configuration,
    StreamConfiguration stream,
    string configurationFolder,
    MeasuringEngine engine,
    BrokerConnection broker,
    StreamMonitor monitor,
    ILogger logger)
{
    private static readonly TimeSpan s_longestPause = TimeSpan.FromSeconds(30);

    /// <summary>Runs until the source ends or a stop is asked for.</summary>
    /// <returns>False when the stream cannot be read at all.</returns>
    public async Task<bool> RunAsync(CancellationToken stop)
    {
        TimeSpan pause = TimeSpan.FromSeconds(1);
        while (true)
        {
            try
            {
                await RunOnceAsync(stop);
                monitor.State = stop.IsCancellationRequested ? "stopped" : "ended";
                logger.LogInformation("stream {Stream} {State}", stream.Id, monitor.State);
                return true;
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                monitor.State = "stopped";
                return true;
            }
            catch (SourceException unreadable)
            {
                monitor.State = "failed";
                logger.LogError("stream {Stream} failed: {Reason}", stream.Id, unreadable.Message);
                return false;
            }
#pragma warning disable CA1031 // One stream's fault must not end the others: it is logged in full, and the stream starts again.
            catch (Exception fault)
#pragma warning restore CA1031
            {
                monitor.State = "restarting";
                logger.LogError(fault, "stream {Stream} is started again in {Seconds} s after a fault", stream.Id, pause.TotalSeconds);
            }

            try
            {
                await Task.Delay(pause, stop);
            }
            catch (OperationCanceledException)
            {
                monitor.State = "stopped";
                return true;
            }

            pause = pause * 2 > s_longestPause ? s_longestPause : pause * 2;
        }
    }

    private async Task RunOnceAsync(CancellationToken stop)
    {
        StreamSettings settings = StreamSettings.From(stream);
        StreamGraph? graph = null;
        monitor.State = "connecting";
        await using IFrameSource source = await engine.OpenAsync(
            stream.Id,
            ResolveSource(),
            settings,
            change => OnConnection(change, graph),
            warning => logger.LogWarning("stream {Stream}: {Warning}", stream.Id, warning.Message),
            stop);
        SessionInfo session = engine.Describe(configuration.Site, stream.Id, source, settings);
        List<IResultSink> sinks = [];
        try
        {
            sinks.Add(await broker.ConnectSinkAsync(session, configuration.Broker.Prefix, configuration.Purpose, engine.Ids, logger, stop));
            if (configuration.OutputFolder.Length > 0)
            {
                // A folder per session: a restart never overwrites what an earlier session wrote.
                string folder = Path.Combine(configurationFolder, configuration.OutputFolder, stream.Id, session.SessionId);
                sinks.AddRange(ResultFiles.Create(folder, session, source.Description, engine.Ids));
            }

            graph = new StreamGraph(engine.CreateParts(stream.Id, source, settings, sinks), new StreamGraphOptions(), TimeProvider.System);
            monitor.Metrics = graph.Metrics;
            monitor.State = "running";
            await graph.PublishStatusAsync(new StreamStatus(StreamState.Running));
            await graph.RunAsync(stop);
        }
        finally
        {
            foreach (IResultSink sink in sinks)
            {
                await sink.DisposeAsync();
            }
        }
    }

    private string ResolveSource()
    {
        bool isPath = !stream.Source.Contains("://", StringComparison.Ordinal) && !Path.IsPathRooted(stream.Source);
        return isPath ? Path.GetFullPath(Path.Combine(configurationFolder, stream.Source)) : stream.Source;
    }

    private void OnConnection(ConnectionChange change, StreamGraph? graph)
    {
        monitor.State = change.Status switch
        {
            ConnectionStatus.Connected => "running",
            ConnectionStatus.Waiting => $"waiting, attempt {change.Attempt + 1}",
            _ => change.Status.ToString().ToLowerInvariant(),
        };
        if (change.Reason is null)
        {
            logger.LogInformation("stream {Stream} source {Status}", stream.Id, change.Status);
        }
        else
        {
            logger.LogWarning("stream {Stream} source {Status}: {Reason}", stream.Id, change.Status, change.Reason);
        }

        if (graph is null)
        {
            return;
        }

        StreamStatus? status = change.Status switch
        {
            ConnectionStatus.Connected => new StreamStatus(StreamState.Running),
            ConnectionStatus.Waiting or ConnectionStatus.Stalled => new StreamStatus(StreamState.Degraded, change.Reason),
            _ => null,
        };
        if (change.Status == ConnectionStatus.Connecting)
        {
            graph.Metrics.CountReconnect();
        }

        if (status is not null)
        {
            // The source's thread must not wait for the sinks; the graph keeps the order of statuses.
            _ = graph.PublishStatusAsync(status);
        }
    }
}
