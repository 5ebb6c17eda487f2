using System.Globalization;
using AuStream.Models.Evaluating;
using AuStream.Pipeline.Assembling;
using AuStream.Pipeline.Commands;
using AuStream.Pipeline.Evaluating.Datasets;
using AuStream.Pipeline.Evaluating.Measuring;
using AuStream.Pipeline.Evaluating.Reporting;
using AuStream.Pipeline.Evaluating.Scoring;
using AuStream.Pipeline.Resting;
using AuStream.Stages.Calibrating;

namespace AuStream.Pipeline.Evaluating;

/// <summary>Measures a labelled dataset and reports how well the labels were met (docs/evaluating.md).</summary>
public static class Evaluation
{
    private const float LargestIntensity = 5;

    // As many as analyze allows: a table may label any face of a crowd.
    private const int MostFaces = 100;

    /// <summary>Runs <c>austream eval</c>: tables go to standard output, files to the output folder, progress and messages to standard error.</summary>
    /// <exception cref="UsageException">An option is out of range, missing, or contradicts another.</exception>
    /// <exception cref="DatasetException">The dataset lacks something or is malformed; the message names file, line and remedy.</exception>
    /// <exception cref="IOException">The files cannot be written.</exception>
    public static async Task<int> RunAsync(EvaluationOptions options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(options);
        Check(options);
        FirstPass.Check(options.Passes);
        if (options.Dataset == PairedComparison.Id)
        {
            return await PairedComparison.RunAsync(options, ParseUnits(options.ActionUnits), cancellationToken);
        }

        return options.Predictions is null ? await MeasureAsync(options, cancellationToken) : Compare(options, cancellationToken);
    }

    /// <summary>Reads action units such as <c>6,12</c> or <c>AU06, AU12</c>; null for null.</summary>
    /// <exception cref="UsageException">One of them is none.</exception>
    internal static IReadOnlyList<int>? ParseUnits(string? text)
    {
        string[]? words = text?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        int[]? units = words?.Select(LabelFile.ActionUnitOf).ToArray();
        return units is null || (units.Length > 0 && units.All(unit => unit > 0) && units.Distinct().Count() == units.Length)
            ? units
            : throw new UsageException($"--au {text}: give action units once each, separated by commas, e.g. 6,12.");
    }

    private static async Task<int> MeasureAsync(EvaluationOptions options, CancellationToken cancellationToken)
    {
        TimeProvider time = TimeProvider.System;
        DatasetRequest request = new(options.Root!, options.Protocol, ParseUnits(options.ActionUnits), options.PresentFrom);
        LabeledSet set = Choose(DatasetReaders.Read(options.Dataset!, request), options.Fold);
        StreamSettings settings = new() { Detector = StreamSettings.ParseDetector(options.Detector), MaxFaces = MostFaces };
        if (options.Reference == EvaluationReference.Off)
        {
            settings = settings with { Time = settings.Time with { Reference = ReferenceMode.Off } };
        }

        bool usesPictures = options.Reference == EvaluationReference.Pictures;
        if (usesPictures && set.Items.All(item => item.References is null))
        {
            throw new UsageException($"--neutral-reference: {set.Dataset} has no neutral pictures. ck+, synthetic, pairs, and a table with the column 'neutral' have.");
        }

        using MeasuringEngine engine = MeasuringEngine.Load(options.Model, time, landmarks: options.Landmarks);
        engine.Prepare(settings);
        string folder = EvaluationFiles.CreateFolder(options.OutputFolder);
        SetMeasurer measurer = new(engine, settings, usesPictures, options.Passes, Path.Combine(folder, "measured"), time);
        IReadOnlyList<ItemMeasurements> measured = await measurer.MeasureAsync(set, Degradation.None, plain: null, cancellationToken);
        IReadOnlyList<float> thresholds = options.Threshold is { } level
            ? [.. engine.Manifest.ActionUnits.Select(_ => level)]
            : engine.Manifest.Thresholds;
        SetScorer scorer = new(set, engine.Manifest.ActionUnits, thresholds, options.MissingFace == "skip");
        List<SliceTable> tables = [.. SliceTables.Of(set, scorer, measured)];
        if (options.Robustness)
        {
            List<SliceResult> worse = [scorer.Score(Degradation.None.Description, measured)];
            foreach (Degradation degradation in Degradation.All)
            {
                worse.Add(scorer.Score(degradation.Description, await measurer.MeasureAsync(set, degradation, measured, cancellationToken)));
            }

            tables.Add(new SliceTable("robustness", "Robustness", "Frames made worse before the face was looked for; a box is a fifth of the face wide and high.", worse));
            tables.Add(PoseBins.Score(scorer, set, measured));
        }

        string threshold = options.Threshold is { } own
            ? string.Create(CultureInfo.InvariantCulture, $"measured intensity {own:0.##} or more")
            : "the model's own threshold";
        bool isEstimated = set.Items.Any(item => item.Kind == MediaKind.Video) && engine.ReferenceOf(settings) == ReferenceMode.Estimated;
        EvaluationReport report = Report(
            options, set, scorer, measured, $"{engine.Manifest.Id} {engine.Manifest.Version}", threshold, tables, measurer.Unreadable, isEstimated, cancellationToken);
        return Finish(folder, report);
    }

