using AuStream.Pipeline.Assembling;
using AuStream.Pipeline.Configuration;
using AuStream.Pipeline.Graph;
using AuStream.Pipeline.Observing;
using AuStream.Stages.ActionUnits;
using AuStream.Stages.Calibrating;
using AuStream.Stages.Commanding;
using AuStream.Stages.Decoding;
using AuStream.Stages.Publishing;
using AuStream.Stages.Recording;
using AuStream.Stages.Supervising;
using Microsoft.Extensions.Logging;

namespace AuStream.Pipeline.Running;

/// <summary>One run of one stream: its connections, its source, its graph, and what is said about them. The brokers hear of it before the source is opened, so that a camera that never answers is seen too.</summary>
internal sealed class StreamSession(RunContext context, StreamConfiguration stream, StreamMonitor monitor)
{
    private readonly List<IResultSink> _sinks = [];
    private volatile StreamGraph? _graph;
    private volatile EventStage? _events;
    private StreamStatus _status = new(StreamState.Starting);

    /// <summary>Runs until the source ends or a stop is asked for; every sink is completed when it returns.</summary>
    /// <exception cref="SourceException">The source cannot be read.</exception>
    public async Task RunAsync(CancellationToken stop)
    {
        string location = ResolveSource();
        StreamSettings settings = StreamSettings.From(context.Configuration, stream, context.ConfigurationFolder);
        SessionInfo session = context.Engine.Describe(
            context.Configuration.Site, stream.Id, SourceFactory.DisplayOf(location), SourceFactory.IsPictures(location), settings);
        context.Audit.Record("session_started", stream.Id, json =>
        {
            json.WriteString("session", session.SessionId);
            json.WriteString("source", session.Source);
        });
        try
        {
            monitor.State = "connecting";
            await SessionSinks.ConnectAsync(_sinks, context, session, stop);
            await MeasureAsync(location, settings, session, stop);
        }
        catch (Exception fault)
        {
            await EndEarlyAsync(fault is OperationCanceledException ? null : fault.Message);
            throw;
        }
        finally
        {
            monitor.Leave();
            foreach (IResultSink sink in _sinks)
            {
                await sink.DisposeAsync();
            }

            RecordEnd(session);
        }
    }

    /// <summary>Gives the reason for the end that is about to come: the last status will have it.</summary>
    public Task AnnounceEndAsync(string reason) => SayAsync(new StreamStatus(StreamState.Stopped, reason));

    /// <summary>Carries out a command that changes how the stream measures.</summary>
    public async Task<CommandResult> ExecuteAsync(StreamCommand command, CancellationToken cancellationToken)
    {
        if (_graph is not { } graph)
        {
            return new CommandResult(IsDone: false, "the stream is not measuring yet");
        }

        if (command.Name == StreamCommandName.SetThreshold)
        {
            return _events?.SetThreshold(command.ActionUnit, command.Threshold) == true
                ? new CommandResult(IsDone: true)
                : new CommandResult(IsDone: false, $"the stream has no events of {ActionUnitNames.CodeOf(command.ActionUnit)}");
        }

        if (graph.References is not { } references)
        {
            return new CommandResult(IsDone: false, "the stream is measured without a neutral reference");
        }

        EnrolmentResult result = await references.RequestEnrolmentAsync(command.Face, name: null, cancellationToken);
        string reasons = string.Join("; ", result.Faces.Where(face => face.Reason is not null).Select(face => $"face {face.FaceId}: {face.Reason}"));
        return new CommandResult(result.Succeeded, result.Failure ?? (reasons.Length > 0 ? reasons : null));
    }

