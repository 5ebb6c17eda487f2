using System.Text;
using System.Text.Json;
using AuStream.Models.Evaluating;
using AuStream.Pipeline.Evaluating.Scoring;
using AuStream.Stages.ActionUnits;

namespace AuStream.Pipeline.Evaluating.Reporting;

/// <summary>Writes what was found on pairs of pictures.</summary>
internal static class PairedFiles
{
    private static readonly JsonWriterOptions s_json = new() { Indented = true };

    private static readonly string[] s_columns =
        ["AU", "AUC", "AUC, minus own neutral", "AUC, own neutral as reference", "present on neutral", "present on expressive", "intensity on neutral", "intensity on expressive"];

    /// <summary>The table for people.</summary>
    public static IReadOnlyList<ReportTable> Tables(PairedReport report) =>
    [
        new ReportTable(
            "Expressive against neutral",
            [
                $"{report.Model}: {report.People} people, neutral and with an expression; {report.WithoutFace} left out because a picture has no face.",
                "AUC: chance that an expressive picture has the higher intensity; the second of that intensity minus the one on the same person's neutral picture; the third of what the model measures relative to that picture (--neutral-reference).",
                $"Presence on neutral pictures over all action units of the model: mean {Figures.Percent(report.MeanPresentOnNeutral)}, highest {Figures.Percent(report.MaxPresentOnNeutral)} ({ActionUnitNames.CodeOf(report.MaxUnit)}).",
            ],
            s_columns,
            [.. report.Units.Select(unit => (string[])
            [
                ActionUnitNames.CodeOf(unit.ActionUnit), Figures.Of(unit.Auc, unit.AucInterval), Figures.Of(unit.AucRelative, unit.AucRelativeInterval), Figures.Of(unit.AucReference),
                Figures.Percent(unit.PresentOnNeutral), Figures.Percent(unit.PresentOnExpressive), Figures.Of(unit.NeutralIntensity), Figures.Of(unit.ExpressiveIntensity),
            ])]),
    ];

    /// <summary>Writes <c>report.md</c>, <c>report.json</c> and <c>report.csv</c>.</summary>
    public static void Write(string folder, PairedReport report)
    {
        File.WriteAllText(Path.Combine(folder, "report.md"), MarkdownText.Of($"{report.Model} on pairs of pictures", Tables(report), report.Notes));
        File.WriteAllText(Path.Combine(folder, "report.csv"), Csv(report));
        using FileStream file = File.Create(Path.Combine(folder, "report.json"));
        using Utf8JsonWriter json = new(file, s_json);
        json.WriteStartObject();
        json.WriteString("schema", "austream.evaluation.pairs/1");
        json.WriteString("model", report.Model);
        json.WriteNumber("people", report.People);
        json.WriteNumber("people_without_face", report.WithoutFace);
        EvaluationFiles.WriteNumber(json, "mean_present_on_neutral", report.MeanPresentOnNeutral);
        EvaluationFiles.WriteNumber(json, "max_present_on_neutral", report.MaxPresentOnNeutral);
        json.WriteString("max_present_on_neutral_action_unit", ActionUnitNames.CodeOf(report.MaxUnit));
        json.WriteStartObject("action_units");
        foreach (PairedUnit unit in report.Units)
        {
            json.WriteStartObject(ActionUnitNames.CodeOf(unit.ActionUnit));
            foreach ((string name, double value) in Values(unit))
            {
                EvaluationFiles.WriteNumber(json, name, value);
            }

            json.WriteEndObject();
        }

        json.WriteEndObject();
        json.WriteStartArray("notes");
        foreach (string note in report.Notes)
        {
            json.WriteStringValue(note);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static string Csv(PairedReport report)
    {
        StringBuilder text = new();
        text.Append("au,").AppendJoin(',', Values(report.Units[0]).Select(value => value.Name)).Append('\n');
        foreach (PairedUnit unit in report.Units)
        {
            text.Append(ActionUnitNames.CodeOf(unit.ActionUnit)).Append(',')
                .AppendJoin(',', Values(unit).Select(value => double.IsNaN(value.Value) ? "" : EvaluationFiles.Text(value.Value))).Append('\n');
        }

        return text.ToString();
    }

    private static IEnumerable<(string Name, double Value)> Values(PairedUnit unit)
    {
        ConfidenceInterval nothing = new(double.NaN, double.NaN);
        yield return ("auc", unit.Auc);
        yield return ("auc_low", (unit.AucInterval ?? nothing).Low);
        yield return ("auc_high", (unit.AucInterval ?? nothing).High);
        yield return ("auc_minus_neutral", unit.AucRelative);
        yield return ("auc_minus_neutral_low", (unit.AucRelativeInterval ?? nothing).Low);
        yield return ("auc_minus_neutral_high", (unit.AucRelativeInterval ?? nothing).High);
        yield return ("auc_neutral_reference", unit.AucReference);
        yield return ("present_on_neutral", unit.PresentOnNeutral);
        yield return ("present_on_expressive", unit.PresentOnExpressive);
        yield return ("intensity_on_neutral", unit.NeutralIntensity);
        yield return ("intensity_on_expressive", unit.ExpressiveIntensity);
    }
}