    private static int Compare(EvaluationOptions options, CancellationToken cancellationToken)
    {
        DatasetRequest request = new(options.Labels!, options.Protocol, ParseUnits(options.ActionUnits), options.PresentFrom);
        LabeledSet set = Choose(DatasetReaders.Read("csv", request), options.Fold);
        (IReadOnlyList<int> units, IReadOnlyList<ItemMeasurements> measured) = PredictionReader.Read(options.Predictions!, set, usesCalls: options.Threshold is null);
        SetScorer scorer = new(set, units, [.. units.Select(_ => options.Threshold ?? 0)], options.MissingFace == "skip");
        string threshold = options.Threshold is { } own
            ? string.Create(CultureInfo.InvariantCulture, $"measured intensity {own:0.##} or more")
            : "the column AU.._c";
        EvaluationReport report = Report(options, set, scorer, measured, "predictions", threshold, [.. SliceTables.Of(set, scorer, measured)], [], isEstimated: false, cancellationToken);
        return Finish(EvaluationFiles.CreateFolder(options.OutputFolder), report);
    }

    private static EvaluationReport Report(
        EvaluationOptions options,
        LabeledSet set,
        SetScorer scorer,
        IReadOnlyList<ItemMeasurements> measured,
        string model,
        string threshold,
        IReadOnlyList<SliceTable> tables,
        IReadOnlyList<string> unreadable,
        bool isEstimated,
        CancellationToken cancellationToken)
    {
        if (scorer.ActionUnits.Count == 0)
        {
            throw new UsageException($"--model {model} measures none of the action units {string.Join(", ", set.ActionUnits)}. Choose another with --au or --model.");
        }

        return new EvaluationReport
        {
            Dataset = set.Dataset,
            Protocol = options.Fold is { } fold ? $"{set.Protocol}, fold {fold}" : set.Protocol,
            Model = model,
            Rules =
            [
                $"present in the labels: {set.PresenceRule}",
                $"called present: {threshold}",
                .. options.Reference == EvaluationReference.Pictures ? (string[])["measured relative to the same person's neutral picture, where there is one"] : [],
                .. isEstimated ? (string[])[options.Passes == 2
                    ? "in video, read twice, measured relative to each face's own calm frames"
                    : "in video measured relative to each face's own calm frames, from two seconds of calm on"] : [],
                options.MissingFace == "skip" ? "a frame without a face is left out" : "in a frame without a face every action unit counts as absent, intensity 0",
            ],
            Subjects = scorer.Subjects,
            FramesNotRead = measured.Sum(item => item.States.Count(state => state == RowState.NotRead)),
            All = scorer.Score("all", measured),
            Intervals = options.Draws == 0
                ? null
                : ActionUnitIntervals.Estimate(scorer.Samples(measured), scorer.Subjects, options.Draws, cancellationToken: cancellationToken),
            RelationDistance = scorer.RelationDistance(measured),
            Unmeasured = scorer.Unmeasured,
            Tables = tables,
            Published = PublishedResults.For(set),
            Notes = [.. set.Notes, .. unreadable],
        };
    }

