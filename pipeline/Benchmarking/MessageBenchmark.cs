using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using AuStream.Pipeline.Commands;
using AuStream.Pipeline.Configuration;
using AuStream.Pipeline.Running;
using AuStream.Stages.ActionUnits;
using AuStream.Stages.Brokers;
using AuStream.Stages.Brokers.Mosquitto;
using AuStream.Stages.Faces;
using AuStream.Stages.Messages;
using AuStream.Stages.Publishing;
using AuStream.Stages.Publishing.Spooling;

namespace AuStream.Pipeline.Benchmarking;

/// <summary>Publishes made-up measurements at a given rate through everything that the service publishes through: encoder, spool on disk, broker.</summary>
public static class MessageBenchmark
{
    private const string StreamId = "bench";
    private const double EarlyPart = 0.2;
    private static readonly TimeSpan s_tick = TimeSpan.FromMilliseconds(2);
    private static readonly JsonSerializerOptions s_json = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    /// <summary>Runs <c>austream bench-messages</c>.</summary>
    /// <exception cref="MessageBusException">The broker cannot be started.</exception>
    public static async Task<int> RunAsync(MessageBenchmarkOptions options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (options.FramesPerSecond + options.EventsPerSecond <= 0 || (options.Seconds <= 0 && options.Events <= 0))
        {
            throw new UsageException("Nothing to measure: give --frames or --events above 0, and --seconds or --count.");
        }

        string state = options.StateFolder.Length > 0 ? options.StateFolder : Directory.CreateTempSubdirectory("austream-bench-").FullName;
        try
        {
            MessageBenchmarkReport report = await MeasureAsync(options, state, cancellationToken);
            Console.WriteLine(options.Json ? JsonSerializer.Serialize(report, s_json) : Describe(report));
            return report.EventsLost == 0 ? ExitCode.Success : ExitCode.Failure;
        }
        finally
        {
            if (options.StateFolder.Length == 0)
            {
                Directory.Delete(state, recursive: true);
            }
        }
    }

    private static async Task<MessageBenchmarkReport> MeasureAsync(MessageBenchmarkOptions options, string state, CancellationToken cancellationToken)
    {
        TimeProvider time = TimeProvider.System;
        BrokerConfiguration configuration = new() { Host = options.Host, Port = options.Port };
        await using BrokerConnection broker = await BrokerConnection.OpenAsync(configuration, cancellationToken);
        using EventSpoolStore spool = EventSpoolStore.Open(new EventSpoolOptions { Folder = state }, time);
        long received = 0;
        await using MosquittoBus consumer = broker.CreateBus(will: null);
        if (configuration.UsesEmbedded)
        {
            await consumer.ConnectAsync(cancellationToken);
            await consumer.SubscribeAsync(
                $"{options.Prefix}/{StreamId}/+", QualityOfService.AtLeastOnce, _ => Interlocked.Increment(ref received), cancellationToken);
        }

        EventIdGenerator ids = new(time, lease: new EventIdLease(state));
        SessionInfo session = new()
        {
            Site = "bench",
            StreamId = StreamId,
            SessionId = ids.Next(),
            StartedAt = time.GetUtcNow(),
            Source = "made up",
            ModelId = "none",
            ModelVersion = "0",
            ActionUnits = MadeUpFrames.ActionUnits,
        };
        BusResultSinkOptions publishing = new()
        {
            TopicPrefix = options.Prefix,
            Purpose = "A benchmark of messages.",
            Encoding = options.Protobuf ? MessageEncoding.Protobuf : MessageEncoding.Json,
            DrainTimeout = TimeSpan.FromSeconds(30),
        };
        await using BusResultSink sink = await broker.ConnectSinkAsync(session, publishing, ids, logger: null, spool, cancellationToken);
        long started = time.GetTimestamp();
        TimeSpan processor = Environment.CpuUsage.TotalTime;
        double early = await PublishAsync(sink, ids, spool.NextPosition(StreamId), options, cancellationToken);
        double seconds = time.GetElapsedTime(started).TotalSeconds;
        double late = ProcessMemory.ResidentMebibytes();
        await sink.CompleteAsync(CancellationToken.None);
        DeliveryCounters counters = sink.Counters;
        return new MessageBenchmarkReport(
            seconds,
            counters.FramesSent,
            counters.FramesDropped,
            counters.EventsDelivered,
            counters.EventsLost,
            configuration.UsesEmbedded ? Interlocked.Read(ref received) : null,
            (counters.FramesSent + counters.EventsDelivered) / seconds,
            (Environment.CpuUsage.TotalTime - processor).TotalSeconds,
            early,
            late);
    }

    /// <summary>Publishes at the rates asked for; returns the resident memory after the first fifth.</summary>
    private static async Task<double> PublishAsync(BusResultSink sink, EventIdGenerator ids, long firstEvent, MessageBenchmarkOptions options, CancellationToken cancellationToken)
    {
        MadeUpFrames frames = new();
        long start = Stopwatch.GetTimestamp();
        long framesOut = 0;
        long eventsOut = firstEvent;
        double early = 0;
        using PeriodicTimer timer = new(s_tick);
        do
        {
            double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
            if (early == 0 && seconds >= EarlyPart * options.Seconds)
            {
                early = ProcessMemory.ResidentMebibytes();
            }

            if (options.Seconds > 0 && seconds >= options.Seconds)
            {
                return early;
            }

            for (; framesOut < seconds * options.FramesPerSecond; framesOut++)
            {
                using FrameFaces frame = frames.Next();
                await sink.PublishFrameAsync(frame, cancellationToken);
            }

            for (; eventsOut - firstEvent < seconds * options.EventsPerSecond; eventsOut++)
            {
                if (options.Events > 0 && eventsOut >= options.Events)
                {
                    return early;
                }

                await sink.PublishEventAsync(MadeUpFrames.Event(ids.Next(), eventsOut), cancellationToken);
            }
        }
        while (await timer.WaitForNextTickAsync(cancellationToken));
        return early;
    }

    private static string Describe(MessageBenchmarkReport report) => string.Create(
        CultureInfo.InvariantCulture,
        $"""
        {report.MessagesPerSecond:F0} messages/s over {report.Seconds:F1} s: {report.FramesSent} frames sent, {report.FramesDropped} dropped; {report.EventsDelivered} events delivered, {report.EventsLost} lost
        received by a consumer: {(report.Received is { } received ? $"{received}" : "not counted")}
        processor: {report.ProcessorSeconds:F1} s ({100 * report.ProcessorSeconds / report.Seconds:F0} % of one core)
        resident memory: {report.MemoryMegabytesEarly:F0} MiB after a fifth of the time, {report.MemoryMegabytesLate:F0} MiB at the end
        """);
}
