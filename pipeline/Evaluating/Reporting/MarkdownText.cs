using System.Text;

namespace AuStream.Pipeline.Evaluating.Reporting;

/// <summary>Tables as Markdown.</summary>
internal static class MarkdownText
{
    public static string Of(string title, IReadOnlyList<ReportTable> tables, IReadOnlyList<string> notes)
    {
        StringBuilder text = new();
        text.Append("# ").Append(title).Append('\n');
        foreach (ReportTable table in tables)
        {
            text.Append("\n## ").Append(table.Title).Append("\n\n").AppendJoin('\n', table.Explanation).Append("\n\n");
            Row(text, table.Columns);
            Row(text, [.. table.Columns.Select((_, column) => column == 0 ? "---" : "---:")]);
            foreach (string[] row in table.Rows)
            {
                Row(text, row);
            }
        }

        if (notes.Count > 0)
        {
            text.Append("\n## Notes\n\n");
            foreach (string note in notes)
            {
                text.Append("- ").Append(note).Append('\n');
            }
        }

        return text.ToString();
    }

    private static void Row(StringBuilder text, IReadOnlyList<string> cells) => text.Append("| ").AppendJoin(" | ", cells).Append(" |\n");
}
