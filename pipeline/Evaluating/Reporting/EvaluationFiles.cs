using System.Globalization;
using System.Text;
using System.Text.Json;
using AuStream.Models.Evaluating;
using AuStream.Pipeline.Commands;
using AuStream.Pipeline.Evaluating.Scoring;
using AuStream.Stages.ActionUnits;

namespace AuStream.Pipeline.Evaluating.Reporting;

/// <summary>Writes a report's files. The same results give the same bytes: there is no date and no duration in them.</summary>
internal static class EvaluationFiles
{
    private const int Decimals = 6;

    private static readonly JsonWriterOptions s_json = new() { Indented = true };

    /// <summary>Makes the output folder.</summary>
    /// <exception cref="UsageException">It cannot be made.</exception>
    public static string CreateFolder(string folder)
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

    /// <summary>Writes <c>report.md</c>, <c>report.json</c> and <c>report.csv</c>.</summary>
    public static void Write(string folder, EvaluationReport report)
    {
        string title = $"{report.Model} on {report.Dataset}, protocol {report.Protocol}";
        File.WriteAllText(Path.Combine(folder, "report.md"), MarkdownText.Of(title, ReportTables.Of(report), report.Notes));
        File.WriteAllText(Path.Combine(folder, "report.csv"), Csv(report));
        using FileStream file = File.Create(Path.Combine(folder, "report.json"));
        using Utf8JsonWriter json = new(file, s_json);
        WriteJson(json, report);
    }

    /// <summary>Writes a number with six decimals; null for NaN.</summary>
    public static void WriteNumber(Utf8JsonWriter json, string name, double value)
    {
        if (double.IsNaN(value))
        {
            json.WriteNull(name);
        }
        else
        {
            json.WriteNumber(name, Math.Round(value, Decimals));
        }
    }

    /// <summary>A number with up to six decimals.</summary>
    public static string Text(double value) => Math.Round(value, Decimals).ToString("0.######", CultureInfo.InvariantCulture);

    private static string Csv(EvaluationReport report)
    {
        StringBuilder text = new();
        text.Append("table,slice,au,frames,positives,frames_without_face");
        foreach (EvaluationMetric metric in MetricNames.All)
        {
            string key = MetricNames.Key(metric);
            text.Append(CultureInfo.InvariantCulture, $",{key},{key}_low,{key}_high");
        }

        text.Append('\n');
        AppendSlice(text, "all", report.All, report.Intervals);
        foreach (SliceTable table in report.Tables)
        {
            foreach (SliceResult slice in table.Slices)
            {
                AppendSlice(text, table.Id, slice, null);
            }
        }

        return text.ToString();
    }

    private static void AppendSlice(StringBuilder text, string table, SliceResult slice, ActionUnitIntervals? intervals)
    {
        for (int i = 0; i <= slice.Units.Count; i++)
        {
            int number = i;
            UnitResult? unit = i < slice.Units.Count ? slice.Units[i] : null;
            text.Append(CultureInfo.InvariantCulture, $"{table},{slice.Name},{(unit is null ? "mean" : ActionUnitNames.CodeOf(unit.ActionUnit))},");
            text.Append(CultureInfo.InvariantCulture, $"{unit?.Frames ?? slice.Frames},{unit?.Positives},{slice.FramesWithoutFace}");
            foreach (EvaluationMetric metric in MetricNames.All)
            {
                ConfidenceInterval? interval = unit is null ? intervals?.OfMean(metric) : intervals?.Of(number, metric);
                Append(text, (unit?.Scores ?? slice.Mean)[metric]);
                Append(text, interval?.Low ?? double.NaN);
                Append(text, interval?.High ?? double.NaN);
            }

            text.Append('\n');
        }
    }

    private static void Append(StringBuilder text, double value)
    {
        text.Append(',');
        if (!double.IsNaN(value))
        {
            text.Append(Text(value));
        }
    }

    private static void WriteJson(Utf8JsonWriter json, EvaluationReport report)
    {
        json.WriteStartObject();
        json.WriteString("schema", "austream.evaluation/1");
        json.WriteString("dataset", report.Dataset);
        json.WriteString("protocol", report.Protocol);
        json.WriteString("model", report.Model);
        WriteStrings(json, "rules", report.Rules);
        json.WriteNumber("subjects", report.Subjects);
        json.WriteNumber("frames_not_read", report.FramesNotRead);
        WriteNumber(json, "relation_distance", report.RelationDistance);
        json.WriteStartArray("action_units_not_measured");
        foreach (int unit in report.Unmeasured)
        {
            json.WriteNumberValue(unit);
        }

        json.WriteEndArray();
        json.WritePropertyName("all");
        WriteSlice(json, report.All, report.Intervals);
        json.WriteStartObject("tables");
        foreach (SliceTable table in report.Tables)
        {
            json.WriteStartArray(table.Id);
            foreach (SliceResult slice in table.Slices)
            {
                WriteSlice(json, slice, null);
            }

            json.WriteEndArray();
        }

        json.WriteEndObject();
        json.WriteStartArray("published");
        foreach (PublishedResult paper in report.Published)
        {
            WritePaper(json, paper);
        }

        json.WriteEndArray();
        WriteStrings(json, "notes", report.Notes);
        json.WriteEndObject();
    }

    private static void WriteSlice(Utf8JsonWriter json, SliceResult slice, ActionUnitIntervals? intervals)
    {
        json.WriteStartObject();
        json.WriteString("name", slice.Name);
        json.WriteNumber("frames", slice.Frames);
        json.WriteNumber("frames_without_face", slice.FramesWithoutFace);
        json.WriteStartObject("action_units");
        for (int i = 0; i < slice.Units.Count; i++)
        {
            int number = i;
            UnitResult unit = slice.Units[i];
            json.WriteStartObject(ActionUnitNames.CodeOf(unit.ActionUnit));
            json.WriteNumber("frames", unit.Frames);
            json.WriteNumber("positives", unit.Positives);
            WriteScores(json, unit.Scores, intervals is null ? null : metric => intervals.Of(number, metric));
            json.WriteEndObject();
        }

        json.WriteEndObject();
        json.WriteStartObject("mean");
        WriteScores(json, slice.Mean, intervals is null ? null : intervals.OfMean);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteScores(Utf8JsonWriter json, ActionUnitScores scores, Func<EvaluationMetric, ConfidenceInterval>? intervals)
    {
        foreach (EvaluationMetric metric in MetricNames.All)
        {
            WriteNumber(json, MetricNames.Key(metric), scores[metric]);
            if (intervals is not null)
            {
                WriteNumber(json, MetricNames.Key(metric) + "_low", intervals(metric).Low);
                WriteNumber(json, MetricNames.Key(metric) + "_high", intervals(metric).High);
            }
        }
    }

    private static void WritePaper(Utf8JsonWriter json, PublishedResult paper)
    {
        json.WriteStartObject();
        json.WriteString("system", paper.System);
        json.WriteString("source", paper.Source);
        json.WriteString("difference", paper.Difference);
        WriteNumber(json, "mean_f1_frame", paper.MeanF1);
        json.WriteStartObject("f1_frame");
        foreach ((int unit, double value) in paper.F1.OrderBy(pair => pair.Key))
        {
            WriteNumber(json, ActionUnitNames.CodeOf(unit), value);
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteStrings(Utf8JsonWriter json, string name, IReadOnlyList<string> values)
    {
        json.WriteStartArray(name);
        foreach (string value in values)
        {
            json.WriteStringValue(value);
        }

        json.WriteEndArray();
    }
}
