using System.Globalization;
using AuStream.Models.Sessions;
using AuStream.Pipeline.Assembling;
using AuStream.Pipeline.Commands;
using AuStream.Pipeline.Graph;
using AuStream.Pipeline.Resting;
using AuStream.Stages.Calibrating;
using AuStream.Stages.Decoding;
using AuStream.Stages.Events;
using AuStream.Stages.Publishing;
using AuStream.Stages.Recording;

namespace AuStream.Pipeline.Analyzing;

/// <summary>Measures a recording or pictures into files.</summary>
public static class Analysis
{
    /// <summary>Runs <c>austream analyze</c>; progress and messages go to standard error.</summary>
    /// <exception cref="UsageException">An option is out of range or names no model.</exception>
    /// <exception cref="SourceException">The input cannot be read to its end; what was read before is in the files.</exception>
    /// <exception cref="IOException">The files cannot be written.</exception>
    public static async Task<int> RunAsync(AnalysisOptions options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (options.MaxFaces is < 1 or > 100)
        {
            throw new UsageException($"--max-faces is {options.MaxFaces}: 1 to 100 are possible.");
        }

        if (options.LookAheadMilliseconds is not (>= 0 and <= 2000))
        {
            throw new UsageException(string.Create(CultureInfo.InvariantCulture, $"--look-ahead is {options.LookAheadMilliseconds}: 0 to 2000 are possible."));
        }

        FirstPass.Check(options.Passes);
        TimeProvider time = TimeProvider.System;
        StreamSettings settings = CreateSettings(options);
        OnnxSessionOptions computing = new() { Provider = ProviderNames.Parse(options.Provider) };
        using MeasuringEngine engine = MeasuringEngine.Load(options.Model, time, computing: computing, landmarks: options.Landmarks);
        engine.Prepare(settings);
        settings = settings with { Time = settings.Time with { Known = await NeutralSampling.SampleAsync(engine, settings, options, cancellationToken) } };
        int warnings = 0;
        void Warn(SourceWarning warning)
        {
            Interlocked.Increment(ref warnings);
            Console.Error.WriteLine($"austream: {warning.Message}");
        }

        StreamSettings? second = await ReadFirstAsync(engine, settings, options, time, cancellationToken);
        if (second is not null && cancellationToken.IsCancellationRequested)
        {
            await Console.Error.WriteLineAsync("interrupted in the first of two readings, before anything was measured: --passes 1 measures at once");
            return ExitCode.Interrupted;
        }

        settings = second ?? settings;
        await using IFrameSource source = await engine.OpenAsync("analysis", options.Input, settings, onConnection: null, Warn, cancellationToken);
        if (source.Description.Kind == SourceKind.Live)
        {
            throw new UsageException($"{source.Description.Uri} is live and has no end: 'austream run' is for that.");
        }

        string folder = CreateFolder(options.OutputFolder);
        IReadOnlyList<IResultSink> sinks = ResultFiles.Create(folder, engine.Describe("local", "analysis", source, settings), source.Description, engine.Ids);
        try
        {
            StreamGraph graph = new(engine.CreateParts("analysis", source, settings, sinks), new StreamGraphOptions(), time);
            await new AnalysisProgress(source.Description, graph.Metrics, time, second is not null ? "2 of 2, measuring" : "measuring").WhileAsync(graph.RunAsync(cancellationToken));
            await Console.Error.WriteLineAsync(string.Create(
                CultureInfo.InvariantCulture,
                $"{(cancellationToken.IsCancellationRequested ? "interrupted after" : "done:")} {graph.Metrics.FramesOut} frames, {graph.Metrics.Faces} faces measured, results in {folder}"));
            return cancellationToken.IsCancellationRequested ? ExitCode.Interrupted : warnings > 0 ? ExitCode.Failure : ExitCode.Success;
        }
        finally
        {
            foreach (IResultSink sink in sinks)
            {
                await sink.DisposeAsync();
            }
        }
    }

    /// <summary>The settings for the second reading; null where one is enough.</summary>
    private static async Task<StreamSettings?> ReadFirstAsync(
        MeasuringEngine engine, StreamSettings settings, AnalysisOptions options, TimeProvider time, CancellationToken cancellationToken)
    {
        if (options.Passes == 1 || SourceFactory.IsPictures(options.Input) || !FirstPass.IsUseful(engine, settings, SourceKind.File))
        {
            return null;
        }

        // What is wrong with the recording is said by the reading that measures.
        await using IFrameSource source = await engine.OpenAsync("first pass", options.Input, settings, onConnection: null, onWarning: null, cancellationToken);
        if (source.Description.Kind != SourceKind.File)
        {
            return null;
        }

        // Where the results cannot go is said now.
        _ = CreateFolder(options.OutputFolder);
        await Console.Error.WriteLineAsync("the video is read twice: first to learn how each face looks at rest, then to measure (--passes 1 reads it once)");
        return await FirstPass.RunAsync(
            engine,
            source,
            settings,
            time,
            (metrics, reading) => new AnalysisProgress(source.Description, metrics, time, "1 of 2, looking for rest").WhileAsync(reading),
            cancellationToken);
    }

    private static StreamSettings CreateSettings(AnalysisOptions options)
    {
        if (options.Neutral is not null && options.NeutralAt is not null)
        {
            throw new UsageException("--neutral and --neutral-at both say when the face is at rest: keep one of them.");
        }

        ReferenceMode? reference = TimeSettings.ParseReference(options.Reference);
        if (reference == ReferenceMode.Off && (options.Neutral is not null || options.NeutralAt is not null))
        {
            throw new UsageException("--neutral-reference off has no use for --neutral or --neutral-at: keep one of them.");
        }

        return new StreamSettings
        {
            MaxFaces = options.MaxFaces,
            Detector = StreamSettings.ParseDetector(options.Detector),
            Time = new TimeSettings
            {
                Temporal = TimeSettings.ParseTemporal(options.Temporal),
                Reference = reference,
                Events = new EventSmootherOptions { LookAhead = TimeSpan.FromMilliseconds(options.LookAheadMilliseconds) },
            },
        };
    }

    private static string CreateFolder(string folder)
    {
        try
        {
            return Directory.CreateDirectory(folder).FullName;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"--out {folder}: the folder cannot be made ({error.Message}). Name one where you may write.", error);
        }
    }
}
