using System.Globalization;
using System.Text;

namespace AuStream.Pipeline.Serving;

/// <summary>Prometheus' text format, version 0.0.4 (prometheus.io, "Exposition formats").</summary>
public static class PrometheusText
{
    /// <summary>The format's media type.</summary>
    public const string MediaType = "text/plain; version=0.0.4; charset=utf-8";

    /// <summary>Writes metrics, each with its help and type, in the given order. Lines end with a line feed.</summary>
    public static string Write(IEnumerable<MetricFamily> families)
    {
        ArgumentNullException.ThrowIfNull(families);
        StringBuilder text = new();
        foreach (MetricFamily family in families.Where(family => family.Samples.Count > 0))
        {
            text.Append(CultureInfo.InvariantCulture, $"# HELP {family.Name} {family.Help.Replace(@"\", @"\\", StringComparison.Ordinal).Replace("\n", @"\n", StringComparison.Ordinal)}\n");
            text.Append(CultureInfo.InvariantCulture, $"# TYPE {family.Name} {Word(family.Kind)}\n");
            foreach (MetricSample sample in family.Samples)
            {
                if (family.Kind == MetricKind.Histogram)
                {
                    WriteHistogram(text, family.Name, sample);
                }
                else
                {
                    WriteLine(text, family.Name, sample.Labels, null, sample.Value);
                }
            }
        }

        return text.ToString();
    }

    private static void WriteHistogram(StringBuilder text, string name, MetricSample sample)
    {
        IReadOnlyList<double> bounds = sample.Bounds ?? throw new ArgumentException($"{name} is a histogram without bounds.");
        IReadOnlyList<long> counts = sample.Counts is { } given && given.Count == bounds.Count + 1 ? given : throw new ArgumentException($"{name} needs {bounds.Count + 1} counts.");
        long atMost = 0;
        for (int i = 0; i < counts.Count; i++)
        {
            atMost += counts[i];
            WriteLine(text, name + "_bucket", sample.Labels, i < bounds.Count ? Number(bounds[i]) : "+Inf", atMost);
        }

        WriteLine(text, name + "_sum", sample.Labels, null, sample.Value);
        WriteLine(text, name + "_count", sample.Labels, null, atMost);
    }

    private static void WriteLine(StringBuilder text, string name, IReadOnlyList<KeyValuePair<string, string>> labels, string? bound, double value)
    {
        text.Append(name);
        string separator = "{";
        foreach ((string label, string content) in labels)
        {
            text.Append(separator).Append(label).Append("=\"").Append(Escape(content)).Append('"');
            separator = ",";
        }

        if (bound is not null)
        {
            text.Append(separator).Append("le=\"").Append(bound).Append('"');
            separator = ",";
        }

        if (separator == ",")
        {
            text.Append('}');
        }

        text.Append(' ').Append(Number(value)).Append('\n');
    }

    private static string Escape(string value) => value
        .Replace(@"\", @"\\", StringComparison.Ordinal)
        .Replace("\"", "\\\"", StringComparison.Ordinal)
        .Replace("\n", @"\n", StringComparison.Ordinal);

    private static string Number(double value) =>
        double.IsPositiveInfinity(value) ? "+Inf"
        : double.IsNegativeInfinity(value) ? "-Inf"
        : value.ToString("R", CultureInfo.InvariantCulture);

    private static string Word(MetricKind kind) => kind switch
    {
        MetricKind.Counter => "counter",
        MetricKind.Gauge => "gauge",
        MetricKind.Histogram => "histogram",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "No such kind."),
    };
}
