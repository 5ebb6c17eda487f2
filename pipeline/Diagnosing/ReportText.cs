using System.Globalization;

namespace AuStream.Pipeline.Diagnosing;

/// <summary>The report as plain text: one line per check, the remedy below it. For pipes, files and logs.</summary>
public static class ReportText
{
    /// <summary>Writes the report.</summary>
    public static async Task WriteAsync(DiagnosticReport report, TextWriter output)
    {
        ArgumentNullException.ThrowIfNull(report);
        ArgumentNullException.ThrowIfNull(output);
        int nameWidth = report.Checks.Count == 0 ? 0 : report.Checks.Max(check => check.Name.Length);
        foreach (DiagnosticCheck check in report.Checks)
        {
            string state = Word(check.State).PadRight(8);
            await output.WriteLineAsync($"{state}{check.Name.PadRight(nameWidth)}  {check.Detail}");
            if (check.Remedy is not null)
            {
                await output.WriteLineAsync($"{new string(' ', 8 + nameWidth)}  -> {check.Remedy}");
            }
        }

        await output.WriteLineAsync(Verdict(report));
    }

    /// <summary>The state in a word: ok, warning, missing.</summary>
    public static string Word(CheckState state) => state switch
    {
        CheckState.Ok => "ok",
        CheckState.Warning => "warning",
        CheckState.Missing => "missing",
        _ => throw new ArgumentOutOfRangeException(nameof(state), state, "no such state"),
    };

    /// <summary>The closing line.</summary>
    public static string Verdict(DiagnosticReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        int missing = report.Checks.Count(check => check.State == CheckState.Missing);
        return missing switch
        {
            0 => $"AuStream {report.Version}: every command can run.",
            1 => $"AuStream {report.Version}: one thing is missing.",
            _ => string.Create(CultureInfo.InvariantCulture, $"AuStream {report.Version}: {missing} things are missing."),
        };
    }
}