    private static int Finish(string folder, EvaluationReport report)
    {
        EvaluationFiles.Write(folder, report);
        IReadOnlyList<ReportTable> tables = ReportTables.Of(report);
        ReportScreen.Show(tables);
        foreach (string note in report.Notes)
        {
            Console.Error.WriteLine($"austream: {note}");
        }

        Console.Error.WriteLine($"report.md, report.json and report.csv are in {folder}");
        return report.FramesNotRead > 0 ? ExitCode.Failure : ExitCode.Success;
    }

    private static LabeledSet Choose(LabeledSet set, int? fold)
    {
        if (fold is not { } number)
        {
            return set;
        }

        int folds = set.Folds.Count == 0 ? 0 : set.Folds.Values.Max();
        if (number < 1 || number > folds)
        {
            throw new UsageException(folds == 0
                ? $"--fold {number}: the protocol {set.Protocol} has no folds. Choose --protocol 3-fold or 10-fold."
                : $"--fold {number}: the protocol {set.Protocol} has the folds 1 to {folds}.");
        }

        bool Keeps(LabeledItem item, int row) => set.Folds[item.Subjects[row]] == number;
        LabeledItem[] items = [.. set.Items.Select(item => RowFilter.Keep(item, set.ActionUnits.Count, row => Keeps(item, row))).Where(item => item.Count > 0)];
        return set with { Items = items, Folds = new Dictionary<string, int>() };
    }

    private static void Check(EvaluationOptions options)
    {
        bool comparesFiles = options.Predictions is not null || options.Labels is not null;
        string? fault = (options.Dataset, comparesFiles) switch
        {
            (null, false) => "give --dataset NAME with --root DIR, or --predictions DIR with --labels FILE",
            (not null, true) => "--dataset and --predictions exclude each other",
            (PairedComparison.Id, _) when options.Neutral is null || options.Expressive is null => "--dataset pairs needs --neutral DIR and --expressive DIR",
            (PairedComparison.Id, _) => null,
            (not null, _) when options.Neutral is not null || options.Expressive is not null => "--neutral and --expressive belong to --dataset pairs",
            (not null, _) when options.Root is null => $"--dataset {options.Dataset} needs --root DIR",
            (null, true) when options.Predictions is null || options.Labels is null => "--predictions and --labels belong together",
            (null, true) when options.Reference != EvaluationReference.Automatic => "--neutral-reference needs the pictures: use --dataset csv --root FILE instead of --predictions",
            (null, true) when options.Robustness => "--robustness needs the pictures: use --dataset csv --root FILE instead of --predictions",
            _ => null,
        };
        fault ??= options.MissingFace is not ("negative" or "skip") ? $"--missing-face is {options.MissingFace}: negative and skip are possible" : null;
        fault ??= options.Draws is < 0 or > 100_000 ? $"--draws is {options.Draws}: 0 to 100000 are possible" : null;
        fault ??= options.PresentFrom is { } label && label is not (> 0 and <= LargestIntensity) ? $"--present-from is {label}: above 0 and up to 5 is possible" : null;
        fault ??= options.Threshold is { } level && level is not (> 0 and <= LargestIntensity) ? $"--threshold is {level}: above 0 and up to 5 is possible" : null;
        if (fault is not null)
        {
            throw new UsageException($"{fault}. See 'austream eval --help'.");
        }
    }
}
