using AuStream.Models.Evaluating;
using AuStream.Pipeline.Evaluating.Scoring;
using AuStream.Stages.ActionUnits;

namespace AuStream.Pipeline.Evaluating.Reporting;

/// <summary>A report as tables for people.</summary>
internal static class ReportTables
{
    private static readonly EvaluationMetric[] s_withInterval = [EvaluationMetric.F1Frame, EvaluationMetric.AreaUnderRoc];

    private static readonly EvaluationMetric[] s_ofSlices =
    [
        EvaluationMetric.F1Frame, EvaluationMetric.F1Norm, EvaluationMetric.FinalScore, EvaluationMetric.AreaUnderRoc, EvaluationMetric.IntraclassCorrelation,
    ];

    /// <summary>The action units first, then folds, views, robustness and the papers.</summary>
    public static IReadOnlyList<ReportTable> Of(EvaluationReport report)
    {
        List<ReportTable> tables = [ActionUnits(report)];
        tables.AddRange(report.Tables.Select(Slices));
        if (report.Published.Count > 0)
        {
            tables.Add(Papers(report));
        }

        return tables;
    }

    private static ReportTable ActionUnits(EvaluationReport report)
    {
        EvaluationMetric[] metrics = [.. MetricNames.All.Where(metric => report.All.Units.Any(unit => !double.IsNaN(unit.Scores[metric])))];
        List<string[]> rows = [];
        for (int i = 0; i < report.All.Units.Count; i++)
        {
            int unit = i;
            UnitResult result = report.All.Units[i];
            rows.Add(
            [
                ActionUnitNames.CodeOf(result.ActionUnit), Figures.Count(result.Frames), Figures.Percent(result.BaseRate),
                .. metrics.Select(metric => Cell(metric, result.Scores[metric], report.Intervals?.Of(unit, metric))),
            ]);
        }

        rows.Add(["mean", "", "", .. metrics.Select(metric => Cell(metric, report.All.Mean[metric], report.Intervals?.OfMean(metric)))]);
        List<string> explanation =
        [
            $"{report.Model} on {report.Dataset}, protocol {report.Protocol}: {report.Subjects} people, {report.All.Frames} labelled frames, {report.All.FramesWithoutFace} of them without a face.",
            .. report.Rules.Select(rule => char.ToUpperInvariant(rule[0]) + rule[1..] + "."),
            $"Distance of the relation matrices of labels and calls: {Figures.Of(report.RelationDistance)}.",
        ];
        if (report.Intervals is not null)
        {
            explanation.Add("In brackets: 95 % confidence, whole people drawn again and again. Every metric's interval is in report.json.");
        }

        if (report.FramesNotRead > 0)
        {
            explanation.Add($"{report.FramesNotRead} labelled frames could not be read and are left out.");
        }

        if (report.Unmeasured.Count > 0)
        {
            explanation.Add($"Labelled, and not measured by this model: {string.Join(", ", report.Unmeasured.Select(ActionUnitNames.CodeOf))}. The mean is over the others.");
        }

        return new ReportTable("Action units", explanation, ["AU", "frames", "present", .. metrics.Select(MetricNames.Short)], rows);
    }

    private static ReportTable Slices(SliceTable table)
    {
        EvaluationMetric[] metrics = [.. s_ofSlices.Where(metric => table.Slices.Any(slice => !double.IsNaN(slice.Mean[metric])))];
        List<string[]> rows = [.. table.Slices.Select(slice => (string[])
        [
            slice.Name, Figures.Count(slice.Frames), Figures.Count(slice.FramesWithoutFace), .. metrics.Select(metric => Figures.Of(slice.Mean[metric])),
        ])];
        if (table.Id == "folds")
        {
            ActionUnitScores mean = ActionUnitScores.Mean([.. table.Slices.Select(slice => slice.Mean)]);
            rows.Add(["mean of the folds", "", "", .. metrics.Select(metric => Figures.Of(mean[metric]))]);
        }

        return new ReportTable(
            table.Title,
            [table.Explanation, "Means over the action units; each action unit's numbers are in report.csv."],
            ["", "frames", "without face", .. metrics.Select(MetricNames.Short)],
            rows);
    }

    private static ReportTable Papers(EvaluationReport report)
    {
        List<string[]> rows = [.. report.All.Units.Select(unit => (string[])
        [
            ActionUnitNames.CodeOf(unit.ActionUnit), Figures.Of(unit.Scores[EvaluationMetric.F1Frame]),
            .. report.Published.Select(paper => paper.F1.TryGetValue(unit.ActionUnit, out double value) ? Figures.Of(value) : "-"),
        ])];
        rows.Add(["mean", Figures.Of(report.All.Mean[EvaluationMetric.F1Frame]), .. report.Published.Select(paper => Figures.Of(paper.MeanF1))]);
        return new ReportTable(
            "F1 beside the papers' own numbers",
            [
                "The papers trained on other people of the same dataset; a model that never saw it is at a disadvantage.",
                .. report.Published.Select(paper => $"{paper.System}: {paper.Source}{(paper.Difference.Length > 0 ? "; " + paper.Difference : "")}."),
            ],
            ["AU", "here", .. report.Published.Select(paper => paper.System)],
            rows);
    }

    private static string Cell(EvaluationMetric metric, double value, ConfidenceInterval? interval) =>
        Figures.Of(value, s_withInterval.Contains(metric) ? interval : null);
}
