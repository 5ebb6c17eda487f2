using System.Globalization;
using System.Text.Json;
using AuStream.Models.Sessions;
using AuStream.Pipeline.Assembling;
using AuStream.Pipeline.Commands;
using AuStream.Pipeline.Configuration;
using AuStream.Pipeline.Graph;
using AuStream.Pipeline.Observing;
using AuStream.Pipeline.Running;
using AuStream.Pipeline.Sourcing;
using AuStream.Stages.Decoding;
using AuStream.Stages.Landmarks;
using AuStream.Stages.Publishing;
using Spectre.Console;

namespace AuStream.Pipeline.Benchmarking;

/// <summary>Measures the whole path of one or more streams, decode to publication on an embedded broker.</summary>
public static class Benchmark
{
    private static readonly JsonSerializerOptions s_json = new() { WriteIndented = true };

    /// <summary>Runs and prints to standard output.</summary>
    /// <exception cref="UsageException">An option is out of range.</exception>
    /// <exception cref="SourceException">The input cannot be read.</exception>
    public static async Task<int> RunAsync(BenchmarkOptions options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(options);
        Require(options.Streams is >= 1 and <= 64, "--streams", options.Streams, "1 to 64");
        Require(options.Seconds is >= 1 and <= 3600, "--seconds", options.Seconds, "1 to 3600");
        Require(options.Tracks is >= 0 and <= 10_000, "--tracks", options.Tracks, "0 to 10000");
        Require(options.LiveFramesPerSecond is >= 0 and <= 1000, "--live", options.LiveFramesPerSecond, "0 to 1000");
        BenchmarkReport report = await MeasureAsync(options, TimeProvider.System, cancellationToken);
        if (options.Json)
        {
            Console.WriteLine(JsonSerializer.Serialize(report, s_json));
        }
        else
        {
            Print(report);
        }

        return ExitCode.Success;
    }

    /// <summary>Runs and reports.</summary>
    public static async Task<BenchmarkReport> MeasureAsync(BenchmarkOptions options, TimeProvider time, CancellationToken cancellationToken)
    {
        OnnxSessionOptions computing = new() { Provider = ProviderNames.Parse(options.Provider), Sharing = CallSharingNames.Parse(options.ShareCalls) };
        using MeasuringEngine engine = MeasuringEngine.Load(options.Model, time, computing: computing, landmarks: options.Landmarks);
        await using BrokerConnection broker = await BrokerConnection.OpenAsync(new BrokerConfiguration(), cancellationToken);
        StreamSettings settings = new()
        {
            Repeat = -1,
            Time = new TimeSettings { Temporal = TimeSettings.ParseTemporal(options.Temporal), Reference = TimeSettings.ParseReference(options.Reference) },
        };
        engine.Prepare(settings);
        double tracks = options.Tracks == 0 ? 0 : TrackMemory.MeasureMebibytes(engine, settings, options.Tracks);
        using CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        List<StreamGraph> graphs = [];
        List<Task> runs = [];
        List<IAsyncDisposable> owned = [];
        SessionInfo? session = null;
        try
        {
            for (int i = 0; i < options.Streams; i++)
            {
                string id = string.Create(CultureInfo.InvariantCulture, $"bench-{i + 1}");
                IFrameSource source = await engine.OpenAsync(id, options.Input, settings, onConnection: null, onWarning: null, cancellationToken);
                owned.Insert(0, source);
                if (source.Description.Kind != SourceKind.File)
                {
                    throw new UsageException($"{options.Input}: bench needs a video file.");
                }

                if (options.LiveFramesPerSecond > 0)
                {
                    source = new PacedSource(source, time, options.LiveFramesPerSecond);
                }

                session = engine.Describe("bench", id, source, settings);
                IResultSink sink = await broker.ConnectSinkAsync(session, "austream-bench", "A benchmark.", engine.Ids, logger: null, cancellationToken);
                owned.Add(sink);
                StreamGraph graph = new(engine.CreateParts(id, source, settings, [sink]), new StreamGraphOptions(), time);
                graphs.Add(graph);
                runs.Add(graph.RunAsync(stop.Token));
            }

            Task finished = Task.WhenAny(runs);
            await Task.WhenAny(finished, Task.Delay(TimeSpan.FromSeconds(Math.Max(1, options.Seconds / 5)), time, cancellationToken));
            Counters before = Counters.Take(graphs, time);
            foreach (StreamGraph graph in graphs)
            {
                graph.Metrics.Latency.Reset();
            }

            await Task.WhenAny(finished, Task.Delay(TimeSpan.FromSeconds(options.Seconds), time, cancellationToken));
            Counters after = Counters.Take(graphs, time);
            LatencyReport latency = Combine(graphs);
            await stop.CancelAsync();
            await Task.WhenAll(runs);
            cancellationToken.ThrowIfCancellationRequested();
            return CreateReport(options, session!, engine, tracks, before, after, latency, time);
        }
        finally
        {
            await stop.CancelAsync();
            foreach (IAsyncDisposable part in owned)
            {
                await part.DisposeAsync();
            }
        }
    }

