using AuStream.Pipeline.Observing;
using Spectre.Console;

namespace AuStream.Pipeline.Evaluating.Reporting;

/// <summary>Shows tables on standard output.</summary>
internal static class ReportScreen
{
    public static void Show(IReadOnlyList<ReportTable> tables)
    {
        foreach (ReportTable table in tables)
        {
            Table view = new Table().Border(TableBorder.Simple);
            view.AddColumns([.. table.Columns.Select((name, index) => index == 0 ? new TableColumn(Markup.Escape(name)) : new TableColumn(Markup.Escape(name)).RightAligned())]);
            foreach (string[] row in table.Rows)
            {
                view.AddRow([.. row.Select(Markup.Escape)]);
            }

            Screen.Output.WriteLine();
            Screen.Output.MarkupLine($"[bold]{Markup.Escape(table.Title)}[/]");
            foreach (string line in table.Explanation)
            {
                Screen.Output.WriteLine(line);
            }

            Screen.Output.Write(view);
        }
    }
}
