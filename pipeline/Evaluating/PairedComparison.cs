using AuStream.Models.Evaluating;
using AuStream.Pipeline.Assembling;
using AuStream.Pipeline.Commands;
using AuStream.Pipeline.Evaluating.Datasets;
using AuStream.Pipeline.Evaluating.Measuring;
using AuStream.Pipeline.Evaluating.Reporting;
using AuStream.Pipeline.Evaluating.Scoring;

namespace AuStream.Pipeline.Evaluating;

/// <summary>
/// Two folders of pictures of the same people, neutral and with an expression: how well each action unit tells them apart, without and with each
/// person's neutral picture as reference, and how often it is called present on the neutral ones. No labels are needed.
/// </summary>
internal static class PairedComparison
{
    /// <summary>Id on the command line.</summary>
    public const string Id = "pairs";

    /// <summary>Measures both folders and reports.</summary>
    public static async Task<int> RunAsync(EvaluationOptions options, IReadOnlyList<int>? units, CancellationToken cancellationToken)
    {
        TimeProvider time = TimeProvider.System;
        LabeledSet pairs = PicturePairs.Find(options.Neutral!, options.Expressive!);
        StreamSettings settings = new() { Detector = StreamSettings.ParseDetector(options.Detector) };
        using MeasuringEngine engine = MeasuringEngine.Load(options.Model, time, landmarks: options.Landmarks);
        IReadOnlyList<int> compared = units ?? engine.Manifest.ActionUnits;
        int[] unknown = [.. compared.Except(engine.Manifest.ActionUnits)];
        if (unknown.Length > 0)
        {
            throw new UsageException($"--au {string.Join(",", unknown)} is not measured by {options.Model}: {string.Join(", ", engine.Manifest.ActionUnits)} are.");
        }

        engine.Prepare(settings);
        string folder = EvaluationFiles.CreateFolder(options.OutputFolder);
        SetMeasurer measurer = new(engine, settings, usesReferences: false, options.Passes, Path.Combine(folder, "measured"), time);
        IReadOnlyList<ItemMeasurements> measured = await measurer.MeasureAsync(pairs, Degradation.None, plain: null, cancellationToken);
        ItemMeasurements? relative = options.Reference == EvaluationReference.Pictures
            ? (await new SetMeasurer(engine, settings, usesReferences: true, options.Passes, Path.Combine(folder, "measured"), time)
                .MeasureAsync(pairs with { Items = [pairs.Items[1]] }, Degradation.None, plain: null, cancellationToken))[0]
            : null;
        PairedReport report = PairedScorer.Score(
            pairs, measured[0], measured[1], relative, engine.Manifest, compared, options.Threshold, options.Draws, [.. pairs.Notes, .. measurer.Unreadable], cancellationToken);
        PairedFiles.Write(folder, report);
        ReportScreen.Show(PairedFiles.Tables(report));
        foreach (string note in report.Notes)
        {
            Console.Error.WriteLine($"austream: {note}");
        }

        Console.Error.WriteLine($"report.md, report.json and report.csv are in {folder}");
        return measurer.Unreadable.Count > 0 ? ExitCode.Failure : ExitCode.Success;
    }
}