    private static BenchmarkReport CreateReport(
        BenchmarkOptions options, SessionInfo session, MeasuringEngine engine, double tracks, Counters before, Counters after, LatencyReport latency, TimeProvider time)
    {
        long frames = after.Frames - before.Frames;
        double seconds = time.GetElapsedTime(before.Timestamp, after.Timestamp).TotalSeconds;
        return new BenchmarkReport
        {
            Input = Path.GetFileName(options.Input),
            Model = options.Model,
            Landmarks = engine.Landmarks.ModelId(),
            UsesTemporalHead = session.UsesTemporalHead,
            NeutralReference = session.Reference.ToString().ToLowerInvariant(),
            TimeMillisecondsPerFace = Math.Round((after.Stages["temporal"] + after.Stages["smoothing"]) * after.Frames / Math.Max(1, after.Faces), 4),
            Tracks = options.Tracks,
            TracksMebibytes = Math.Round(tracks, 1),
            Provider = string.Join(", ", engine.Sessions.Select(entry => entry.Session.ProviderInUse.Word()).Distinct()),
            CallsAreShared = engine.Sessions.Any(entry => entry.Session.SharesCalls),
            FacesPerCall = Math.Round(FacesPerCall(engine), 2),
            Machine = MachineName.Describe(),
            Streams = options.Streams,
            LiveFramesPerSecond = options.LiveFramesPerSecond,
            Seconds = Math.Round(seconds, 3),
            Frames = frames,
            Dropped = after.Dropped - before.Dropped,
            FacesPerFrame = Math.Round((after.Faces - before.Faces) / (double)Math.Max(1, frames), 3),
            FramesPerSecond = Math.Round(frames / seconds, 1),
            Latency = latency,
            Stages = after.Stages,
            AllocatedBytesPerFrame = Math.Round((after.AllocatedBytes - before.AllocatedBytes) / (double)Math.Max(1, frames), 1),
            PeakResidentMebibytes = Math.Round(ProcessMemory.PeakResidentMebibytes(), 1),
            StartResidentMebibytes = Math.Round(before.ResidentMebibytes, 1),
            EndResidentMebibytes = Math.Round(after.ResidentMebibytes, 1),
        };
    }

    private static double FacesPerCall(MeasuringEngine engine)
    {
        FixedHistogram sizes = engine.Sessions.First(entry => entry.Model == engine.Manifest.Id).Session.Metrics.BatchSizes;
        return sizes.Sum / Math.Max(1, sizes.Counts().Sum());
    }

    private static LatencyReport Combine(List<StreamGraph> graphs)
    {
        // With several streams the slowest one counts: that is what its consumers see.
        double Worst(double share) => Math.Round(graphs.Max(graph => graph.Metrics.Latency.Percentile(share).TotalMilliseconds), 2);
        return new LatencyReport
        {
            P50 = Worst(0.5),
            P95 = Worst(0.95),
            P99 = Worst(0.99),
            Maximum = Math.Round(graphs.Max(graph => graph.Metrics.Latency.Maximum.TotalMilliseconds), 2),
        };
    }

