using Spectre.Console;

namespace AuStream.Pipeline.Diagnosing;

/// <summary>The report in colour, for a terminal.</summary>
public static class ReportTable
{
    /// <summary>Writes the report.</summary>
    public static void Write(DiagnosticReport report, IAnsiConsole console)
    {
        ArgumentNullException.ThrowIfNull(report);
        ArgumentNullException.ThrowIfNull(console);
        Grid grid = new();
        grid.AddColumn(new GridColumn().NoWrap().PadRight(2));
        grid.AddColumn(new GridColumn().NoWrap().PadRight(2));
        grid.AddColumn(new GridColumn());
        foreach (DiagnosticCheck check in report.Checks)
        {
            string detail = Markup.Escape(check.Detail);
            if (check.Remedy is not null)
            {
                detail += $"\n[bold]{Markup.Escape(check.Remedy)}[/]";
            }

            grid.AddRow(Symbol(check.State), Markup.Escape(check.Name), detail);
        }

        console.Write(grid);
        console.MarkupLine($"[{(report.IsUsable ? "green" : "red")}]{Markup.Escape(ReportText.Verdict(report))}[/]");
    }

    private static string Symbol(CheckState state) => state switch
    {
        CheckState.Ok => "[green]ok[/]",
        CheckState.Warning => "[yellow]warning[/]",
        _ => "[red]missing[/]",
    };
}