    private async Task MeasureAsync(string location, StreamSettings settings, SessionInfo session, CancellationToken stop)
    {
        await using IFrameSource source = await context.Engine.OpenAsync(
            stream.Id,
            location,
            settings,
            OnConnection,
            warning => context.Logger.LogWarning("stream {Stream}: {Warning}", stream.Id, warning.Message),
            stop);
        await SessionSinks.CreateFilesAsync(_sinks, context, session, source.Description);
        StreamGraphParts parts = context.Engine.CreateParts(stream.Id, source, settings, _sinks);
        StreamGraph graph = new(parts, new StreamGraphOptions(), TimeProvider.System);
        _events = parts.Events as EventStage;
        _graph = graph;
        monitor.Follow(graph.Metrics, _sinks);
        monitor.State = "running";
        await SayAsync(new StreamStatus(StreamState.Running));
        await graph.RunAsync(stop);
    }

    /// <summary>Says why, where the graph did not come to do it.</summary>
    private async Task EndEarlyAsync(string? reason)
    {
        if (_graph is not null)
        {
            return;
        }

        StreamStatus? status = reason is null ? null : new StreamStatus(StreamState.Stopped, reason);
        if (status is not null)
        {
            Record(status);
        }

        foreach (BusResultSink sink in _sinks.OfType<BusResultSink>())
        {
            if (status is not null)
            {
                await sink.PublishStatusAsync(status, CancellationToken.None);
            }

            await sink.CompleteAsync(CancellationToken.None);
        }
    }

    /// <summary>Tells everybody how the stream is doing.</summary>
    private async Task SayAsync(StreamStatus status)
    {
        if (status == Interlocked.Exchange(ref _status, status))
        {
            return;
        }

        Record(status);
        if (_graph is { } graph)
        {
            await graph.PublishStatusAsync(status);
            return;
        }

        foreach (IResultSink sink in _sinks)
        {
            await sink.PublishStatusAsync(status, CancellationToken.None);
        }
    }

    private void Record(StreamStatus status) => context.Audit.Record("status", stream.Id, json =>
    {
        json.WriteString("status", status.State.ToString().ToLowerInvariant());
        if (status.Reason is not null)
        {
            json.WriteString("reason", status.Reason);
        }
    });

    private void RecordEnd(SessionInfo session)
    {
        DeliveryCounters[] deliveries = [.. _sinks.OfType<BusResultSink>().Select(sink => sink.Counters)];
        context.Audit.Record("session_ended", stream.Id, json =>
        {
            json.WriteString("session", session.SessionId);
            json.WriteNumber("frames_measured", _graph?.Metrics.FramesOut ?? 0);
            json.WriteNumber("events_delivered", deliveries.Sum(one => one.EventsDelivered));
            json.WriteNumber("events_waiting", deliveries.Sum(one => one.EventsWaiting));
            json.WriteNumber("events_lost", deliveries.Sum(one => one.EventsLost));
        });
    }

    private string ResolveSource()
    {
        bool isPath = !stream.Source.Contains("://", StringComparison.Ordinal) && !Path.IsPathRooted(stream.Source);
        return isPath ? Path.GetFullPath(Path.Combine(context.ConfigurationFolder, stream.Source)) : stream.Source;
    }

    private void OnConnection(ConnectionChange change)
    {
        monitor.State = change.Status switch
        {
            ConnectionStatus.Connected => "running",
            ConnectionStatus.Waiting => $"waiting, attempt {change.Attempt + 1}",
            _ => change.Status.ToString().ToLowerInvariant(),
        };
        if (change.Reason is null)
        {
            context.Logger.LogInformation("stream {Stream} source {Status}", stream.Id, change.Status);
        }
        else
        {
            context.Logger.LogWarning("stream {Stream} source {Status}: {Reason}", stream.Id, change.Status, change.Reason);
        }

        StreamStatus? status = change.Status switch
        {
            ConnectionStatus.Connected when _graph is not null => new StreamStatus(StreamState.Running),
            ConnectionStatus.Waiting or ConnectionStatus.Stalled => new StreamStatus(StreamState.Degraded, change.Reason),
            _ => null,
        };
        if (change.Status == ConnectionStatus.Connecting)
        {
            _graph?.Metrics.CountReconnect();
        }

        if (status is not null)
        {
            // The source's thread must not wait for the sinks; the graph keeps the order of statuses.
            _ = SayAsync(status);
        }
    }
}