    private static void Print(BenchmarkReport report)
    {
        CultureInfo culture = CultureInfo.InvariantCulture;
        Table table = new Table().Border(TableBorder.Rounded).HideHeaders().AddColumn("what").AddColumn("value");
        table.AddRow("input", Markup.Escape(report.Input));
        table.AddRow("model", Markup.Escape(report.Model));
        table.AddRow("landmarks", Markup.Escape(report.Landmarks));
        table.AddRow("temporal head, neutral reference", $"{(report.UsesTemporalHead ? "on" : "off")}, {report.NeutralReference}");
        table.AddRow("computed by", string.Create(culture, $"{report.Provider}, {report.FacesPerCall:F2} faces per call{(report.CallsAreShared ? ", streams share calls" : "")}"));
        table.AddRow("machine", Markup.Escape(report.Machine));
        table.AddRow("streams", string.Create(culture, $"{report.Streams}{(report.LiveFramesPerSecond > 0 ? $" at {report.LiveFramesPerSecond} frames/s" : ", as fast as possible")}"));
        table.AddRow("frames", string.Create(culture, $"{report.Frames} in {report.Seconds:F1} s, {report.Dropped} dropped, {report.FacesPerFrame:F2} faces each"));
        table.AddRow("[bold]frames/s[/]", string.Create(culture, $"[bold]{report.FramesPerSecond:F1}[/]"));
        table.AddRow("latency p50 / p95 / p99 / max", string.Create(culture, $"{report.Latency.P50} / {report.Latency.P95} / {report.Latency.P99} / {report.Latency.Maximum} ms"));
        foreach ((string stage, double milliseconds) in report.Stages)
        {
            table.AddRow($"stage {Markup.Escape(stage)}", string.Create(culture, $"{milliseconds:F3} ms per frame"));
        }

        table.AddRow("temporal and smoothing", string.Create(culture, $"{report.TimeMillisecondsPerFace:F3} ms per face and frame"));
        if (report.Tracks > 0)
        {
            table.AddRow(string.Create(culture, $"memory of {report.Tracks} tracks"), string.Create(culture, $"{report.TracksMebibytes:F1} MiB"));
        }

        table.AddRow("managed allocation", string.Create(culture, $"{report.AllocatedBytesPerFrame:F0} bytes per frame"));
        table.AddRow("resident set", string.Create(culture, $"{report.StartResidentMebibytes} → {report.EndResidentMebibytes} MiB, peak {report.PeakResidentMebibytes} MiB"));
        Screen.Output.Write(table);
    }

    private static void Require(bool holds, string option, double value, string range)
    {
        if (!holds)
        {
            throw new UsageException(string.Create(CultureInfo.InvariantCulture, $"{option} is {value}: {range} are possible."));
        }
    }

    private sealed record Counters(
        long Timestamp,
        long Frames,
        long Faces,
        long Dropped,
        long AllocatedBytes,
        double ResidentMebibytes,
        IReadOnlyDictionary<string, double> Stages)
    {
        public static Counters Take(List<StreamGraph> graphs, TimeProvider time) => new(
            time.GetTimestamp(),
            graphs.Sum(graph => graph.Metrics.FramesOut),
            graphs.Sum(graph => graph.Metrics.Faces),
            graphs.Sum(graph => graph.Metrics.FramesDropped()),
            GC.GetTotalAllocatedBytes(precise: false),
            ProcessMemory.ResidentMebibytes(),
            graphs[0].Metrics.Clocks.ToDictionary(
                clock => clock.Name,
                clock => Math.Round(graphs.Average(graph => graph.Metrics.Clocks.First(other => other.Name == clock.Name).MillisecondsPerFrame), 4)));
    }
}
