using System.Text.Json;
using System.Text.Json.Serialization;

namespace AuStream.Pipeline.Diagnosing;

/// <summary>The report as one JSON object: <c>version</c>, <c>usable</c>, <c>checks</c> with <c>name</c>, <c>state</c>
/// (ok, warning, missing), <c>detail</c> and <c>remedy</c> (absent where there is none).</summary>
public static class ReportJson
{
    private static readonly JsonSerializerOptions Format = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter<CheckState>(JsonNamingPolicy.CamelCase) },
    };

    /// <summary>Writes the report.</summary>
    public static async Task WriteAsync(DiagnosticReport report, Stream output, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(report);
        ArgumentNullException.ThrowIfNull(output);
        await JsonSerializer.SerializeAsync(output, new { report.Version, usable = report.IsUsable, report.Checks }, Format, cancellation);
        await output.WriteAsync("\n"u8.ToArray(), cancellation);
    }
}
