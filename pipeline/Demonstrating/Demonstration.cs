using System.Globalization;
using AuStream.Pipeline.Assembling;
using AuStream.Pipeline.Commands;
using AuStream.Pipeline.Configuration;
using AuStream.Pipeline.Graph;
using AuStream.Pipeline.Observing;
using AuStream.Pipeline.Running;
using AuStream.Stages.ActionUnits;
using AuStream.Stages.Brokers;
using AuStream.Stages.Brokers.Mosquitto;
using AuStream.Stages.Decoding;
using AuStream.Stages.Publishing;
using Spectre.Console;

namespace AuStream.Pipeline.Demonstrating;

/// <summary>Shows the whole way on the bundled clip: measured, published, received again over MQTT, beside what is known to be there.</summary>
public static class Demonstration
{
    private const string StreamId = "demo";
    private const float KnownFrom = 1;
    private const int EyesClosed = 43;
    private const int Blink = 45;

    /// <summary>Runs <c>austream demo</c>; ends with the clip.</summary>
    /// <exception cref="UnavailableException">The bundled clip is missing.</exception>
    public static async Task<int> RunAsync(string model, CancellationToken cancellationToken)
    {
        TimeProvider time = TimeProvider.System;
        string clip = Require("demo.mp4");
        KnownClip truth = KnownClip.Load(Require("demo.truth.json"));
        using MeasuringEngine engine = MeasuringEngine.Load(model, time);
        int[] shown = [.. truth.Shown(2).Where(engine.Manifest.ActionUnits.Contains)];
        await using BrokerConnection broker = await BrokerConnection.OpenAsync(new BrokerConfiguration(), cancellationToken);
        await using MosquittoBus listener = broker.CreateBus(will: null);
        await listener.ConnectAsync(cancellationToken);
        DemoSubscriber subscriber = new();
        await listener.SubscribeAsync(
            $"austream/{StreamId}/+", QualityOfService.AtLeastOnce, message => subscriber.Receive(message.Topic, message.Payload), cancellationToken);

        StreamSettings settings = new() { MaxFaces = 1, Realtime = true };
        await using IFrameSource source = await engine.OpenAsync(StreamId, clip, settings, onConnection: null, onWarning: null, cancellationToken);
        SessionInfo session = engine.Describe("demo", StreamId, source, settings);
        await using IResultSink sink = await broker.ConnectSinkAsync(session, "austream", "The demonstration on a synthetic person.", engine.Ids, logger: null, cancellationToken);
        StreamGraph graph = new(engine.CreateParts(StreamId, source, settings, [sink]), new StreamGraphOptions(), time);

        Console.WriteLine($"A synthetic person talks, smiles and frowns; model {engine.Manifest.Id} {engine.Manifest.Version} measures it.");
        Console.WriteLine($"The messages go through a broker of our own; watch them from another terminal:  mosquitto_sub -p {broker.Port} -v -t 'austream/#'");
        Console.WriteLine();
        Task run = graph.RunAsync(cancellationToken);
        await ShowAsync(run, subscriber, truth, shown, time);
        await run;
        cancellationToken.ThrowIfCancellationRequested();
        await WaitForMessagesAsync(subscriber, graph.Metrics.FramesOut, time);
        PrintSummary(subscriber, graph, truth, shown);
        return ExitCode.Success;
    }

    private static async Task ShowAsync(Task run, DemoSubscriber subscriber, KnownClip truth, int[] shown, TimeProvider time)
    {
        if (!Screen.Output.Profile.Out.IsTerminal)
        {
            subscriber.OnEvent = received => Console.WriteLine(Describe(received, truth));
            await Task.WhenAny(run);
            return;
        }

        await Screen.Output.Live(DemoTable.Create(subscriber, truth, shown)).StartAsync(async context =>
        {
            while (!run.IsCompleted)
            {
                await Task.WhenAny(run, Task.Delay(TimeSpan.FromMilliseconds(80), time));
                context.UpdateTarget(DemoTable.Create(subscriber, truth, shown));
            }
        });
    }

    private static string Describe(MeasuredEvent received, KnownClip truth)
    {
        int known = received.ActionUnit == Blink ? EyesClosed : received.ActionUnit;
        float intensity = Enumerable.Range(-4, 13).Max(step => truth.IntensityAt(known, received.Onset + (step * 0.05)));
        string name = $"{ActionUnitNames.CodeOf(received.ActionUnit)} {ActionUnitNames.NameOf(received.ActionUnit)}";
        return received.IsStart
            ? string.Create(CultureInfo.InvariantCulture, $"{received.Onset,7:F2} s  {name,-26} starts        (truth there: {intensity:F1} of 5)")
            : string.Create(CultureInfo.InvariantCulture, $"{received.Offset,7:F2} s  {name,-26} ends   peak {received.PeakIntensity:F1}, lasted {received.Offset - received.Onset:F2} s");
    }

    private static async Task WaitForMessagesAsync(DemoSubscriber subscriber, long published, TimeProvider time)
    {
        long started = time.GetTimestamp();
        while (subscriber.FrameCount < published && time.GetElapsedTime(started) < TimeSpan.FromSeconds(2))
        {
            await Task.Delay(TimeSpan.FromMilliseconds(20), time);
        }
    }

    private static void PrintSummary(DemoSubscriber subscriber, StreamGraph graph, KnownClip truth, int[] shown)
    {
        IReadOnlyList<MeasuredFrame> frames = subscriber.Frames();
        Table table = new Table().Border(TableBorder.Rounded).AddColumns("action unit", "F1-frame against the truth", "events received");
        foreach (int unit in shown)
        {
            Agreement agreement = Agreement.Measure(unit, frames, truth, KnownFrom);
            int events = subscriber.Events().Count(received => received.IsStart && (received.ActionUnit == unit || (unit == EyesClosed && received.ActionUnit == Blink)));
            table.AddRow(
                $"{ActionUnitNames.CodeOf(unit)} {Markup.Escape(ActionUnitNames.NameOf(unit))}",
                string.Create(CultureInfo.InvariantCulture, $"{agreement.F1:F2}"),
                string.Create(CultureInfo.InvariantCulture, $"{events}"));
        }

        Screen.Output.Write(table);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{frames.Count} of {graph.Metrics.FramesIn} frames and {subscriber.Events().Count} event messages arrived over MQTT; median latency {graph.Metrics.Latency.Percentile(0.5).TotalMilliseconds:F1} ms, {graph.Metrics.FramesDropped()} frames dropped."));
        Console.WriteLine("Next: austream analyze YOUR_VIDEO --out results");
    }

    private static string Require(string file)
    {
        string path = Path.Combine(AppContext.BaseDirectory, "clips", file);
        return File.Exists(path) ? path : throw new UnavailableException($"{path} is missing: the program was not built completely. Build it again with './austream demo'.");
    }
}
